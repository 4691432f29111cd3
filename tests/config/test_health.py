"""One address for whoever watches the system."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def worker(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES"
            " (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_all_is_well_when_database_migrations_and_worker_are(db, client):
    worker(5)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": True}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("silent", [61, 3600])
def test_a_worker_that_fell_silent_is_missed(db, client, silent):
    worker(silent)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": True, "worker": False}


def test_no_worker_at_all_is_said(db, client):
    assert client.get("/healthz").json()["worker"] is False


def test_one_living_worker_among_dead_ones_is_enough(db, client):
    worker(3600)
    worker(1)

    assert client.get("/healthz").status_code == 200


def test_a_migration_that_has_not_run_is_said(db, client):
    worker(5)
    MigrationRecorder.Migration.objects.filter(app="attendance").delete()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": False, "worker": True}


def test_the_watcher_needs_no_account_and_learns_nothing_else(db, client):
    assert set(client.get("/healthz").json()) == {"database", "migrations", "worker"}
