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
from pathlib import Path

import asyncpg

from config import binaries, cluster
from zhupei.core.tickets import issue
from zhupei.exams.hot import PURPOSE

ROOT = Path(__file__).resolve().parent.parent
# A disk, where the system's temporary folder may be memory.
DISK = Path(os.environ.get("BENCH_DIR", "/var/tmp"))  # noqa: S108 - mkdtemp makes our own folder
ATTEMPTS = 10_000
ITEMS = 20

# The columns the hot path knows, as in zhupei/exams/models.py; tests/exams/test_hot.py compares.
TABLES = f"""
    CREATE TABLE exams_attempt (
        id bigint PRIMARY KEY, closes_at timestamptz NOT NULL, handed_in_at timestamptz)
        WITH (fillfactor = 60);
    CREATE TABLE exams_answer (
        attempt_id bigint NOT NULL, item smallint NOT NULL, choice text NOT NULL,
        turn bigint NOT NULL, saved_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, item)) WITH (fillfactor = 60);
    INSERT INTO exams_attempt (id, closes_at)
    SELECT n, now() + interval '2 hours' FROM generate_series(1, {ATTEMPTS}) AS n;
"""  # noqa: S608 - a constant of this file


@contextmanager
def durable_cluster() -> Iterator[Path]:
    """The data folder of a cluster of our own on a real disk, fsync on, with the two tables."""
    data = Path(tempfile.mkdtemp(prefix="zhupei-bench-", dir=DISK))
    data.chmod(0o711)  # the account PostgreSQL runs as has to walk through
    try:
        cluster.start(data)
        execute(data, TABLES)
        execute(data, "VACUUM ANALYZE")
        yield data
    finally:
        cluster.destroy(data)


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
    if statement.startswith("SELECT"):
        return list(await connection.fetch(statement))
    await connection.execute(statement)
    return []


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
    words += " --no-access-log --no-server-header --no-proxy-headers"
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
