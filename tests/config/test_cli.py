"""`zhupei`: words, folders, and the database on demand."""

import os
import subprocess
import sys

import pytest

from config import cli, cluster


def zhupei(*words: str, cwd="/", **there: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | there
    command = [sys.executable, "-m", "config.cli"]
    environment["PYTHONPATH"] = str(cli.BASE_DIR)
    return subprocess.run(
        [*command, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("words", "django"),
    [
        ([], ["zhupei"]),
        (["--version"], ["zhupei", "--version"]),
        (["verify-events"], ["zhupei", "verify_events"]),
        (
            ["import-roster", "a-b.xlsx", "--dry-run"],
            ["zhupei", "import_roster", "a-b.xlsx", "--dry-run"],
        ),
    ],
)
def test_commands_are_written_with_dashes(words, django):
    assert cli.django_words(words) == django


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("import-roster a.xlsx --dry-run --json", False),
        ("import-roster a.xlsx --class 3 --dry-run", True),
        ("import-roster a.xlsx --class=3 --dry-run", True),
        ("import-roster a.xlsx", True),
        ("verify-archive package", False),
        ("verify-events", True),
        ("verify-events --help", False),
        ("", False),
    ],
)
def test_what_needs_a_database(line, needed):
    assert cli.needs_database(line.split()) is needed


def test_a_command_without_database_starts_none_and_makes_no_folder(tmp_path):
    told = zhupei("help", "migrate", ZHUPEI_DATA=str(tmp_path / "var"))

    assert told.returncode == 0, told.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.slow
def test_a_database_that_was_running_already_is_left_running(tmp_path):
    data = tmp_path / "var"
    cluster.start(data, durable=False)
    try:
        told = zhupei("showmigrations", "people", ZHUPEI_DATA=str(data))

        assert told.returncode == 0, told.stderr
        assert "[ ] 0001_initial" in told.stdout  # it was asked, and nothing was made in it
        assert cluster.running(data)
    finally:
        cluster.destroy(data)
