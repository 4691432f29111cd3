"""How long a credit record lasts, and when it may be repaired."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple


class Term(NamedTuple):
    """The last day of the shortest term, after which repair may be asked for, and of the longest,
    after which the record ends by itself.
    """

    shortest: date
    longest: date


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that has no such day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def term(decided_on: date, *, shortest: int, longest: int) -> Term:
    """Both ends, so many months after the day of the decision, which itself does not count.

    Raises ValueError when the longest term is shorter than the shortest.

    Source: project register of facts, §9.3 (order 36 of the National Development and Reform
    Commission: minor up to 3 months, ordinary 3 to 12, serious 12 to 36, counted from the
    decision; the months are the parameters credit.*_shortest and credit.*_longest).
    """
    if longest < shortest:
        raise ValueError(f"a longest term of {longest} months under a shortest of {shortest}")
    return Term(months_later(decided_on, shortest), months_later(decided_on, longest))


def is_over(found: Term, today: date) -> bool:
    """Has the longest term run out? It ends the record whether or not anybody asked.

    Source: project register of facts, §9.3 (order 36: publication stops by itself).
    """
    return today > found.longest


def may_be_repaired(found: Term, today: date, *, decided_on: date) -> bool:
    """Is the shortest term behind us? Without one (minor) repair may be asked for at once.

    Source: project register of facts, §9.3 (order 36: repair after the shortest term; a minor
    one as soon as what was wrong is put right).
    """
    return found.shortest == decided_on or today > found.shortest
