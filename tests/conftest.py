"""The people every test knows. (Their database: ``tests/database.py``.)

*Aygul* is registrar at Tianshan School in Changji and plans its classes. *Li* reviews them for
the Changji bureau; *Zhou* is his colleague. *Wang* is registrar at another school, in Kashgar,
and must never see Aygul's. *Gu* regulates for the region. *Chen* examines for the Changji
assessment body. *Ma* teaches. *Adil*, *Mayra* and *Sun* are learners; *Sun* is in nobody's class.
"""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

hypothesis.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault of a rule
hypothesis.load_profile("house")


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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def the_record_does_not_outlive_its_test(request) -> Iterator[None]:
    """Emptying the tables after a test of several connections leaves out those Django did not
    make; the record of deeds is one.
    """
    transactional = request.node.get_closest_marker("django_db")
    if not (transactional and transactional.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_event, procrastinate_jobs CASCADE")


@pytest.fixture
def world(db) -> SimpleNamespace:
    from tests import make  # noqa: PLC0415 - models exist only once Django is set up

    return make.world()


@pytest.fixture
def as_user(client) -> Iterator:
    """Sign a user in: ``as_user(world.li).get(url)``."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
