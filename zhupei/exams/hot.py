"""Saving an exam answer, thousands of times a second: what is asked, the statement, the replies.

This is the whole path of one save. It knows no session, no user row, no form and no template.
What an answer is *worth* is decided later, when the attempt is handed in, from the rows written
here. How many saves share one transaction: `zhupei.core.hot`.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import asyncpg

from zhupei.core import tickets
from zhupei.core.hot import Door, Garbled, GroupCommit, Reply, reply
from zhupei.exams.rules import newest_turn_wins

PURPOSE = "exams.answer"  # of the tickets; their subject is an attempt


# ── What is asked ────────────────────────────────────────────────────────────────────────────

LONGEST_CHOICE = 2_000  # characters
LARGEST_ITEM = 2**15 - 1  # the column is a smallint
LARGEST_TURN = 2**63 - 1  # the column is a bigint


class Answer(NamedTuple):
    """One choice, and the turn at which the candidate made it; turns grow."""

    item: int
    choice: str
    turn: int


class Save(NamedTuple):
    """What one request brings. Without answers it only asks for the clock."""

    attempt: int
    answers: tuple[Answer, ...]


def read_save(body: bytes) -> Save:
    """Understand a request. Raises Garbled or BadTicket."""
    try:
        said = json.loads(body)
        attempt = tickets.read(PURPOSE, said["ticket"])
        return Save(attempt, tuple(map(_answer, said.get("answers", [said]))))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Garbled from None


def _answer(said: dict[str, Any]) -> Answer:
    item, choice, turn = said["item"], said["choice"], said["turn"]
    if not (type(item) is type(turn) is int and type(choice) is str):
        raise TypeError
    if not (0 <= item <= LARGEST_ITEM and 0 <= turn <= LARGEST_TURN):
        raise ValueError
    if len(choice) > LONGEST_CHOICE or "\0" in choice:
        raise ValueError
    choice.encode()  # half a surrogate pair is JSON but not text; it raises ValueError
    return Answer(item, choice, turn)


# ── The statement ────────────────────────────────────────────────────────────────────────────
#
# $1 the attempts of the batch; $2–$5 its answers, one per (attempt, item), sorted by that key so
# that two writers never wait for each other in a circle.
#
# attempt   FOR SHARE makes handing in (an UPDATE of the row) wait for the saves under way, so
#           none of them is left out of the marking; and once it is handed in, this sees it.
#           SKIP LOCKED: an attempt being handed in right now keeps only its own saves out, not
#           the hundreds of strangers in the same batch. It is missing from the result: "busy".
# state     judged by the database's clock, now(): the start of this transaction.
# written   the newest turn wins; a late or repeated request changes nothing.
# turn      the turn now stored. Where ours lost, it is read from the table as this statement
#           first saw it; it lost, so what is stored is at least as new as ours.

SAVE = """
WITH attempt AS MATERIALIZED (
    SELECT id, closes_at,
           CASE WHEN handed_in_at IS NOT NULL THEN 'handed_in'
                WHEN closes_at <= now() THEN 'closed'
                ELSE 'open' END AS state
      FROM exams_attempt
     WHERE id = ANY($1::bigint[])
       FOR SHARE SKIP LOCKED
), offered AS MATERIALIZED (
    SELECT o.*
      FROM unnest($2::bigint[], $3::smallint[], $4::text[], $5::bigint[])
           AS o (attempt_id, item, choice, turn)
      JOIN attempt ON attempt.id = o.attempt_id AND attempt.state = 'open'
), written AS (
    INSERT INTO exams_answer AS stored (attempt_id, item, choice, turn, saved_at)
    SELECT attempt_id, item, choice, turn, now() FROM offered ORDER BY attempt_id, item
    ON CONFLICT (attempt_id, item) DO UPDATE
       SET choice = excluded.choice, turn = excluded.turn, saved_at = excluded.saved_at
     WHERE stored.turn < excluded.turn
    RETURNING attempt_id, item
)
SELECT attempt.id, attempt.state, now(), attempt.closes_at, offered.item,
       CASE WHEN written.item IS NULL THEN greatest(offered.turn, (
                SELECT turn FROM exams_answer AS stored
                 WHERE stored.attempt_id = offered.attempt_id AND stored.item = offered.item))
            ELSE offered.turn END
  FROM attempt
  LEFT JOIN offered ON offered.attempt_id = attempt.id
  LEFT JOIN written ON written.attempt_id = offered.attempt_id AND written.item = offered.item
"""


class Outcome(NamedTuple):
    """What became of an attempt's saves in one batch."""

    state: str  # "open", "closed", "handed_in", or "busy": try again
    now: int  # milliseconds since 1970, by the database's clock
    closes: int
    turns: dict[int, int]  # item → the turn stored; empty unless open


BUSY = Outcome("busy", 0, 0, {})


async def write(connection: asyncpg.Connection, batch: list[Save]) -> list[Outcome]:
    """Store a batch in one statement; one outcome per save, in order."""
    newest: dict[tuple[int, int], Answer] = {}
    for attempt, answers in batch:
        for answer in answers:
            key = attempt, answer.item
            newest[key] = newest_turn_wins(newest.get(key), answer)
    keys = sorted(newest)
    rows = await connection.fetch(
        SAVE,
        sorted({save.attempt for save in batch}),
        [attempt for attempt, _ in keys],
        [item for _, item in keys],
        [newest[key].choice for key in keys],
        [newest[key].turn for key in keys],
    )
    outcomes: dict[int, Outcome] = {}
    for attempt, state, now, closes_at, item, turn in rows:
        if attempt not in outcomes:
            outcomes[attempt] = Outcome(state, _milliseconds(now), _milliseconds(closes_at), {})
        if item is not None:
            outcomes[attempt].turns[item] = turn
    return [outcomes.get(save.attempt, BUSY) for save in batch]


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


# ── The doors ────────────────────────────────────────────────────────────────────────────────


def doors(queue: GroupCommit[Save, Outcome]) -> dict[tuple[str, str], Door]:
    """The addresses of this file, for the application in config/hot.py."""

    async def answers(body: bytes) -> Reply:
        """200 saved or already newer · 409 closed, handed_in · 503 busy: that one, try again."""
        save = read_save(body)
        outcome = await queue.put(save)
        if outcome.state != "open":
            return _not_saved(outcome)
        items = [answer.item for answer in save.answers]
        turns = {item: outcome.turns[item] for item in items}
        return reply(200, "saved", saved=items, turns=turns, now=outcome.now, closes=outcome.closes)

    async def clock(query: bytes) -> Reply:
        """The server's time and the deadline, which an invigilator may have moved."""
        outcome = await queue.put(Save(tickets.read(PURPOSE, _ticket_in(query)), ()))
        if outcome is BUSY:
            return _not_saved(outcome)
        return reply(200, outcome.state, now=outcome.now, closes=outcome.closes)

    async def healthz(_: bytes) -> Reply:
        """200 when a save could be made now: it makes one, of nothing, into no attempt."""
        await queue.put(Save(0, ()))
        return reply(200, "ok")

    return {
        ("POST", "/hot/answers"): answers,
        ("GET", "/hot/clock"): clock,
        ("GET", "/hot/healthz"): healthz,
    }


def _not_saved(outcome: Outcome) -> Reply:
    if outcome is BUSY:
        return reply(503, "busy")
    return reply(409, outcome.state, now=outcome.now, closes=outcome.closes)


def _ticket_in(query: bytes) -> str:
    return parse_qs(query.decode("latin-1")).get("ticket", [""])[0]
