"""What the benches of the hot path share: a durable cluster, the hot process, pgbench."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import asyncpg

from config import binaries, cluster
from zhupei.core.tickets import issue
from zhupei.exams import sealing
from zhupei.exams.hot import PURPOSE

ROOT = Path(__file__).resolve().parent.parent
# A disk, where the system's temporary folder may be memory.
DISK = Path(os.environ.get("BENCH_DIR", "/var/tmp"))  # noqa: S108 - mkdtemp makes our own folder
ATTEMPTS = 10_000
SITTINGS = 100
ITEMS = 20
KEYS = "ABCD"

# The columns the hot path knows, as in zhupei/exams/models; tests/exams/test_hot.py compares.
TABLES = f"""
    CREATE TABLE exams_sitting (
        id bigint PRIMARY KEY, state text NOT NULL, starts_at timestamptz NOT NULL,
        minutes smallint NOT NULL, pass_mark numeric(5, 2), grace_seconds smallint NOT NULL,
        needs_admission boolean NOT NULL);
    CREATE TABLE exams_paper (
        id bigint PRIMARY KEY, sitting_id bigint NOT NULL, number smallint NOT NULL,
        place_count smallint NOT NULL, sealed_sha256 varchar(64) NOT NULL,
        sealed_keys bytea NOT NULL);
    CREATE TABLE exams_attempt (
        id bigint PRIMARY KEY, sitting_id bigint NOT NULL, paper_id bigint NOT NULL,
        label text NOT NULL, account_id bigint, account_name text NOT NULL, seed text NOT NULL,
        admitted_at timestamptz, turned_away boolean NOT NULL DEFAULT false,
        started_at timestamptz, paused_at timestamptz,
        closes_at timestamptz NOT NULL, handed_in_at timestamptz,
        handed_in_by_clock boolean NOT NULL DEFAULT false,
        mark numeric(5, 2), passed boolean, notice integer NOT NULL DEFAULT 0)
        WITH (fillfactor = 60);
    CREATE INDEX attempt_open_by_deadline ON exams_attempt (closes_at)
     WHERE handed_in_at IS NULL AND started_at IS NOT NULL;
    CREATE TABLE exams_answer (
        attempt_id bigint NOT NULL, item smallint NOT NULL, choice text NOT NULL,
        turn bigint NOT NULL, saved_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, item)) WITH (fillfactor = 60);
    CREATE TABLE exams_lateanswer (
        attempt_id bigint NOT NULL, item smallint NOT NULL, choice text NOT NULL,
        turn bigint NOT NULL, arrived_at timestamptz NOT NULL, counts boolean,
        PRIMARY KEY (attempt_id, item));
    CREATE TABLE core_eventhead (
        subject text PRIMARY KEY, seq bigint NOT NULL, hash text NOT NULL);
    {import_module("zhupei.core.migrations.0002_event").FORWARD}
    INSERT INTO exams_sitting
    SELECT n, 'sealed', now() - interval '1 minute', 180, 60, 30, false
      FROM generate_series(1, {SITTINGS}) AS n;
    INSERT INTO exams_attempt (id, sitting_id, paper_id, label, account_id, account_name, seed,
                               started_at, closes_at)
    SELECT n, n % {SITTINGS} + 1, n % {SITTINGS} + 1, '考生 ' || n || ' #1', n, '考生 ' || n,
           md5(n::text), now(), now() + interval '2 hours'
      FROM generate_series(1, {ATTEMPTS}) AS n;
"""  # noqa: S608 - constants of this file and of a migration


@contextmanager
def durable_cluster() -> Iterator[Path]:
    """The data folder of a cluster of our own on a real disk, fsync on, with the two tables."""
    data = Path(tempfile.mkdtemp(prefix="zhupei-bench-", dir=DISK))
    data.chmod(0o711)  # the account PostgreSQL runs as has to walk through
    try:
        cluster.start(data)
        execute(data, TABLES)
        asyncio.run(put_papers(cluster.url(data)))
        execute(data, "VACUUM ANALYZE")
        yield data
    finally:
        cluster.destroy(data)


async def put_papers(url: str) -> None:
    """A form of {ITEMS} single choices for every sitting, sealed as the site seals it; the key of
    each place is a letter of its number.
    """
    marking = {
        "kinds": ["single"] * ITEMS,
        "keys": {str(place): KEYS[place % len(KEYS)] for place in range(ITEMS)},
        "points": {str(place): "1" for place in range(ITEMS)},
    }
    rows = [
        (n, n, 1, ITEMS, f"{n:064x}", sealing.seal(sealing.marking_key(n, 1), marking))
        for n in range(1, SITTINGS + 1)
    ]
    connection = await asyncpg.connect(url)
    await connection.executemany("INSERT INTO exams_paper VALUES ($1, $2, $3, $4, $5, $6)", rows)
    await connection.close()


def execute(data: Path, *statements: str) -> list[asyncpg.Record]:
    """Run each statement on its own connection-long session; return the rows of the last."""

    async def run() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(cluster.url(data))
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await _rows(connection, statements[-1])
        finally:
            await connection.close()

    return asyncio.run(run())


async def _rows(connection: asyncpg.Connection, statement: str) -> list[asyncpg.Record]:
    if statement.lstrip().startswith("SELECT"):
        return list(await connection.fetch(statement))
    await connection.execute(statement)
    return []


def commits(data: Path) -> int:
    """Transactions this database has committed so far, our own questions among them."""
    rows = execute(
        data, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    )
    return int(rows[0][0])


def tickets() -> list[str]:
    """A ticket for every attempt; the first is that of attempt 1."""
    end = datetime.now(UTC) + timedelta(hours=2)  # noqa: TID251 - no Django here
    return [issue(PURPOSE, attempt, end) for attempt in range(1, ATTEMPTS + 1)]


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_hot(data: Path, port: int, *, workers: int = 1) -> subprocess.Popen[bytes]:
    """The hot process as it runs in production, once it says that it can save."""
    words = f"uvicorn config.hot:app --port {port} --workers {workers} --log-level critical"
    words += " --no-access-log --no-server-header --no-proxy-headers --timeout-keep-alive 75"
    process = subprocess.Popen(
        [sys.executable, "-m", *words.split()],
        cwd=ROOT,
        env={**os.environ, "ZHUPEI_DATA": str(data), "DATABASE_URL": ""},
        start_new_session=True,  # so that all its workers can be ended together
    )
    wait_for_hot(port)
    return process


def wait_for_hot(port: int, seconds: float = 30) -> None:
    """Return when /hot/healthz says 200. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/hot/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"the hot process did not answer on port {port} within {seconds} s")


def pgbench(data: Path, script: Path, *, clients: int, seconds: int) -> float:
    """Transactions per second of a script, prepared, on this cluster."""
    program = binaries.find().joinpath("pgbench")
    if not program.exists():
        program = Path(shutil.which("pgbench") or "pgbench")
    words = f"-n -M prepared -c {clients} -j 2 -T {seconds} -D turn=0 -U zhupei"
    place = ["-h", str(cluster.socket_dir(data)), "-f", str(script), "zhupei"]
    told = subprocess.run(
        [program, *words.split(), *place], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"tps = ([\d.]+)", told)
    if not found:
        raise ValueError(f"pgbench said {told!r}, expected a line with 'tps = '")
    return float(found[1])
