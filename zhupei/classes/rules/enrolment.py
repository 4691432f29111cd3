"""When somebody may still join a class, and which of their lessons would be at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from zhupei.people.rules import age


@dataclass(frozen=True)
class Booking:
    """The time of one lesson, and whose class it belongs to."""

    starts_at: datetime
    ends_at: datetime
    owner: str


def why_closed(
    *, in_effect: bool, last_begins: datetime | None, now: datetime, frozen: bool = False
) -> str | None:
    """Why nobody can join: ``class_not_open``, ``class_frozen``, ``class_over``, or None.

    Late comers are welcome until the last lesson begins; they miss hours, and are told so.

    Source: Measures, art. 11 (people choose freely), art. 12 (first the plan, then the class).
    """
    if not in_effect or last_begins is None:
        return "class_not_open"
    if frozen:
        return "class_frozen"
    return "class_over" if now >= last_begins else None


def is_old_enough(born: date, *, on: date, years: int) -> bool:
    """Has somebody born then reached this age, in full years, on the first day of a class?

    Source: 劳动法 art. 15 (no employer may take on a minor under 16).
    """
    return age(born, on=on) >= years


def first_clash(
    planned: Iterable[Booking], booked: Iterable[Booking]
) -> tuple[Booking, Booking] | None:
    """The earliest lesson of ``planned`` that overlaps one of ``booked``, and that one.

    Lessons that only touch do not overlap.

    Source: Measures, art. 13 (attendance is strict: nobody is in two places).
    """
    others = sorted(booked, key=lambda booking: booking.starts_at)
    for mine in sorted(planned, key=lambda booking: booking.starts_at):
        for other in others:
            if other.starts_at >= mine.ends_at:
                break
            if other.ends_at > mine.starts_at:
                return mine, other
    return None


def missed_seconds(lessons: Iterable[Booking], now: datetime) -> int:
    """Seconds of lessons already over when somebody joins at ``now``: hours they cannot earn."""
    return sum(
        int((lesson.ends_at - lesson.starts_at).total_seconds())
        for lesson in lessons
        if lesson.ends_at <= now
    )
