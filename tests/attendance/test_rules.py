"""Codes on screens and credited time, at their boundaries."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.attendance.rules import (
    Kind,
    Mark,
    code_for,
    code_is_right,
    credited_seconds,
    late_by,
    left_early_by,
    merged,
    minutes_old,
    owes_sign_out,
    phase,
    seconds_left,
    sign_in_opens,
    waits,
)
from zhupei.core.offline import true_time

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


# ── Phases, lateness, leaving ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-31, "closed"), (-30, "open"), (0, "open"), (10, "open"), (11, "late"), (90, "late")],
)
def test_a_lesson_opens_and_is_late_after_the_grace(minutes, expected):
    assert phase_at(minutes) == expected


def test_the_last_moment_counts_and_the_next_does_not():
    assert phase_at(90) == "late"
    assert phase_at(90.02) == "over"


def phase_at(minutes: float) -> str:
    opens = sign_in_opens(START, minutes_before=30)
    now = START + timedelta(minutes=minutes)
    return str(phase(now, opens=opens, starts_at=START, ends_at=END, grace=GRACE))


@pytest.mark.parametrize(("arrived", "minutes"), [(-5, 0), (10, 0), (11, 11), (60, 60)])
def test_late_by(arrived, minutes):
    late = late_by(START, START + timedelta(minutes=arrived), grace=GRACE)

    assert late == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("left", "minutes"), [(None, 0), (90, 0), (95, 0), (85, 0), (84, 6), (30, 60)]
)
def test_left_early_by(left, minutes):
    left_at = None if left is None else START + timedelta(minutes=left)

    early = left_early_by(END, left_at, grace=timedelta(minutes=5))

    assert early == timedelta(minutes=minutes)


def test_leaving_within_the_grace_costs_nothing():
    left = END - timedelta(minutes=5)
    facts = {"starts_at": START, "ends_at": END, "arrived_at": START, "grace": GRACE}

    whole = credited_seconds(**facts, left_at=left, leave_grace=timedelta(minutes=5))

    assert whole == 90 * 60
    assert credited_seconds(**facts, left_at=left) == 85 * 60


@pytest.mark.parametrize(
    ("arrived", "left", "out", "minutes", "owes"),
    [
        (0, None, None, 31, True),
        (0, None, None, 30, False),  # there is still time
        (0, None, 88, 31, False),
        (0, 40, None, 31, False),  # is known to have left
        (None, None, None, 31, False),
    ],
)
def test_who_owes_a_sign_out(arrived, left, out, minutes, owes):
    def at_minute(n):
        return None if n is None else START + timedelta(minutes=n)

    assert owes == owes_sign_out(
        END + timedelta(minutes=minutes),
        arrived_at=at_minute(arrived),
        left_at=at_minute(left),
        signed_out_at=at_minute(out),
        closes=END + timedelta(minutes=30),
    )


@pytest.mark.parametrize(
    ("others", "accepted", "held"), [(0, 1, False), (1, 1, True), (1, 2, False)]
)
def test_from_which_person_on_a_phone_waits(others, accepted, held):
    assert waits(others, accepted=accepted) is held


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(15, 1), (61, 1), (76, 2), (119, 2), (1800, 30), (1815, None), (0, None)],
)
def test_how_old_a_dead_code_is(seconds, minutes):
    found = minutes_old(shown(0), KEY, 12, at(seconds), every=15, back=30)

    assert found == minutes


# ── The roll taken without network ───────────────────────────────────────────────────────────


def tap(kind: str, minute: float, phone: str = "A") -> Mark:
    return Mark(phone, Kind(kind), START + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("taps", "signed", "arrived", "left", "differ"),
    [
        ([], None, None, None, False),
        ([tap("here", 25)], None, 0, None, False),  # in time, however late it was tapped
        ([tap("here", -20)], None, 0, None, False),
        ([tap("late", 25)], None, 25, None, False),
        ([tap("late", -5)], None, 0, None, False),
        ([tap("absent", 5)], None, None, None, False),
        ([tap("left", 60)], None, 0, 60, False),
        ([tap("here", 1), tap("left", 60)], None, 0, 60, False),
        ([tap("here", 1), tap("left", 60), tap("here", 61)], None, 0, None, False),
        ([tap("here", 1), tap("absent", 2)], None, None, None, False),
        ([tap("absent", 2), tap("here", 1)], None, None, None, False),  # in order of time
        ([tap("absent", 1), tap("late", 20, "B")], None, 20, None, True),
        ([tap("late", 30), tap("late", 20, "B")], None, 20, None, False),
        ([tap("here", 1), tap("late", 20, "B")], None, 0, None, True),
        ([tap("left", 50), tap("left", 70, "B")], None, 0, 70, False),
        ([tap("absent", 1)], 3, 3, None, True),  # the phone of the learner says otherwise
        ([tap("late", 20)], 3, 3, None, False),
        ([tap("here", 1)], 20, 0, None, False),
        ([tap("absent", 1), tap("left", 50)], None, 0, 50, False),
    ],
)
def test_what_all_phones_say_together(taps, signed, arrived, left, differ):
    def minute(n):
        return None if n is None else START + timedelta(minutes=n)

    said = merged(taps, starts_at=START, signed_at=minute(signed))

    assert (said.arrived_at, said.left_at, said.differ) == (minute(arrived), minute(left), differ)


@given(
    st.permutations([tap("here", 1), tap("left", 60), tap("absent", 3, "B"), tap("late", 9, "C")])
)
def test_the_order_in_which_phones_come_in_does_not_matter(taps):
    said = merged(taps, starts_at=START, signed_at=None)

    assert said == (START, START + timedelta(minutes=60), True)


@given(st.integers(-400_000, 400_000), st.integers(0, 80_000))
def test_a_wrong_clock_is_wrong_all_along(error, ago):
    now = datetime(2026, 3, 18, 12, tzinfo=UTC)
    phone_now = now + timedelta(seconds=error)
    tapped = phone_now - timedelta(seconds=ago)

    found = true_time(tapped, phone_now=phone_now, server_now=now)

    assert found == now - timedelta(seconds=ago)
