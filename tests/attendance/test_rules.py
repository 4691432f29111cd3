"""Codes on screens and credited time, at their boundaries."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.attendance.rules import (
    code_for,
    code_is_right,
    credited_seconds,
    seconds_left,
    sign_in_opens,
)

KEY = b"a key of the tests"
WINDOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)  # a whole multiple of 15 seconds
START = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)
GRACE = timedelta(minutes=10)


def at(seconds: float) -> datetime:
    return WINDOW + timedelta(seconds=seconds)


def right(code: str, moment: datetime, *, lesson: int = 12, margin: int = 2) -> bool:
    return code_is_right(code, KEY, lesson, moment, every=15, margin=margin)


def shown(seconds: float, *, lesson: int = 12) -> str:
    return code_for(KEY, lesson, at(seconds), every=15)


def test_the_code_has_six_digits_and_lives_fifteen_seconds():
    assert len(shown(0)) == 6
    assert shown(0).isdigit()
    assert shown(0) == shown(14.999)
    assert shown(15) != shown(0)


@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [
        (-0.001, False),  # not on the screen yet
        (0, True),
        (14.999, True),
        (15, True),  # the screen has changed, the finger has not
        (16.999, True),
        (17, False),  # two seconds are over
        (30, False),
    ],
)
def test_a_code_is_taken_while_it_is_shown_and_two_seconds_longer(seconds, accepted):
    assert right(shown(0), at(seconds)) is accepted


def test_without_a_margin_a_code_ends_with_its_window():
    assert right(shown(0), at(14.999), margin=0)
    assert not right(shown(0), at(15), margin=0)


def test_the_code_of_the_next_room_does_not_open_this_one():
    assert not right(shown(0, lesson=13), at(0), lesson=12)


def test_another_key_makes_other_codes():
    assert code_for(b"another", 12, at(0), every=15) != shown(0)


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1} ", "{0}\u3000{1}", "{0}{1}\n"])
def test_blanks_between_the_digits_do_not_matter(typed):
    code = shown(0)

    assert right(typed.format(code[:3], code[3:]), at(0))


@pytest.mark.parametrize(
    "typed", ["", "      ", "abcdef", "１２３４５６", "12345", "签到", "0" * 400]
)
def test_what_is_no_code_is_simply_wrong(typed):
    assert not right(typed, at(0))


def test_the_screen_knows_how_long_its_code_stays():
    assert seconds_left(at(0), every=15) == 15
    assert seconds_left(at(14), every=15) == 1
    assert seconds_left(at(14.5), every=15) == pytest.approx(0.5)


def test_signing_in_opens_before_the_lesson():
    assert sign_in_opens(START, minutes_before=30) == datetime(2026, 3, 18, 1, 30, tzinfo=UTC)
    assert sign_in_opens(START, minutes_before=0) == START


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"),
    [
        (-30, None, 90),  # early
        (0, None, 90),
        (10, None, 90),  # the last moment of grace
        (11, None, 79),  # late: from then on
        (45, None, 45),
        (90, None, 0),
        (100, None, 0),  # after the end
        (None, None, 0),  # absent
        (None, 60, 0),
        (0, 60, 60),  # left early
        (0, 90, 90),
        (0, 120, 90),  # stayed on: nothing extra
        (30, 60, 30),
        (60, 30, 0),  # nonsense earns nothing
        (-30, -10, 0),  # gone before it began
    ],
)
def test_the_time_that_counts(arrived, left, minutes):
    def minute(n):
        return None if n is None else START + timedelta(minutes=n)

    seconds = credited_seconds(
        starts_at=START,
        ends_at=END,
        arrived_at=minute(arrived),
        left_at=minute(left),
        grace=GRACE,
    )

    assert seconds == minutes * 60


def test_one_second_after_the_grace_costs_the_whole_lateness():
    late = START + GRACE + timedelta(seconds=1)

    assert credited_seconds(starts_at=START, ends_at=END, arrived_at=late, grace=GRACE) == (
        90 * 60 - 601
    )


@given(
    arrived=st.integers(-7200, 14400),
    left=st.none() | st.integers(-7200, 14400),
    grace=st.integers(0, 3600),
)
def test_nobody_is_credited_less_than_nothing_or_more_than_the_lesson(arrived, left, grace):
    seconds = credited_seconds(
        starts_at=START,
        ends_at=END,
        arrived_at=START + timedelta(seconds=arrived),
        left_at=None if left is None else START + timedelta(seconds=left),
        grace=timedelta(seconds=grace),
    )

    assert 0 <= seconds <= 90 * 60
