"""Pressing start: one statement for everybody who presses at the same moment, and a small key.

The form itself was fetched minutes before, sealed; what the candidate gets here opens it.
"""

from typing import Any, NamedTuple

import asyncpg

from zhupei.exams import sealing
from zhupei.exams.hot.answers import milliseconds
from zhupei.exams.statements import START


class Started(NamedTuple):
    """What one candidate hears. ``state`` is open, or why not; ``facts`` is the reply's body."""

    state: str
    facts: dict[str, Any]


BUSY = Started("busy", {})


async def write(connection: asyncpg.Connection, batch: list[int]) -> list[Started]:
    """Start these attempts in one statement; one outcome per attempt, in order."""
    rows = await connection.fetch(START, sorted(set(batch)), None)
    outcomes = {row[0]: _heard(tuple(row)) for row in rows}
    return [outcomes.get(attempt, BUSY) for attempt in batch]


def _heard(row: tuple[Any, ...]) -> Started:
    _id, state, now, closes, started, opens, grace, seed, notice, sitting, number, sha256 = row
    facts = {
        "now": milliseconds(now),
        "opens": milliseconds(opens),
        "closes": milliseconds(closes),
        "grace": grace * 1000,
        "notice": notice,
    }
    if state == "open":
        facts |= {
            "started": milliseconds(started),
            "seed": seed,
            "form": sha256,
            "key": sealing.text(sealing.form_key(sitting, number)),
        }
    return Started(state, facts)
