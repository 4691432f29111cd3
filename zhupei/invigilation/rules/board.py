"""What is said of a seat, from plain facts: times in seconds since 1970."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

OFF_AFTER = 60  # seconds; what counts unless the region set another figure
IDLE_AFTER = 300


class Seat(StrEnum):
    """How a seat is; the words for people are in ``sentences``."""

    EXPECTED = "expected"  # not at the door yet
    ARRIVED = "arrived"  # checked in, not begun
    WRITING = "writing"
    IDLE = "idle"  # connected, and nothing saved for a long while
    OFF = "off"  # nothing heard from the machine
    HAND = "hand"  # calls for help
    PAUSED = "paused"
    DONE = "done"
    ABSENT = "absent"  # did not come, and may not any more


@dataclass(frozen=True)
class Facts:
    """What is known of a candidate at one moment; None is "not yet"."""

    arrived: bool = False
    started: float | None = None
    paused: float | None = None
    handed_in: float | None = None
    saved: float | None = None  # the newest answer on disk
    heard: float | None = None  # the last time the machine asked or saved
    calling: float | None = None  # a call for help that nobody answered


@dataclass(frozen=True)
class Limits:
    """Seconds after which silence means something, and whether the door is shut."""

    off_after: int
    idle_after: int
    door_shut: bool = False


class Shown(NamedTuple):
    """A state, and since when it holds where that matters."""

    seat: Seat
    since: float | None = None


def seat(facts: Facts, now: float, limits: Limits) -> Shown:
    """The one thing to say of a seat: the most pressing comes first.

    A machine counts as connected while it saves or asks for the time; who only reads is idle.

    Source: Measures, art. 20 (assessment bodies hold their sittings in good order).
    """
    if facts.handed_in is not None:
        return Shown(Seat.DONE, facts.handed_in)
    if facts.calling is not None:
        return Shown(Seat.HAND, facts.calling)
    if facts.started is None:
        return Shown(_before(facts, limits))
    if facts.paused is not None:
        return Shown(Seat.PAUSED, facts.paused)
    return _while_answering(facts, facts.started, now, limits)


def _before(facts: Facts, limits: Limits) -> Seat:
    if facts.arrived:
        return Seat.ARRIVED
    return Seat.ABSENT if limits.door_shut else Seat.EXPECTED


def _while_answering(facts: Facts, started: float, now: float, limits: Limits) -> Shown:
    saved = max(started, facts.saved or started)
    heard = max(saved, facts.heard or saved)
    if now - heard > limits.off_after:
        return Shown(Seat.OFF, heard)
    if now - saved > limits.idle_after:
        return Shown(Seat.IDLE, saved)
    return Shown(Seat.WRITING)


PRESSING = (Seat.HAND, Seat.OFF, Seat.PAUSED, Seat.IDLE)  # in this order


def attention(shown: Iterable[tuple[int, Shown]]) -> list[int]:
    """Which seats somebody should look at, the most pressing and the longest waiting first."""
    pressing = [
        (PRESSING.index(one.seat), one.since or 0, n) for n, one in shown if one.seat in PRESSING
    ]
    return [number for _rank, _since, number in sorted(pressing)]
