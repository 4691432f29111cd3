"""Builders of accounts that a body opens for its people."""

import re
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.core import files
from zhupei.core.models import ParameterValue, TextMessage
from zhupei.core.parameters import DECLARED
from zhupei.organizations.actions import set_parameter
from zhupei.people import accounts, merging
from zhupei.people.models import Merger, Person, User

number = count(1)


def token() -> str:
    """What stands in the newest short message, as its reader sees it."""
    text = TextMessage.objects.order_by("-pk").first()
    found = re.search(r"/people/access/([\w-]+)/", text.text if text else "")
    assert found, text
    return found[1]


def token_of(name: str, *, by: User) -> str:
    """Open an account; the way to its password."""
    accounts.open_account(name, f"136{next(number):08d}", by=by)
    return token()


def twins(world: SimpleNamespace, **second: Any) -> tuple[Person, Person]:
    """Adil with the number he had before, and Adil."""
    known = world.adil.person
    old = make.person(known.name, id_number=make.id_number(777, known.birth_date), **second)
    return old, known


def merger(world: SimpleNamespace) -> Merger:
    """Two records of one human, joined by the region."""
    proof = files.accept(ContentFile(b"%PDF-1.7 card", name="证明.pdf"), by=world.gu)
    two = make.person("热娜古丽"), make.person("热娜古丽")
    merging.merge(*two, by=world.gu, reason="换领新证", evidence=proof)
    return Merger.objects.get(duplicate=two[0])


def future_value(world: SimpleNamespace) -> ParameterValue:
    """A figure that holds from far off."""
    parameter = DECLARED["attendance.late_after"]
    return set_parameter(
        parameter, 7, by=world.gu, valid_from=timezone.localdate() + timedelta(days=900), source="x"
    )


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    old, known = twins(world)
    return {"older_twin": known, "younger_twin": old, "merger": merger(world)} | {
        "future_value": future_value(world)
    }
