"""When somebody may join, what clashes, what late comers miss: values in, values out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhupei.classes.rules.enrolment import (
    Booking,
    first_clash,
    is_old_enough,
    missed_seconds,
    why_closed,
)

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def at(hour, *, minutes=0):
    return NINE + timedelta(hours=hour - 9, minutes=minutes)


def booking(start, end, owner="甲班"):
    return Booking(at(start), at(end), owner)


@pytest.mark.parametrize(
    ("in_effect", "last", "code"),
    [
        (True, at(10), None),
        (True, at(9, minutes=1), None),
        (True, at(9), "class_over"),
        (True, at(8), "class_over"),
        (True, None, "class_not_open"),
        (False, at(10), "class_not_open"),
    ],
)
def test_a_class_takes_people_until_its_last_lesson_begins(in_effect, last, code):
    assert why_closed(in_effect=in_effect, last_begins=last, now=NINE) == code


def test_lessons_that_only_touch_do_not_clash():
    assert first_clash([booking(10, 12)], [booking(8, 10, "乙班"), booking(12, 13, "乙班")]) is None


def test_the_earliest_clash_is_named():
    planned = [booking(14, 16), booking(9, 11)]
    booked = [booking(15, 17, "丙班"), booking(10, 12, "乙班")]

    mine, other = first_clash(planned, booked)

    assert (mine.starts_at, other.owner) == (at(9), "乙班")


def test_a_long_lesson_begun_earlier_clashes_too():
    assert first_clash([booking(11, 12)], [booking(8, 18, "乙班"), booking(9, 10, "丙班")])


def test_late_comers_miss_what_is_over():
    assert missed_seconds([booking(7, 8), booking(8, 10)], NINE) == 3600


@pytest.mark.parametrize(
    ("born", "on", "old"),
    [
        (date(2010, 3, 2), date(2026, 3, 1), False),
        (date(2010, 3, 2), date(2026, 3, 2), True),
        (date(2012, 2, 29), date(2028, 2, 28), False),
        (date(2012, 2, 29), date(2028, 2, 29), True),
        (date(1966, 1, 1), date(2026, 3, 2), True),
    ],
)
def test_age_is_counted_in_full_years_on_the_first_day(born, on, old):
    assert is_old_enough(born, on=on, years=16) is old


def test_a_frozen_class_says_so_before_it_says_that_it_is_over():
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert why_closed(in_effect=True, frozen=True, last_begins=now, now=now) == "class_frozen"
    assert why_closed(in_effect=False, frozen=True, last_begins=now, now=now) == "class_not_open"
