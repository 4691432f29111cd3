"""What may be decided when, and by what kind of text."""

from datetime import UTC, date, datetime

import pytest

from zhupei.oversight.rules import (
    Text,
    decide_by,
    is_called_in_time,
    may_ask_for_hearing,
    may_be_barred,
    may_set_penalties,
    term_ends,
    why_not_decide,
)

UNTIL = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
BEFORE = datetime(2026, 3, 10, 9, 59, tzinfo=UTC)


@pytest.mark.parametrize("rank", Text)
def test_a_normative_document_sets_no_penalty(rank):
    assert may_set_penalties(rank) is (rank != "normative")


@pytest.mark.parametrize(
    ("now", "facts", "reason"),
    [
        (UNTIL, {"until": None}, "not_told"),
        (BEFORE, {}, "statement_pending"),
        (UNTIL, {}, None),
        (BEFORE, {"waived": True}, None),
        (UNTIL, {"hearing_asked": True}, "hearing_pending"),
        (BEFORE, {"waived": True, "hearing_asked": True}, "hearing_pending"),
        (BEFORE, {"hearing_asked": True, "heard": True}, "statement_pending"),
        (UNTIL, {"hearing_asked": True, "heard": True}, None),
    ],
)
def test_nothing_is_decided_before_everybody_was_heard(now, facts, reason):
    facts = {"until": UNTIL, "waived": False, "hearing_asked": False, "heard": False} | facts

    assert why_not_decide(now, **facts) == reason


def test_the_term_ends_with_the_later_of_its_two_days():
    assert term_ends(UNTIL, date(2026, 3, 9)) == UNTIL
    assert term_ends(UNTIL, date(2026, 3, 10)) == datetime(2026, 3, 11, tzinfo=UTC)


def test_a_hearing_is_asked_for_within_the_term():
    last = date(2026, 3, 9)

    assert may_ask_for_hearing(last, last)
    assert not may_ask_for_hearing(date(2026, 3, 10), last)
    assert not may_ask_for_hearing(last, None)


def test_a_hearing_is_called_seven_working_days_ahead():
    assert is_called_in_time(7, 7)
    assert not is_called_in_time(6, 7)


def test_a_penalty_is_decided_within_ninety_days_of_filing():
    assert decide_by(date(2026, 1, 1), 90) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("ended", "today", "barred"),
    [
        (date(2024, 3, 1), date(2026, 3, 1), False),
        (date(2024, 3, 1), date(2026, 3, 2), True),
        (date(2024, 2, 29), date(2026, 2, 28), False),
        (date(2024, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_after_two_years_a_matter_may_be_barred(ended, today, barred):
    assert may_be_barred(ended, today, 2) is barred
