"""Builders of pairings and of help to counties. Aygul's school helps the city of Kashgar."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests.make_pictures import photo
from zhupei.assistance.actions import help as actions
from zhupei.assistance.actions import pairings
from zhupei.assistance.models import Assistance, AssistanceFile, Pairing
from zhupei.organizations.models import Division, Organization

AWAY, HOME = "653101", "652301"


def county(code: str = AWAY) -> Division:
    return Division.objects.get(code=code)


def pairing(world: SimpleNamespace, **said: Any) -> Pairing:
    """Gu pairs Aygul's school with a county."""
    words = {"by": world.gu, "since": date(2024, 1, 1), "ground": "对口帮扶方案"} | said
    return pairings.assign(
        words.pop("organization", world.school), words.pop("county", county()), **words
    )


def said(**changes: Any) -> actions.Said:
    yesterday = timezone.localdate() - timedelta(days=1)
    words: Any = {
        "county": county(),
        "title": "喀什市砌筑工培训",
        "story": "派 3 名教师到喀什市讲 5 天",
        "started_on": yesterday - timedelta(days=5),
        "ended_on": yesterday,
        "training_class": None,
        "typed": 60,
        "stations": None,
        "address": "",
    }
    return words | changes


def drafted(world: SimpleNamespace, kind: str = "training", **changes: Any) -> Assistance:
    """A draft of Aygul's, with one photo."""
    if kind == "base":
        changes = {"typed": None, "address": "喀什市 1 号", "stations": 20} | changes
    row = actions.draft(world.school, kind, by=world.aygul, said=said(**changes))
    actions.attach(row, by=world.aygul, upload=photo())
    return row


def submitted(world: SimpleNamespace, kind: str = "training", **changes: Any) -> Assistance:
    return actions.submit(drafted(world, kind, **changes), by=world.aygul)


def confirmed(world: SimpleNamespace, kind: str = "training", **changes: Any) -> Assistance:
    """The bureau of Kashgar says it is true."""
    return actions.confirm(submitted(world, kind, **changes), by=world.far_reviewer)


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A draft, a record that waits at home, and a pairing."""
    draft = drafted(world, county=county(HOME))
    return {
        "help_draft": draft,
        "help_paper": draft.files.get(),
        "help": submitted(world, county=county(HOME)),
        "pairing": pairing(world, county=county(HOME)),
    }


def grow(others: list[Organization], wanted: int) -> None:
    """More records, confirmed ones of other institutions, papers and pairings."""
    from tests.make_many import every, many  # noqa: PLC0415 - it asks for this

    waiting = every(Assistance, state="submitted")[:1]
    many(waiting, wanted)
    decided = {"confirmed_by": waiting[0].organization.memberships.first().user}
    many(
        waiting,
        wanted,
        organization=others,
        state="confirmed",
        person_times=60,
        confirmed_at=timezone.now(),
        authority=waiting[0].organization,
        **decided,
    )
    paper = every(AssistanceFile, assistance__state="draft")[:1]
    many(paper, wanted, file=many([paper[0].file], wanted))
    many(every(Pairing)[:1], wanted, organization=others)


SITE_PEOPLE = {
    "assistance": "aygul",
    "assistance:assign": "gu",
    "assistance:end": "li",
}
SITE_OBJECTS = {
    "assistance": {"pk": "help_draft", "paper": "help_paper", "kind": "help_kind"},
    "assistance:move": {"pk": "help", "name": "cancel"},
    "assistance:end": {"pk": "pairing"},
}
