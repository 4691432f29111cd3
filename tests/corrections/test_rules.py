"""Terms and what is in time, as pure functions."""

from datetime import UTC, date, datetime

import pytest

from zhupei.corrections.rules import Gravity, is_in_time, looks_back_to, needs_prevention, term

DAYS = {Gravity.MINOR: 15, Gravity.ORDINARY: 10, Gravity.SERIOUS: 5}
M, D, S = Gravity.MINOR, Gravity.ORDINARY, Gravity.SERIOUS


@pytest.mark.parametrize(
    ("gravities", "days"), [([M], 15), ([M, D], 10), ([D, S, M], 5), ([S], 5), ([D, D], 10)]
)
def test_the_gravest_finding_decides_how_long_there_is(gravities, days):
    assert term(gravities, DAYS) == days


def test_an_order_about_nothing_has_no_term():
    with pytest.raises(ValueError, match="at least one"):
        term([], DAYS)


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], False),
        ([(at(9), at(10))], True),
        ([(at(10), at(10))], True),
        ([(at(11), at(10))], False),
        ([(at(9), at(10)), (at(14), at(15))], True),
        ([(at(11), at(10)), (at(14), at(15))], False),
    ],
)
def test_in_time_means_every_answer_by_the_term_in_force_then(answers, expected):
    assert is_in_time(answers) is expected


@pytest.mark.parametrize(
    ("day", "months", "since"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 10), 12, date(2025, 3, 10)),
        (date(2026, 1, 5), 1, date(2025, 12, 5)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
    ],
)
def test_how_far_back_the_same_kind_counts_as_a_repetition(day, months, since):
    assert looks_back_to(day, months) == since


@pytest.mark.parametrize(("gravity", "needed"), [(M, False), (D, True), (S, True)])
def test_only_for_what_is_minor_nothing_need_be_said_of_the_future(gravity, needed):
    assert needs_prevention(gravity) is needed
