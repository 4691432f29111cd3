"""How long the hot process looks at twenty boards of sixty seats, every answer of them on disk.

One look is what twenty boards cost every two seconds, however many people watch each. It must not
hold up the saves beside it: the limit is the time between two looks.
"""

import asyncio
import statistics
import time

import asyncpg

from bench import pg
from config import cluster
from config.hot import SETTINGS
from zhupei.invigilation.hot import HEARD, look

BOARDS = 20
SEATS = 60
ITEMS = 60
LOOKS = 60
HEARD_AT_ONCE = (
    12_500  # fifty thousand machines, each heard of every twenty seconds, written in five
)
EVERY = 2_000.0  # milliseconds between two looks

MORE_TABLES = f"""
    ALTER TABLE exams_sitting ADD prefecture_id text NOT NULL DEFAULT '652300';
    ALTER TABLE exams_attempt ADD candidate_id bigint, ADD extra_minutes smallint DEFAULT 0;
    TRUNCATE exams_attempt;
    CREATE TABLE exams_candidate (id bigint PRIMARY KEY, seat smallint NOT NULL);
    INSERT INTO exams_candidate SELECT n, n % {SEATS} + 1 FROM generate_series(1, 100000) AS n;
    INSERT INTO exams_attempt (id, sitting_id, paper_id, label, account_name, seed, admitted_at,
                               started_at, closes_at, candidate_id)
    SELECT n, n / {SEATS} + 1, 1, 'x', 'x', 'x', now(), now(), now() + interval '1 hour', n
      FROM generate_series(0, 59999) AS n;
    CREATE INDEX attempt_of_sitting ON exams_attempt (sitting_id);
    INSERT INTO exams_answer
    SELECT a, i, 'B', 1, now() FROM generate_series(0, {BOARDS * SEATS * 5}) AS a,
                                    generate_series(0, {ITEMS - 1}) AS i;
    CREATE UNLOGGED TABLE invigilation_heard (
        attempt_id bigint PRIMARY KEY, at timestamptz NOT NULL) WITH (fillfactor = 50);
    INSERT INTO invigilation_heard SELECT n, now() FROM generate_series(0, 59999) AS n;
    CREATE TABLE invigilation_helpcall (
        id bigint PRIMARY KEY, sitting_id bigint, candidate_id bigint, at timestamptz, text text,
        answered_at timestamptz);
    CREATE INDEX ON invigilation_helpcall (sitting_id);
    CREATE TABLE invigilation_incident (
        id bigint PRIMARY KEY, sitting_id bigint, settled_at timestamptz);
    CREATE INDEX ON invigilation_incident (sitting_id);
    CREATE TABLE invigilation_notice (id bigint PRIMARY KEY, sitting_id bigint);
    CREATE INDEX ON invigilation_notice (sitting_id);
    CREATE TABLE core_parametervalue (
        key text, prefecture text, value jsonb, valid_from date);
"""  # noqa: S608 - constants of this file


def main() -> None:
    """Measure the looks, then what it costs to write down who was heard of."""
    with pg.durable_cluster() as data:
        pg.execute(data, MORE_TABLES, "VACUUM ANALYZE")
        looks, heard = asyncio.run(_measure(cluster.url(data)))
    p50, worst = statistics.median(looks), max(looks)
    print(f"bench boards: {BOARDS} boards of {SEATS}, one look {p50:.1f} ms, worst {worst:.1f} ms")
    print(f"bench boards: {HEARD_AT_ONCE} machines heard of, written in {heard:.0f} ms every 5 s")
    print(f"bench boards: ratio {EVERY / p50:.0f} value {p50:.1f} ms limit {EVERY:.0f} ms")


async def _measure(url: str) -> tuple[list[float], float]:
    connection = await asyncpg.connect(url, server_settings=SETTINGS)
    sittings = list(range(1, BOARDS + 1))
    await look(connection, sittings)
    looks = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        pictures = await look(connection, sittings)
        looks.append((time.perf_counter() - began) * 1000)
        seats = sum(name.startswith("seat/") for one in pictures.values() for name in one)
        assert len(pictures) == BOARDS
        assert seats >= BOARDS * SEATS - 1, seats
    attempts = list(range(HEARD_AT_ONCE))
    times = []
    for _ in range(10):
        began = time.perf_counter()
        await connection.execute(HEARD, attempts, [0.5] * HEARD_AT_ONCE)
        times.append((time.perf_counter() - began) * 1000)
    await connection.close()
    return looks, statistics.median(times)
