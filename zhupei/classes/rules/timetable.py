"""Lessons on the clock: what overlaps, what a unit adds up to, how a syllabus fills the days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final, NamedTuple

from zhupei.classes.rules.facts import PlannedLesson, UnitHours

SECONDS_PER_HOUR: Final = 45 * 60  # one 学时
LONGEST_SESSION: Final = 4 * SECONDS_PER_HOUR  # then people eat


class Span(NamedTuple):
    """A time that is taken, from and until."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Demand:
    """What a unit still needs of one kind of teaching, in seconds."""

    unit: int
    practice: bool
    seconds: int


@dataclass(frozen=True)
class Slot:
    """One lesson of a laid-out timetable."""

    unit: int
    practice: bool
    starts_at: datetime
    ends_at: datetime


def hours(seconds: int) -> str:
    """Seconds as 学时 without the unit: at most two decimals, never rounded up.

    Source: Measures, art. 8 (the syllabus counts 学时 of 45 minutes).
    """
    hundredths = seconds * 100 // SECONDS_PER_HOUR
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def overlap(first: Span, second: Span) -> bool:
    """Do two times share a moment? One that begins as the other ends does not."""
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at


def overlapping(spans: Sequence[Span]) -> tuple[int, int] | None:
    """The places in the list of two lessons that run at the same time, or None.

    Source: Measures, art. 12 (the teaching plan of one class is one timetable).
    """
    order = sorted(range(len(spans)), key=lambda place: spans[place])
    for first, second in pairwise(order):
        if overlap(spans[first], spans[second]):
            return first, second
    return None


def sessions(morning: time, afternoon: time, daily_seconds: int) -> list[tuple[time, int]]:
    """When people sit down on a day of teaching, and for how many seconds at most."""
    first = min(daily_seconds, LONGEST_SESSION)
    rest = min(daily_seconds - first, LONGEST_SESSION)
    return [(morning, first), (afternoon, rest)] if rest > 0 else [(morning, first)]


def lay_out(
    demands: Iterable[Demand],
    days: Iterable[date],
    day_plan: Sequence[tuple[time, int]],
    *,
    zone: tzinfo,
    busy: Mapping[bool, Sequence[Span]],
) -> list[Slot]:
    """Fill the days with the units of a syllabus, one after the other, theory before practice.

    ``busy`` holds the times at which the teacher or the room of theory (False) and of practice
    (True) are elsewhere; a session which such a time cuts into is left out for that kind. Ends
    early when the days run out: compare ``total`` with what was asked.

    Source: Measures, art. 8 and 12 (the plan follows the syllabus of the region).
    """
    free = _free_sessions(days, day_plan, zone)
    slots: list[Slot] = []
    left: Span | None = None
    for demand in demands:
        open_seconds = demand.seconds
        while open_seconds > 0:
            left = left or next(free, None)
            if left is None:
                return slots
            if any(overlap(left, taken) for taken in busy[demand.practice]):
                left = None
                continue
            end = min(left.ends_at, left.starts_at + timedelta(seconds=open_seconds))
            slots.append(Slot(demand.unit, demand.practice, left.starts_at, end))
            open_seconds -= int((end - left.starts_at).total_seconds())
            left = Span(end, left.ends_at) if end < left.ends_at else None
    return slots


def _free_sessions(
    days: Iterable[date], day_plan: Sequence[tuple[time, int]], zone: tzinfo
) -> Iterator[Span]:
    for day in days:
        for begin, seconds in day_plan:
            start = datetime.combine(day, begin, tzinfo=zone)
            yield Span(start, start + timedelta(seconds=seconds))


def total(slots: Iterable[Slot]) -> int:
    """Seconds of all lessons together."""
    return sum(int((slot.ends_at - slot.starts_at).total_seconds()) for slot in slots)


def planned(
    lessons: Iterable[PlannedLesson], unit: UnitHours, *, practice: bool | None = None
) -> int:
    """Seconds the timetable gives to a unit: of one kind, or of both. Online counts as theory."""
    return sum(
        lesson.seconds
        for lesson in lessons
        if lesson.unit == unit.position and practice in (None, lesson.practice)
    )
