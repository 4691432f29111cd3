"""The timetable of a practical session: turns by station and time, two assessors for each."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", int, str)
Span = tuple[datetime, datetime]


class Slot(NamedTuple):
    """A station for a stretch of time."""

    station: int
    starts_at: datetime
    ends_at: datetime


def slots(
    *, stations: int, opens: datetime, closes: datetime, minutes: int, change: int,
    pause: Span | None = None,
) -> list[Slot]:  # fmt: skip
    """Every turn there is room for: waves of all stations, ``change`` minutes apart, none across
    the pause at noon and none that ends after ``closes``.

    Source: Measures, art. 20 (time and place of an assessment are planned).
    """
    length, between = timedelta(minutes=minutes), timedelta(minutes=change)
    found: list[Slot] = []
    start = opens
    while start + length <= closes:
        if pause and start < pause[1] and start + length > pause[0]:
            start = pause[1]
            continue
        found += [Slot(number, start, start + length) for number in range(1, stations + 1)]
        start += length + between
    return found


def drawn(keys: Iterable[Key], seed: str) -> list[Key]:
    """The order in which candidates come, by SHA-256 of seed and key: anybody can repeat it."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}/{key}".encode()).hexdigest())


class Wanted(NamedTuple):
    """A turn that needs assessors, and who may not be one of them."""

    turn: int
    starts_at: datetime
    ends_at: datetime
    barred: frozenset[int] = frozenset()


def deal(
    wanted: Sequence[Wanted], assessors: Collection[int], *, at_once: int, each: int = 2
) -> dict[int, tuple[int, ...]]:
    """Give every turn ``each`` assessors that may judge it, the load spread evenly.

    Nobody has more than ``at_once`` turns at a time. A turn nobody is left for gets fewer: the
    page says so and a person decides. Turns with the least choice are served first.

    Source: Measures, art. 17 (the assessment is fair: nobody judges those they trained).
    """
    load: Counter[int] = Counter()
    given: dict[int, tuple[int, ...]] = {}
    spans: dict[int, list[Span]] = {one: [] for one in assessors}
    for turn in sorted(wanted, key=lambda one: (one.starts_at, -len(one.barred), one.turn)):
        span = (turn.starts_at, turn.ends_at)
        free = [
            one
            for one in assessors
            if one not in turn.barred and busiest(spans[one], span) < at_once
        ]
        chosen = sorted(free, key=lambda one: (load[one], one))[:each]
        for one in chosen:
            load[one] += 1
            spans[one].append(span)
        given[turn.turn] = tuple(chosen)
    return given


def busiest(spans: Iterable[Span], during: Span) -> int:
    """The most of ``spans`` that hold at one moment of ``during``; touching ends do not meet."""
    met = [span for span in spans if span[0] < during[1] and during[0] < span[1]]
    moments = [max(start, during[0]) for start, _end in met]
    return max((sum(s <= moment < e for s, e in met) for moment in moments), default=0)
