"""The throw-away database of a test run, started before anything reads the settings.

Loaded with ``-p tests.database``: pytest-django reads the settings while the first conftest files
are collected, so an ordinary hook of ``conftest.py`` would come too late.
"""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from config import cluster

CLUSTER = pytest.StashKey[ExitStack]()
OURS = "ZHUPEI_TEST_CLUSTER"  # the folder of the cluster, when it is this run's and nobody else's
WRITTEN_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
TABLES = "tables"  # the database whose tables every process of the run copies


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start one cluster for the whole run; the workers of xdist find it in their environment."""
    if "DATABASE_URL" in os.environ:
        return
    stack = ExitStack()
    data = stack.enter_context(cluster.throwaway())
    os.environ["DATABASE_URL"] = cluster.url(data)
    os.environ[OURS] = str(data)
    early_config.stash[CLUSTER] = stack


def pytest_unconfigure(config: pytest.Config) -> None:
    stack = config.stash.get(CLUSTER, None)
    if stack is not None:
        del os.environ["DATABASE_URL"], os.environ[OURS]
        stack.close()


def copy_the_tables() -> None:
    """Let the test database of this process begin as a copy; whoever comes first makes the tables.

    From nothing the migrations take half a minute of processor time, a copy half a second.
    """
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now
    from django.db import connection  # noqa: PLC0415

    there = connection.settings_dict
    made = Path(os.environ[OURS]) / "tables"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            before = there["NAME"]
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {TABLES}")
            there["NAME"] = TABLES
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            connection.close()
            connection.close_pool()
            there["NAME"] = before
            made.touch()
    there["TEST"]["TEMPLATE"] = TABLES


def empty() -> None:
    """Empty what has rows, whoever made the table; what the migrations wrote stays.

    Django would flush all of its tables, which rewrites a thousand files each time, and none of
    the others: the record of deeds, the jobs, the cache. Their triggers refuse; here they sleep.
    """
    from django.db import connection, transaction  # noqa: PLC0415 - Django is set up by now

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
        tables = {name for (name,) in cursor.fetchall()} - WRITTEN_BY_MIGRATIONS
        cursor.execute(" UNION ".join(f"SELECT '{t}' WHERE EXISTS (TABLE {t})" for t in tables))
        full = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in full:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - the catalogue's own names
