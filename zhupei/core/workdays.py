"""Chinese working days: the usual week, less holidays, plus the weekends worked instead.

The exceptions are rows of ``Workday``, seeded for the years the State Council has announced and
editable since; a year without rows follows the usual week.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

import chinese_calendar
from django.utils import timezone

from zhupei.core.models import Workday

SATURDAY = 5  # date.weekday()
SOURCE = "国务院办公厅关于部分节假日安排的通知"
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
    days = (last - first).days
    return sum(is_workday(first + timedelta(days=n + 1), known) for n in range(days))


def deadline(start: datetime, days: int) -> datetime:
    """18:00 Beijing time on the ``days``-th working day after ``start``."""
    first = timezone.localdate(start)
    known = exceptions(first, first + timedelta(days=days * 3 + 30))
    return office_hours_end(add_workdays(first, days, known))


def office_hours_end(day: date) -> datetime:
    """18:00 Beijing time of a day somebody chose."""
    return datetime.combine(day, END_OF_DAY, tzinfo=timezone.get_default_timezone())


def load(years: Iterable[int]) -> int:
    """Enter the announced exceptions of ``years``; return how many. Years nobody knows are skipped.

    Source: the yearly notice of the State Council's General Office on holidays, as compiled by
    the library ``chinesecalendar``.
    """
    rows = [row for year in years for row in _announced(year)]
    Workday.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _announced(year: int) -> Iterator[Workday]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    for day in (day for day in days if day.year == year):
        try:
            works = bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return
        if works != is_workday(day, {}):
            _, name = chinese_calendar.get_holiday_detail(day)
            yield Workday(day=day, works=works, name=name or "调休上班", source=SOURCE)
