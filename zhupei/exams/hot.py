"""Saving an exam answer, thousands of times a second: the ticket, the statement, the replies.

This is the whole path of one save. It knows no session, no user row, no form and no template.
What an answer is *worth* is decided later, when the attempt is handed in, from the rows written
here. How many saves share one transaction: `zhupei.core.hot`.
"""

import base64
import hmac
import json
import os
import struct
import time
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import asyncpg

from zhupei.core.hot import Door, GroupCommit, Reply
from zhupei.exams.rules import newest_turn_wins

# ── The ticket: who may write, into which attempt, until when ────────────────────────────────
#
# 8 bytes attempt, 4 bytes expiry (Unix seconds, until 2106), 18 bytes of HMAC-SHA256 (RFC 2104 §5
# allows half of 32): 40 characters of base64 without padding, so no two texts are one ticket.
# The page carries it in every request instead of a cookie, so one save asks for no session.

FACTS = struct.Struct(">QI")
SEAL = 18
LENGTH = 40


class Refusal(Exception):
    """The request is answered without asking the database."""

    def __init__(self, status: int, code: str) -> None:
        self.reply = Reply(status, b'{"code":"%b"}' % code.encode())
        super().__init__(code)


def issue_ticket(attempt_id: int, expires_at: datetime) -> str:
    """The token that lets its bearer save answers of one attempt until ``expires_at``.

    Give it the latest moment an extended deadline could reach: the ticket says who may knock, the
    attempt's own row says whether the paper is still open.
    """
    facts = FACTS.pack(attempt_id, int(expires_at.timestamp()))
    return base64.urlsafe_b64encode(facts + _seal(facts)).decode()


def read_ticket(ticket: str) -> int:
    """The attempt a ticket names. Raises Refusal "bad_ticket" or "expired_ticket"."""
    try:
        raw = base64.urlsafe_b64decode(ticket) if len(ticket) == LENGTH else b""
    except ValueError:
        raise Refusal(403, "bad_ticket") from None
    facts, seal = raw[: FACTS.size], raw[FACTS.size :]
    if not hmac.compare_digest(seal, _seal(facts)):
        raise Refusal(403, "bad_ticket")
    attempt, expires = FACTS.unpack(facts)
    if expires < time.time():
        raise Refusal(403, "expired_ticket")
    return int(attempt)


def _seal(facts: bytes) -> bytes:
    return hmac.digest(_key(), facts, "sha256")[:SEAL]


@cache
def _key() -> bytes:
    """A key of this purpose alone, derived from the site's; the same in the pages' process."""
    secret = os.environ.get("ZHUPEI_SECRET_KEY", "")
    if not secret and os.environ.get("ZHUPEI_PRODUCTION") == "1":
        raise RuntimeError("ZHUPEI_SECRET_KEY is missing: 32 random bytes in base64")
    return hmac.digest(secret.encode(), b"zhupei.exams.hot.ticket", "sha256")


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
    """Understand a request. Raises Refusal "garbled", "bad_ticket" or "expired_ticket"."""
    try:
        said = json.loads(body)
        attempt = read_ticket(said["ticket"])
        return Save(attempt, tuple(map(_answer, said["answers"] if "answers" in said else [said])))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal(400, "garbled") from None


def _answer(said: dict[str, Any]) -> Answer:
    item, choice, turn = said["item"], said["choice"], said["turn"]
    if not (type(item) is type(turn) is int and type(choice) is str):
        raise TypeError
    if not (0 < item <= LARGEST_ITEM and 0 <= turn <= LARGEST_TURN):
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
                WHEN opens_at <= now() AND now() < closes_at THEN 'open'
                ELSE 'not_open' END AS state
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

    state: str  # "open", "not_open", "closed", "handed_in", or "busy": try again
    now: int  # milliseconds since 1970, by the database's clock
    closes: int | None
    turns: dict[int, int]  # item → the turn stored; empty unless open


BUSY = Outcome("busy", 0, None, {})


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


def _milliseconds(moment: datetime | None) -> Any:
    return None if moment is None else int(moment.timestamp() * 1000)


# ── The doors ────────────────────────────────────────────────────────────────────────────────


def doors(queue: GroupCommit[Save, Outcome]) -> dict[tuple[str, str], Door]:
    """The addresses of this file, for the application in config/hot.py."""

    async def answers(body: bytes) -> Reply:
        """200 saved or already newer · 409 closed · 403 ticket · 400 garbled · 503 try again."""
        try:
            save = read_save(body)
        except Refusal as refusal:
            return refusal.reply
        outcome = await queue.put(save)
        if outcome.state != "open":
            return _not_saved(outcome)
        items = [answer.item for answer in save.answers]
        return _json(
            200,
            code="saved",
            saved=items,
            turns={item: outcome.turns[item] for item in items},
            now=outcome.now,
            closes=outcome.closes,
        )

    async def clock(query: bytes) -> Reply:
        """The server's time and the deadline, which an invigilator may have moved."""
        try:
            attempt = read_ticket(parse_qs(query.decode("latin-1")).get("ticket", [""])[0])
        except Refusal as refusal:
            return refusal.reply
        outcome = await queue.put(Save(attempt, ()))
        if outcome is BUSY:
            return _not_saved(outcome)
        return _json(200, code=outcome.state, now=outcome.now, closes=outcome.closes)

    async def healthz(_: bytes) -> Reply:
        """200 when a save could be made now: it makes one, of nothing, into no attempt."""
        await queue.put(Save(0, ()))
        return _json(200, code="ok")

    return {
        ("POST", "/hot/answers"): answers,
        ("GET", "/hot/clock"): clock,
        ("GET", "/hot/healthz"): healthz,
    }


def _not_saved(outcome: Outcome) -> Reply:
    if outcome is BUSY:
        return _json(503, code="busy")
    return _json(409, code=outcome.state, now=outcome.now, closes=outcome.closes)


def _json(status: int, **facts: object) -> Reply:
    return Reply(status, json.dumps(facts).encode())
