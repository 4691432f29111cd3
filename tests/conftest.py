"""The people every test knows. (Their database: ``tests/database.py``.)

*Aygul* is registrar at Tianshan School in Changji and plans its classes. *Li* reviews them for
the Changji bureau; *Zhou* is his colleague. *Wang* is registrar at another school, in Kashgar,
and must never see Aygul's. *Gu* regulates for the region. *Chen* examines for the Changji
assessment body. *Ma* teaches. *Adil*, *Mayra* and *Sun* are learners; *Sun* is in nobody's class.
"""

import gc
import os
import pickle
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests import database

# A busy machine is no fault of a rule. A run judges the change, not its luck: always the same
# examples. To look for new ones: pytest --hypothesis-profile=search.
house = hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.register_profile("search", house)
hypothesis.register_profile("house", house, derandomize=True)
hypothesis.load_profile("house")

LONGEST = (
    "tests/portal/test_demo.py",
    "tests/config/test_demo.py",
    "tests/test_site.py",
    "tests/test_queries.py",
)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """The longest first: one begun at the end would leave the other processes idle."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What was imported and collected stays: do not look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 20)


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def built_files_are_found_when_asked_for(settings) -> None:
    """Nothing is collected for tests, and reading every built file for every client is slow."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def passwords_cost_nothing(settings) -> None:
    """A dozen accounts a test: what argon2 costs is proved where it matters."""
    settings.PASSWORD_HASHERS = QUICK


def of_several_connections(request) -> bool:
    """Whether what this test writes is committed, for others to see."""
    mark = request.node.get_closest_marker("django_db")
    return "transactional_db" in request.fixturenames or bool(mark and mark.kwargs)


@pytest.fixture(autouse=True, scope="session")
def what_is_committed_does_not_outlive_its_test() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: database.empty())
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings, django_db_blocker) -> None:
    """Several processes on a cluster of their own make the tables once."""
    if hasattr(request.config, "workerinput") and database.OURS in os.environ:
        with django_db_blocker.unblock():
            database.copy_the_tables()


@pytest.fixture(scope="session")
def standing_world(django_db_setup, django_db_blocker) -> Iterator[bytes]:
    """The world in its own database, made by the first test that wants it."""
    from tests import standing  # noqa: PLC0415 - models exist only once Django is set up

    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK):
        world = standing.raise_world()
    yield world
    with django_db_blocker.unblock():
        standing.clear()


@pytest.fixture
def begins_in_the_world(request, django_db_setup) -> bool:
    """Whether the world already stands where this test's transaction is about to begin."""
    from tests import standing  # noqa: PLC0415 - models exist only once Django is set up

    wanted = "world" in request.fixturenames and not of_several_connections(request)
    standing.step(inside=wanted)
    return wanted


@pytest.fixture
def _django_db_helper(begins_in_the_world, _django_db_helper) -> None:
    """What opens the transaction, for ``db`` and the mark alike: in the right database."""


@pytest.fixture
def world(standing_world, begins_in_the_world, db) -> SimpleNamespace:
    from tests import make  # noqa: PLC0415 - models exist only once Django is set up

    return pickle.loads(standing_world) if begins_in_the_world else make.world()  # noqa: S301


@pytest.fixture
def as_user(client) -> Iterator:
    """Sign a user in: ``as_user(world.li).get(url)``."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
