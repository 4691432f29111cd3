"""The exam's doors in the hot process: start, answers, clock, hand in.

Each kind of deed has a queue and connections of its own, so that a wave of hand-ins, which cost
more, keeps no save waiting. The ticket in every request is the only authority.
"""

import json
from typing import NamedTuple
from urllib.parse import parse_qs

from zhupei.core import tickets
from zhupei.core.hot import Connect, Door, Garbled, GroupCommit, Reply, reply
from zhupei.exams.hot import answers, ending, starting
from zhupei.exams.hot.answers import (
    BUSY,
    PURPOSE,
    SAVE,
    Answer,
    Outcome,
    Save,
    read_save,
    write,
)

__all__ = [
    "PURPOSE",
    "SAVE",
    "Answer",
    "Outcome",
    "Queues",
    "Save",
    "doors",
    "queues",
    "read_save",
    "write",
]


class Queues(NamedTuple):
    """What runs behind the doors."""

    saves: GroupCommit[Save, Outcome]
    starts: GroupCommit[int, starting.Started]
    ends: GroupCommit[int, ending.Ended]


def queues(connect: Connect) -> Queues:
    """One queue for each kind of deed."""
    return Queues(
        GroupCommit(connect, answers.write),
        GroupCommit(connect, starting.write),
        GroupCommit(connect, ending.Marker().write, most=ending.TOGETHER),
    )


def doors(behind: Queues) -> dict[tuple[str, str], Door]:
    """The addresses of the exam, for the application in config/hot.py."""
    return {
        ("POST", "/hot/answers"): _answers(behind),
        ("POST", "/hot/start"): _start(behind),
        ("POST", "/hot/hand-in"): _hand_in(behind),
        ("GET", "/hot/clock"): _clock(behind),
        ("GET", "/hot/healthz"): _healthz(behind),
    }


def _answers(behind: Queues) -> Door:
    async def save_answers(body: bytes) -> Reply:
        """200 saved or already newer · 409 not now: what came too late is named · 503 try again."""
        save = read_save(body)
        outcome = await behind.saves.put(save)
        items = [answer.item for answer in save.answers]
        if outcome.state == "open":
            turns = {item: outcome.turns[item] for item in items}
            return reply(
                200,
                "saved",
                saved=items,
                turns=turns,
                now=outcome.now,
                closes=outcome.closes,
                notice=outcome.notice,
            )
        return _not_saved(outcome, save)

    return save_answers


def _not_saved(outcome: Outcome, save: Save) -> Reply:
    if outcome is BUSY:
        return reply(503, "busy")
    facts: dict[str, object] = {
        "now": outcome.now,
        "closes": outcome.closes,
        "notice": outcome.notice,
    }
    if outcome.state in {"closed", "handed_in"} and save.answers:
        late = [one.item for one in save.answers if outcome.turns.get(one.item, -1) < one.turn]
        facts |= {"turns": outcome.turns, "late": late}
    return reply(409, outcome.state, **facts)


def _start(behind: Queues) -> Door:
    async def start(body: bytes) -> Reply:
        """200 open, with the key of the form · 409 why not · 503 busy: press again."""
        outcome = await behind.starts.put(_ticket_of(body))
        if outcome is starting.BUSY:
            return reply(503, "busy")
        return reply(200 if outcome.state == "open" else 409, outcome.state, **outcome.facts)

    return start


def _hand_in(behind: Queues) -> Door:
    async def hand_in(body: bytes) -> Reply:
        """200 handed in, now or before, with the receipt · 409 why not · 503 try again."""
        outcome = await ending.patiently(behind.ends.put, _ticket_of(body))
        if outcome is ending.BUSY:
            return reply(503, "busy")
        return reply(200 if outcome.state == "handed_in" else 409, outcome.state, **outcome.facts)

    return hand_in


def _clock(behind: Queues) -> Door:
    async def clock(query: bytes) -> Reply:
        """The server's time, the deadline, how many announcements; and whether it stands still."""
        ticket = parse_qs(query.decode("latin-1")).get("ticket", [""])[0]
        outcome = await behind.saves.put(Save(tickets.read(PURPOSE, ticket), ()))
        if outcome is BUSY:
            return reply(503, "busy")
        return reply(
            200, outcome.state, now=outcome.now, closes=outcome.closes, notice=outcome.notice
        )

    return clock


def _healthz(behind: Queues) -> Door:
    async def healthz(_: bytes) -> Reply:
        """200 when a save could be made now: it makes one, of nothing, into no attempt."""
        await behind.saves.put(Save(0, ()))
        return reply(200, "ok")

    return healthz


def _ticket_of(body: bytes) -> int:
    """The attempt of a request that carries nothing else. Raises Garbled or BadTicket."""
    try:
        return tickets.read(PURPOSE, json.loads(body)["ticket"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Garbled from None
