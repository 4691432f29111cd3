"""The command line of the house: ``zhupei COMMAND``, from any folder.

Every command is one of Django's, written with dashes. Where ``DATABASE_URL`` is unset the private
cluster of the data folder is started for the command, and stopped again if it was not running.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config import cluster, keys
from config.unready import Unready

BASE_DIR = Path(__file__).resolve().parent.parent
WITHOUT_DATABASE = {
    "",
    "--help",
    "--version",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "startapp",
    "verify-archive",
    "version",
}


def main(words: Sequence[str] | None = None) -> None:
    """Run one command; a machine that lacks something gets a sentence and exit code 2."""
    words = list(sys.argv[1:] if words is None else words)
    signal.signal(signal.SIGTERM, _leave)
    try:
        if words[:1] == ["demo"]:
            from config import run  # noqa: PLC0415 - the only command that needs it

            run.main(words[1:])
        else:
            _manage(words)
    except Unready as lack:
        sys.stderr.write(f"{lack}\n")
        sys.exit(2)


def needs_database(words: Sequence[str]) -> bool:
    """False for what reads only files: a rehearsal of an import that names no class is one."""
    command, *rest = words or [""]
    if command in WITHOUT_DATABASE or "--help" in rest or "-h" in rest:
        return False
    names_class = any(word.split("=")[0] == "--class" for word in rest)
    return not (command == "import-roster" and "--dry-run" in rest and not names_class)


def data_dir() -> Path:
    """``$ZHUPEI_DATA``, or ``var`` beside the code: the same wherever the command is typed."""
    return Path(os.environ.get("ZHUPEI_DATA") or BASE_DIR / "var").resolve()


def django_words(words: Sequence[str]) -> list[str]:
    """``import-roster FILE`` as Django knows it: ``import_roster FILE``."""
    command, *rest = words or [""]
    if not command.startswith("-"):
        command = command.replace("-", "_")
    return ["zhupei", *([command] if command else []), *rest]


def _manage(words: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    data = data_dir()
    os.environ["ZHUPEI_DATA"] = str(data)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - slow

    if not needs_database(words) or os.environ.get("DATABASE_URL"):
        execute_from_command_line(django_words(words))
        return
    keys.provide(data)
    with _database(data, migrate=words[0] not in {"migrate", "makemigrations"}):
        execute_from_command_line(django_words(words))


@contextmanager
def _database(data: Path, *, migrate: bool) -> Iterator[None]:
    new = not (data / "pg").exists()
    started = cluster.start(data)
    try:
        if new and migrate:
            import django  # noqa: PLC0415 - settings need the keys first

            from config import prepare  # noqa: PLC0415

            django.setup()
            prepare.migrate()
        yield
    finally:
        if started:
            _hang_up()
            cluster.stop(data)


def _hang_up() -> None:
    # A pool whose server stops under it would complain on the way out.
    from django.db import connections  # noqa: PLC0415 - settings need the keys first
    from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: PLC0415

    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper):
            connection.close()
            connection.close_pool()


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    # As an exception, so that the cluster is stopped on the way out.
    sys.exit(143)


if __name__ == "__main__":
    main()
