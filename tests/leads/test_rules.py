"""What makes a lead: the rules themselves, on plain values."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhupei.leads.rules import Presence, busiest, leaves_no_trace, overlaps, precision, shared

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEN = timedelta(minutes=10)


def at(key: str, person: int, place: int, start: float, end: float) -> Presence:
    """Somebody somewhere, minutes after nine."""
    return Presence(
        key, person, place, NINE + timedelta(minutes=start), NINE + timedelta(minutes=end)
    )


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (at("b", 1, 2, 60, 120), True),
        (at("b", 1, 2, 170, 200), True),  # ten minutes
        (at("b", 1, 2, 171, 200), False),  # nine
        (at("b", 1, 2, 180, 200), False),  # one after the other
        (at("b", 1, 1, 60, 120), False),  # the same room
        (at("b", 2, 2, 60, 120), False),  # somebody else
        (at("b", 1, 2, -60, 20), True),  # it began before
        (at("b", 1, 2, -60, 300), True),  # one lies within the other
    ],
)
def test_nobody_is_in_two_rooms_at_once(other, together):
    assert overlaps([at("a", 1, 1, 0, 180), other], TEN) == ({("a", "b")} if together else set())


def test_three_rooms_make_three_pairs():
    rows = [at("c", 1, 3, 0, 60), at("a", 1, 1, 0, 60), at("b", 1, 2, 0, 60)]

    assert overlaps(rows, TEN) == {("a", "b"), ("a", "c"), ("b", "c")}


@pytest.mark.parametrize(
    ("seconds", "most"),
    [([], 0), ([0], 1), ([0, 3], 2), ([0, 3.1], 1), ([0, 1, 2, 3, 4], 4), ([9, 0, 1, 8.5, 7], 3)],
)
def test_the_fullest_moment_is_counted_with_both_ends(seconds, most):
    assert busiest([NINE + timedelta(seconds=s) for s in seconds], 3) == most


def test_one_phone_for_many_counts_people_of_a_day():
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    uses = [("x", monday, 1), ("x", monday, 2), ("x", monday, 2), ("x", tuesday, 3)]
    uses += [("", monday, n) for n in range(9)]  # from before phones were told apart

    assert shared(uses, 2) == {("x", monday)}
    assert shared(uses, 3) == set()


@pytest.mark.parametrize(
    ("lessons", "attended", "later", "silent"),
    [(3, 3, 0, True), (3, 2, 0, False), (3, 3, 1, False), (0, 0, 0, False)],
)
def test_in_every_lesson_and_nowhere_afterwards(lessons, attended, later, silent):
    assert leaves_no_trace(lessons=lessons, attended=attended, later=later) is silent


@pytest.mark.parametrize(
    ("confirmed", "dismissed", "share"), [(0, 0, None), (1, 3, 0.25), (2, 0, 1.0), (0, 5, 0.0)]
)
def test_a_rule_is_as_good_as_people_found_it(confirmed, dismissed, share):
    assert precision(confirmed, dismissed) == share
