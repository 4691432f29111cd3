"""Invented people make their accounts, as everybody does: with a code sent to their phone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from unittest.mock import patch

from django.contrib.auth.hashers import make_password

from zhupei.core import messages
from zhupei.organizations.actions import appoint
from zhupei.organizations.models import Organization, Role
from zhupei.people import actions
from zhupei.people.models import User
from zhupei.portal.demo.names import Identity

PASSWORD = "zhupei-2026"  # noqa: S105 - printed beside every login; nothing real hangs on it


@contextmanager
def one_hash_for_all() -> Iterator[None]:
    """Everybody has the demo's password: hashing it once instead of 700 times saves a minute."""
    with patch("django.contrib.auth.base_user.make_password", lambda _password: _hash()):
        yield


@cache
def _hash() -> str:
    return make_password(PASSWORD)


def register(identity: Identity) -> User:
    """Ask for a code, read it from the short message, register with it."""
    actions.request_code(identity.phone)
    [message] = messages.newest_texts(1)
    found = re.search(r"\d{6}", message.text)
    assert found, message.text
    return actions.register(
        name=identity.name,
        id_number=identity.id_number,
        phone=identity.phone,
        code=found[0],
        password=PASSWORD,
    )


def assessors_of(organization: Organization) -> list[User]:
    """Who judges for this body, in the order they came."""
    members = organization.memberships.filter(role=Role.ASSESSOR).order_by("pk")
    return [one.user for one in members.select_related("user")]


def employ(
    username: str, name: str, role: Role, organization: Organization, *, since: date
) -> User:
    """An account of somebody who works here; officials have no record as a learner."""
    user = User.objects.create_user(username, PASSWORD, name=name)
    appoint(organization, user, role, by=None, since=since)
    return user
