"""The demo region for the tests that look at it: built once, and afterwards as it was."""

import json

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests import standing
from zhupei.people.models import User
from zhupei.portal.demo import logins

SEED = 7
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def kept_in(folder):
    return override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "files", PASSWORD_HASHERS=QUICK)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    standing.step(inside=False)
    with django_db_blocker.unblock(), kept_in(folder), transaction.atomic():
        call_command("demo_data", seed=SEED, scale=0.1)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def region(built, django_db_blocker):
    """The folder with the logins; the database open, and afterwards as it was."""
    written = (built / logins.FILE).read_text()
    with django_db_blocker.unblock(), kept_in(built), transaction.atomic():
        yield built
        transaction.set_rollback(True)
    (built / logins.FILE).write_text(written)


def login(folder, role):
    people = json.loads((folder / logins.FILE).read_text())
    return next(one for one in people if one["role"] == role)


def user_of(folder, role):
    one = login(folder, role)
    return authenticate(username=one["username"], password=one["password"])


def acting(name):
    user = User.objects.get(username=name)
    user.acting = user.memberships.first()
    return user
