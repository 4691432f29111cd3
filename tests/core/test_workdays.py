"""Chinese working days, with the announced exceptions of 2026."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhupei.core import workdays
from zhupei.core.models import Workday

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def year(db) -> dict[date, bool]:
    """The exceptions of 2026."""
    workdays.load([2026])
    return workdays.exceptions(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),  # the last Friday before Spring Festival
        (date(2026, 2, 14), True),  # a Saturday worked instead
        (date(2026, 2, 15), False),  # the first of nine days off
        (date(2026, 2, 16), False),  # a Monday off
        (date(2026, 2, 23), False),  # the ninth
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # a Saturday worked instead
        (date(2026, 3, 1), False),  # an ordinary Sunday
        (date(2026, 10, 1), False),  # the national day
    ],
)
def test_the_announced_days_of_2026(year, day, works):
    assert workdays.is_workday(day, year) is works


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 2, 18), 1, date(2026, 2, 24)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
    ],
)
def test_days_are_counted_from_the_day_after(year, start, days, end):
    assert workdays.add_workdays(start, days, year) == end
    assert workdays.workdays_between(start, end, year) == days


def test_a_deadline_falls_at_the_end_of_office_hours_in_beijing(year):
    submitted = datetime(2026, 2, 13, 17, 59, tzinfo=BEIJING)

    assert workdays.deadline(submitted, 5) == datetime(2026, 2, 27, 18, tzinfo=BEIJING)


def test_a_submission_after_midnight_in_beijing_counts_from_that_day(year):
    """20:30 UTC on Thursday is Friday 04:30 in Beijing."""
    submitted = datetime(2026, 3, 5, 20, 30, tzinfo=ZoneInfo("UTC"))

    assert workdays.deadline(submitted, 1) == datetime(2026, 3, 9, 18, tzinfo=BEIJING)


def test_a_year_nobody_announced_follows_the_usual_week(db):
    assert workdays.load([2099]) == 0

    known = workdays.exceptions(date(2099, 1, 1), date(2099, 12, 31))
    assert known == {}
    assert workdays.is_workday(date(2099, 10, 1), known)  # a Thursday
    assert not workdays.is_workday(date(2099, 10, 3), known)  # a Saturday
    assert workdays.deadline(datetime(2099, 10, 1, 9, tzinfo=BEIJING), 2).date() == date(
        2099, 10, 5
    )


def test_a_clerk_may_correct_a_day_and_loading_again_leaves_it(year):
    Workday.objects.filter(day=date(2026, 2, 14)).update(works=False)

    workdays.load([2026])

    assert not Workday.objects.get(day=date(2026, 2, 14)).works


def test_only_days_that_differ_from_the_usual_week_are_kept(year):
    assert len(year) < 60
    for day, works in year.items():
        assert works != (day.weekday() < workdays.SATURDAY)


def test_every_exception_has_a_name_and_a_source(year):
    assert not Workday.objects.filter(name="").exists()
    assert set(Workday.objects.values_list("source", flat=True)) == {workdays.SOURCE}


def test_going_back_in_time_is_a_programming_mistake():
    with pytest.raises(ValueError, match="-1 working days"):
        workdays.add_workdays(date(2026, 1, 1), -1, {})


def test_a_month_of_working_days_is_counted_one_by_one(year):
    start = date(2026, 9, 18)
    counted = [
        start + timedelta(days=n)
        for n in range(1, 40)
        if workdays.is_workday(start + timedelta(days=n), year)
    ]

    for n, day in enumerate(counted, start=1):
        assert workdays.add_workdays(start, n, year) == day
