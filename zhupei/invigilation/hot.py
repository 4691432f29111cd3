"""The board in the hot process: who was heard of, and the stream of pictures.

The hot process hears every machine with each save and each look at the clock. A save leaves its
time in ``exams_answer`` anyway; of those who only look at the clock, ``Ear`` writes the time down,
many at once and seldom, so that every other process can show it too. Nothing here is on the path
of a save: it is told after the entry was queued, and keeps one number.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs

import asyncpg

from zhupei.core import tickets
from zhupei.core.hot import Away, Connect, Door, Stream
from zhupei.core.streams import GONE, Feed
from zhupei.invigilation import board

PURPOSE = "invigilation.board"  # of the tickets; their subject is a sitting

# ── Who was heard of ─────────────────────────────────────────────────────────────────────────

EVERY = 5.0  # seconds between two writings
ENOUGH = 25.0  # seconds: who was written down this recently is not written again

# $1 attempts, sorted; $2 seconds since each was heard of. The table is unlogged.
HEARD = """
INSERT INTO invigilation_heard AS h (attempt_id, at)
SELECT attempt_id, now() - ago * interval '1 second'
  FROM unnest($1::bigint[], $2::float8[]) AS o (attempt_id, ago)
 ORDER BY attempt_id
ON CONFLICT (attempt_id) DO UPDATE SET at = excluded.at WHERE h.at < excluded.at
"""

logger = logging.getLogger(__name__)


class Entry(Protocol):
    """What a queue of the exam is given."""

    @property
    def attempt(self) -> int: ...

    @property
    def answers(self) -> tuple[Any, ...]: ...


class Ear:
    """Remembers when each machine was heard of, and writes it down now and then."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._heard: dict[int, float] = {}
        self._written: dict[int, float] = {}
        self._task: asyncio.Task[None] | None = None

    def hear(self, entry: Entry) -> None:
        """Called with every entry of the queue of saves; a save of answers speaks for itself."""
        if entry.attempt and not entry.answers:
            self._heard[entry.attempt] = time.monotonic()

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_writing())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_writing(self) -> None:
        """Nothing is asked of the database while nobody is due. That it is away is said once, and
        not again every few seconds until it is back.
        """
        connection: asyncpg.Connection | None = None
        away = False
        while True:
            await asyncio.sleep(EVERY)
            if not self._due():
                continue
            try:
                if connection is None or connection.is_closed():
                    connection = await self._connect()
                await self.write(connection)
                away = False
            except GONE as why:
                if not away:
                    logger.warning("who was heard of is not written until it is back: %r", why)
                away, connection = True, None

    def _due(self) -> list[int]:
        return sorted(
            attempt
            for attempt, at in self._heard.items()
            if at - self._written.get(attempt, -ENOUGH) >= ENOUGH
        )

    async def write(self, connection: asyncpg.Connection) -> int:
        """Write down whoever is due; return how many."""
        now = time.monotonic()
        due = self._due()
        if due:
            await connection.execute(HEARD, due, [now - self._heard[one] for one in due])
        for attempt in due:
            self._written[attempt] = self._heard.pop(attempt)
        self._written = {a: at for a, at in self._written.items() if now - at < ENOUGH}
        return len(due)


# ── The pictures ─────────────────────────────────────────────────────────────────────────────


async def look(connection: asyncpg.Connection, sittings: list[int]) -> Mapping[int, board.Picture]:
    """The boards of these sittings as they are now."""
    seats = await connection.fetch(board.SEATS, sittings)
    attempts = [row[2] for row in seats]
    found = board.Found(
        await connection.fetch(board.SITTINGS, sittings),
        seats,
        await connection.fetch(board.ANSWERS, attempts),
        await connection.fetch(board.CALLS, sittings),
        await connection.fetch(board.NEWS, sittings),
        await connection.fetch(board.FIGURES),
    )
    pictures = {}
    for sitting, picture in board.draw(found):
        pictures[sitting] = picture
        await asyncio.sleep(0)  # the saves go first
    return pictures


# ── The door ─────────────────────────────────────────────────────────────────────────────────


def doors(feed: Feed) -> dict[tuple[str, str], Door]:
    """The address of this file, for the application in config/hot.py."""

    async def watch(query: bytes) -> Stream:
        """The board of the sitting the ticket names, for five minutes. 403 · 503 too many."""
        ticket = parse_qs(query.decode("latin-1")).get("ticket", [""])[0]
        sitting = tickets.read(PURPOSE, ticket)
        if feed.full:
            raise Away
        return Stream(feed.watch(sitting))

    return {("GET", "/hot/board"): watch}
