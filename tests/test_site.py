"""Every address of the site, walked by people it is for and by people it is not for.

The addresses come from the resolver. A new one is walked by itself; when it names an object nobody
knows, or belongs to an app without a person, the test says so: add it to ``site_map``.
"""

import copy
import pickle
import traceback
import uuid
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import make_site, standing
from tests.site_map import MACHINES, NEEDS_MORE, OBJECTS, PUBLIC_OBJECTS, RIGHT_PERSON

pytestmark = pytest.mark.slow
FOREIGN = ("account/", "ui/")  # a library's pages; the components shown in development


class Address(NamedTuple):
    """One line of some ``urls.py``."""

    name: str
    blanks: tuple[str, ...]

    def of(self, table: dict) -> object:
        """The line of a table for this address, or the one for its app."""
        if self.name in table:
            return table[self.name]
        app = self.name.partition(":")[0]
        assert app in table, f"tests/site_map.py knows nobody and nothing for {self.name}"
        return table[app]

    def path(self, site: SimpleNamespace) -> str:
        if not self.blanks:
            return reverse(self.name)
        known = self.of(OBJECTS)
        missing = set(self.blanks) - set(known)
        assert not missing, f"tests/site_map.py does not know {missing} of {self.name}"
        return reverse(
            self.name, kwargs={b: site.objects.get(known[b], known[b]) for b in self.blanks}
        )


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, apps: tuple[str, ...]) -> Iterator[Address]:
    for found in resolver.url_patterns:
        path = before + str(found.pattern)
        if path.startswith(FOREIGN):
            continue
        if isinstance(found, URLPattern):
            blanks = tuple(found.pattern.converters)
            yield Address(":".join([*apps, found.name or path]), blanks)
        else:
            names = (found.namespace,) if found.namespace else ()
            yield from _walk(found, path, (*apps, *names))


@pytest.fixture(scope="module")
def built(standing_world, django_db_blocker, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """A small region with one of each thing, for all tests of a file, and the world it is in."""
    folder = tmp_path_factory.mktemp("site")
    there = {"MEDIA_ROOT": folder / "files", "SIGNING_DIR": folder / "signing", "DEMO": True}
    world = pickle.loads(standing_world)  # noqa: S301
    standing.step(inside=True)
    with django_db_blocker.unblock(), override_settings(**there), transaction.atomic():
        site = make_site.build(world)
        connection.check_constraints()
        yield SimpleNamespace(site=site, world=world, settings=there)
        transaction.set_rollback(True)


@pytest.fixture
def db(built, django_db_blocker) -> Iterator[None]:
    """A test's transaction lies within that of the site: what it does is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(db, built, settings) -> Iterator[SimpleNamespace]:
    """The clock stands after its exam."""
    for name, value in built.settings.items():
        setattr(settings, name, value)
    with time_machine.travel(built.site.until + timedelta(hours=3), tick=False):
        yield built.site


@pytest.fixture
def world(built) -> SimpleNamespace:
    return built.world


def visit(client: Client, path: str) -> SimpleNamespace:
    """GET it, or POST nothing where that is served, or ask for its HEAD; what it changes is undone.

    A page that breaks has the status 500.
    """
    answer = None
    for ask in (client.get, client.post, client.head):
        with transaction.atomic():
            try:
                answer = ask(path)
                text = "" if answer.streaming else answer.content.decode(errors="replace")
                list(answer)  # a file is closed when it has been read
            except Exception as fault:  # noqa: BLE001 - whatever it is, somebody would see a 500
                text = "".join(traceback.format_exception(fault))[-600:]
                return SimpleNamespace(status=500, text=text, where="", posted=False)
            transaction.set_rollback(True)
        if answer.status_code != 405:
            break
    where = answer.headers.get("Location", "")
    return SimpleNamespace(
        status=answer.status_code, text=text, where=where, posted=ask == client.post
    )


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Browsers:
    """A new browser for every visit, but each person signs in only once."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world = world
        self.cookies: dict[str, Any] = {}

    def of(self, person: str) -> Client:
        if person not in self.cookies:
            self.cookies[person] = browser_of(getattr(self.world, person)).cookies
        client = Client()
        client.cookies = copy.deepcopy(self.cookies[person])
        return client


def test_every_address_is_known_to_this_test():
    for address in addresses():
        address.of(RIGHT_PERSON)
        if address.blanks:
            known = address.of(OBJECTS)
            assert set(address.blanks) <= set(known), address.name


def test_signed_out_people_see_what_is_public_and_are_asked_to_sign_in_elsewhere(site):
    wrong = {}
    for address in addresses():
        seen = visit(Client(), address.path(site))
        public = address.of(RIGHT_PERSON) is None or address.name == "join:invitation"
        to_login = seen.status == 302 and seen.where.startswith("/account/login/")
        good = seen.status in {200, 302, 503} if public else to_login
        if address.name in MACHINES:
            good = seen.status == HTTPStatus.FORBIDDEN
        if not good:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}


def test_the_right_person_reaches_every_page(site, world):
    browsers, wrong = Browsers(world), {}
    for address in addresses():
        person = address.of(RIGHT_PERSON)
        client = browsers.of(person) if person else Client()
        seen = visit(client, address.path(site))
        allowed = {200, 302, 400, 409, 422} if seen.posted else {200, 204, 302}
        if seen.status not in allowed and address.name not in NEEDS_MORE:
            wrong[address.name] = (seen.status, seen.text[:200])
    assert wrong == {}


@pytest.mark.parametrize("person", ["wang", "sun", "far_reviewer"])
def test_a_stranger_finds_nothing_of_anybody(site, world, person):
    """A registrar of another school, a learner of no class, a bureau of another prefecture."""
    client = browser_of(getattr(world, person))
    wrong = {}
    for address in addresses():
        seen = visit(client, address.path(site))
        public = address.of(RIGHT_PERSON) is None or address.name in PUBLIC_OBJECTS
        if address.blanks and not public:
            good = seen.status == 404 or (seen.posted and seen.status == 403)
        else:
            good = seen.status < 500 or address.name in NEEDS_MORE
        if not good or "阿迪力" in seen.text:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}


def test_what_does_not_exist_is_not_found_for_anybody(site, world):
    """The same answer as for what one may not know of: nobody can tell the two apart."""
    nothing = SimpleNamespace(
        objects=dict.fromkeys(site.objects, 999999999)
        | {
            "question_file": uuid.uuid4(),
            "question_import": uuid.uuid4(),
            "rubric_file": uuid.uuid4(),
            "waiting_roster": uuid.uuid4(),
            "waiting_ledger": uuid.uuid4(),
            "teacher_roster": uuid.uuid4(),
            "upload": uuid.uuid4(),
            "document": 999_999_999,
        }
        | {"lesson_plan_file": uuid.uuid4()}
        | {
            "access_token": "x",
            "copies_token": "x",
            "wording": "x.y",
            "channel": "x",
            "invitation": "x",
            "check_code": "X",
            "parameter": "x.y",
            "purpose": "x",
            "code": "1",
        }
    )
    browsers, wrong = Browsers(world), {}
    for address in addresses():
        if not address.blanks or address.name in {"attendance:scan", "verify:check"}:
            continue
        person = address.of(RIGHT_PERSON) or "aygul"
        seen = visit(browsers.of(person), address.path(nothing))
        if seen.status not in {404, 410}:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}
