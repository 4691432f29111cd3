"""Saving an exam answer, thousands of times a second: what is asked, the statement, the replies.

This is the whole path of one save. It knows no session, no user row, no form and no template.
What an answer is *worth* is decided later, when the attempt is handed in, from the rows written
here. What comes too late is kept apart, as evidence. How many saves share one transaction:
`zhupei.core.hot`.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from zhupei.core import tickets
from zhupei.core.hot import Garbled, TooLarge
from zhupei.exams.rules import LONGEST_ANSWER, newest_turn_wins

PURPOSE = "exams.answer"  # of the tickets; their subject is an attempt


# ── What is asked ────────────────────────────────────────────────────────────────────────────

LARGEST_ITEM = 2**15 - 1  # the column is a smallint
LARGEST_TURN = 2**63 - 1  # the column is a bigint


class Answer(NamedTuple):
    """One answer, and the turn at which the candidate made it; turns grow."""

    item: int
    choice: str
    turn: int


class Save(NamedTuple):
    """What one request brings. Without answers it only asks for the clock."""

    attempt: int
    answers: tuple[Answer, ...]


def read_save(body: bytes) -> Save:
    """Understand a request. Raises Garbled, TooLarge for a text nobody types, or BadTicket."""
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
    if "\0" in choice:
        raise ValueError
    if len(choice) > LONGEST_ANSWER:
        raise TooLarge
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
# late      what comes after the end and is newer than what is stored: evidence, for people to
#           judge; never lost, never counted by itself. Once judged it is not replaced.
# turn      the turn now stored. Where ours lost, it is read from the table as this statement
#           first saw it; it lost, so what is stored is at least as new as ours. After the end:
#           the turn that counts, null when none does.

SAVE = """
WITH attempt AS MATERIALIZED (
    SELECT id, closes_at, notice,
           CASE WHEN handed_in_at IS NOT NULL THEN 'handed_in'
                WHEN started_at IS NULL THEN 'not_started'
                WHEN paused_at IS NOT NULL THEN 'paused'
                WHEN closes_at <= now() THEN 'closed'
                ELSE 'open' END AS state
      FROM exams_attempt
     WHERE id = ANY($1::bigint[])
       FOR SHARE SKIP LOCKED
), offered AS MATERIALIZED (
    SELECT o.*, attempt.state
      FROM unnest($2::bigint[], $3::smallint[], $4::text[], $5::bigint[])
           AS o (attempt_id, item, choice, turn)
      JOIN attempt ON attempt.id = o.attempt_id
       AND attempt.state IN ('open', 'closed', 'handed_in')
), written AS (
    INSERT INTO exams_answer AS stored (attempt_id, item, choice, turn, saved_at)
    SELECT attempt_id, item, choice, turn, now()
      FROM offered WHERE state = 'open' ORDER BY attempt_id, item
    ON CONFLICT (attempt_id, item) DO UPDATE
       SET choice = excluded.choice, turn = excluded.turn, saved_at = excluded.saved_at
     WHERE stored.turn < excluded.turn
    RETURNING attempt_id, item
), late AS (
    INSERT INTO exams_lateanswer AS kept (attempt_id, item, choice, turn, arrived_at)
    SELECT attempt_id, item, choice, turn, now() FROM offered
     WHERE state <> 'open' AND turn > coalesce((
               SELECT turn FROM exams_answer AS stored
                WHERE stored.attempt_id = offered.attempt_id AND stored.item = offered.item), -1)
     ORDER BY attempt_id, item
    ON CONFLICT (attempt_id, item) DO UPDATE
       SET choice = excluded.choice, turn = excluded.turn, arrived_at = excluded.arrived_at
     WHERE kept.turn < excluded.turn AND kept.counts IS NULL
)
SELECT attempt.id, attempt.state, now(), attempt.closes_at, attempt.notice, offered.item,
       CASE WHEN written.item IS NOT NULL THEN offered.turn
            ELSE greatest(CASE offered.state WHEN 'open' THEN offered.turn END, (
                SELECT turn FROM exams_answer AS stored
                 WHERE stored.attempt_id = offered.attempt_id AND stored.item = offered.item))
            END
  FROM attempt
  LEFT JOIN offered ON offered.attempt_id = attempt.id
  LEFT JOIN written ON written.attempt_id = offered.attempt_id AND written.item = offered.item
"""


class Outcome(NamedTuple):
    """What became of an attempt's saves in one batch."""

    state: str  # open, closed, handed_in, not_started, paused, or busy: try again
    now: int  # milliseconds since 1970, by the database's clock
    closes: int
    notice: int  # how many announcements there are
    turns: dict[int, int]  # item → the turn that counts


BUSY = Outcome("busy", 0, 0, 0, {})


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
    for attempt, state, now, closes_at, notice, item, turn in rows:
        if attempt not in outcomes:
            outcomes[attempt] = Outcome(
                state, milliseconds(now), milliseconds(closes_at), notice, {}
            )
        if turn is not None:
            outcomes[attempt].turns[item] = turn
    return [outcomes.get(save.attempt, BUSY) for save in batch]


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
