"""Chinese working days: the usual week, less holidays, plus the weekends worked instead.

The exceptions are rows of ``Workday``, seeded for the years the State Council has announced and
editable since; a year without rows follows the usual week.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from zhupei.core.models import Workday

SATURDAY = 5  # date.weekday()
END_OF_DAY = time(18, 0)  # a deadline "within n working days" ends with office hours


def exceptions(first: date, last: date) -> dict[date, bool]:
    """The days from ``first`` to ``last`` on which the usual week does not hold."""
    return dict(Workday.objects.filter(day__range=(first, last)).values_list("day", "works"))


def is_workday(day: date, known: dict[date, bool]) -> bool:
    """Does the administration work on ``day``?"""
    return known.get(day, day.weekday() < SATURDAY)


def add_workdays(start: date, days: int, known: dict[date, bool]) -> date:
    """The ``days``-th working day after ``start``; ``start`` itself does not count.

    Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError(f"{days} working days: expected 0 or more")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_workday(day, known)
    return day


def workdays_between(first: date, last: date, known: dict[date, bool]) -> int:
    """How many working days come after ``first``, up to and including ``last``."""
    span: Iterable[int] = range(1, (last - first).days + 1)
    return sum(is_workday(first + timedelta(days=n), known) for n in span)


def deadline(start: datetime, days: int) -> datetime:
    """18:00 Beijing time on the ``days``-th working day after ``start``."""
    first = timezone.localdate(start)
    known = exceptions(first, first + timedelta(days=days * 3 + 30))
    last = add_workdays(first, days, known)
    return datetime.combine(last, END_OF_DAY, tzinfo=timezone.get_default_timezone())
