"""Handing in, thousands within seconds: lock, read the answers, mark, write, all of a batch.

Locks first, answers second, in READ COMMITTED: the saves under way hold the row FOR SHARE, so
what is read after the lock is complete. Nothing waits here: an attempt that is locked at this
moment is left out of the batch, and its request is asked again a moment later.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg

from zhupei.exams import handing_in, sealing
from zhupei.exams.handing_in import Result, Sheet
from zhupei.exams.hot.answers import milliseconds
from zhupei.exams.rules import Marking
from zhupei.exams.statements import HAND_IN

TOGETHER = 100  # attempts in one batch: marking them keeps the process busy for 40 ms
TRIES = 40  # for an attempt somebody else holds
BETWEEN = 0.025  # seconds
FORMS = 512  # whose keys this process keeps at hand

LOCK = """
    SELECT a.id, a.paper_id, a.account_id, a.account_name, a.closes_at, a.handed_in_at,
           now() AS now,
           (SELECT pass_mark FROM exams_sitting AS s WHERE s.id = a.sitting_id) AS pass_mark,
           a.closes_at <= now() + interval '1 second' * (
               SELECT grace_seconds FROM exams_sitting AS s WHERE s.id = a.sitting_id) AS by_clock,
           CASE WHEN a.handed_in_at IS NOT NULL THEN 'handed_in'
                WHEN a.started_at IS NULL THEN 'not_started'
                WHEN a.paused_at IS NOT NULL THEN 'paused'
                ELSE 'open' END AS state
      FROM exams_attempt AS a
     WHERE a.id = ANY($1::bigint[])
     ORDER BY a.id
       FOR NO KEY UPDATE OF a SKIP LOCKED
"""
ANSWERS = "SELECT attempt_id, item, choice FROM exams_answer WHERE attempt_id = ANY($1::bigint[])"
KEYS = "SELECT id, sitting_id, number, sealed_keys FROM exams_paper WHERE id = ANY($1::bigint[])"


class Ended(NamedTuple):
    """What one candidate hears."""

    state: str  # handed_in, not_started, paused, or busy: try again
    facts: dict[str, Any]


BUSY = Ended("busy", {})


class Marker:
    """Writes batches; keeps the keys of the forms it met, which never change."""

    def __init__(self) -> None:
        self._forms: dict[int, Marking] = {}

    async def write(self, connection: asyncpg.Connection, batch: list[int]) -> list[Ended]:
        """Hand in these attempts; one outcome per attempt, in order."""
        async with connection.transaction():
            rows = await connection.fetch(LOCK, sorted(set(batch)))
            answers = await _answers(connection, [row["id"] for row in rows])
            await self._fetch_forms(connection, {row["paper_id"] for row in rows})
            sheets = [self._sheet(row, answers[row["id"]]) for row in rows]
            results = [handing_in.result(sheet) for sheet in sheets]
            await _write(connection, rows, sheets, results)
        outcomes = {row["id"]: _heard(row, found) for row, found in zip(rows, results, strict=True)}
        return [outcomes.get(attempt, BUSY) for attempt in batch]

    async def _fetch_forms(self, connection: asyncpg.Connection, papers: set[int]) -> None:
        missing = papers - set(self._forms)
        if not missing:
            return
        if len(self._forms) > FORMS:
            self._forms = {paper: self._forms[paper] for paper in papers - missing}
        for paper, sitting, number, sealed in await connection.fetch(KEYS, sorted(missing)):
            key = sealing.marking_key(sitting, number)
            self._forms[paper] = Marking.read(sealing.opened(key, sealed))

    def _sheet(self, row: asyncpg.Record, answers: dict[int, str]) -> Sheet:
        return Sheet(
            row["id"],
            answers,
            self._forms[row["paper_id"]],
            row["pass_mark"],
            row["by_clock"],
            (row["account_id"], row["account_name"]),
        )


async def _answers(
    connection: asyncpg.Connection, attempts: list[int]
) -> defaultdict[int, dict[int, str]]:
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for attempt, item, choice in await connection.fetch(ANSWERS, attempts):
        found[attempt][item] = choice
    return found


async def _write(
    connection: asyncpg.Connection,
    rows: Sequence[asyncpg.Record],
    sheets: Sequence[Sheet],
    results: Sequence[Result],
) -> None:
    pairs = [
        (sheet, found)
        for row, sheet, found in zip(rows, sheets, results, strict=True)
        if row["state"] == "open"
    ]
    if pairs:
        opened, found = zip(*pairs, strict=True)
        await connection.execute(HAND_IN, *handing_in.values(opened, found))


def _heard(row: asyncpg.Record, found: Result) -> Ended:
    facts: dict[str, Any] = {
        "now": milliseconds(row["now"]),
        "closes": milliseconds(row["closes_at"]),
    }
    if row["state"] in {"not_started", "paused"}:
        return Ended(row["state"], facts)
    facts |= {
        "at": milliseconds(row["handed_in_at"] or row["now"]),
        "answered": found.answered,
        "receipt": found.receipt,
        "marked": found.mark is not None,
    }
    return Ended("handed_in", facts)


async def patiently(put: Any, attempt: int) -> Ended:
    """Ask again while somebody else holds the attempt: a save under way, a clerk."""
    for _ in range(TRIES):
        ended: Ended = await put(attempt)
        if ended is not BUSY:
            return ended
        await asyncio.sleep(BETWEEN)
    return BUSY
