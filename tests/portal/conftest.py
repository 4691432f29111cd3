"""The demo region for the tests that look at it: built once, and afterwards as it was."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests import standing

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
