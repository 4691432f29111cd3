"""Bring the database of a demo up to date: migrate, and build the demo region in an empty one."""

import argparse
import os
import sys
from pathlib import Path

import django
import psycopg
from django.contrib.auth import get_user_model
from django.core.management import call_command

from config import cluster


def main() -> None:
    """Run as a process of its own, so that the supervisor stays small and holds no connection."""
    scale = argparse.ArgumentParser()
    scale.add_argument("--scale", type=float, default=None)
    options = {k: v for k, v in vars(scale.parse_args()).items() if v is not None}
    data = Path(os.environ["ZHUPEI_DATA"])
    building = data / "demo-building"
    if building.exists() and not os.environ.get("DATABASE_URL"):
        _say(
            "上次的示例数据没有建完，重新来过。The last demo region was unfinished: starting over."
        )
        _empty(data)
    django.setup()
    migrate()
    if not get_user_model()._default_manager.exists():  # noqa: SLF001 - Django's name for it
        _say("建立示例数据 … Building the demo region …")
        building.touch()
        call_command("demo_data", **options)
        building.unlink()
    elif (data / "demo-logins.json").exists():
        call_command("demo_data", refresh=True)  # a lesson and a sitting that run today


def migrate() -> None:
    """Apply what is missing; says nothing when nothing is."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _empty(data: Path) -> None:
    # Half a region cannot be told from a whole one later, and nobody has worked in it yet.
    admin = f"host={cluster.socket_dir(data)} user={cluster.NAME} dbname=postgres"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {cluster.NAME} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {cluster.NAME}".encode())


def _say(text: str) -> None:
    sys.stdout.write(f"      {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
