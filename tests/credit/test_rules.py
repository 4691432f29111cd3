"""How long a record lasts, day by day."""

from datetime import date

import pytest

from zhupei.credit import rules
from zhupei.credit.rules import Term, is_over, may_be_repaired, months_later, term


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 4, 1), 3, date(2026, 7, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, expected):
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("shortest", "longest", "expected"),
    [
        (0, 3, Term(date(2026, 4, 1), date(2026, 7, 1))),
        (3, 12, Term(date(2026, 7, 1), date(2027, 4, 1))),
        (12, 36, Term(date(2027, 4, 1), date(2029, 4, 1))),
    ],
)
def test_both_terms_are_counted_from_the_decision(shortest, longest, expected):
    assert term(date(2026, 4, 1), shortest=shortest, longest=longest) == expected


def test_a_longest_term_under_the_shortest_is_nonsense():
    with pytest.raises(ValueError, match="longest"):
        term(date(2026, 4, 1), shortest=3, longest=2)


def test_a_record_is_over_the_day_after_its_longest_term():
    found = Term(date(2026, 7, 1), date(2027, 4, 1))

    assert not is_over(found, date(2027, 4, 1))
    assert is_over(found, date(2027, 4, 2))


def test_repair_may_be_asked_for_the_day_after_the_shortest_term():
    found, decided = Term(date(2026, 7, 1), date(2027, 4, 1)), date(2026, 4, 1)

    assert not may_be_repaired(found, date(2026, 7, 1), decided_on=decided)
    assert may_be_repaired(found, date(2026, 7, 2), decided_on=decided)


def test_what_has_no_shortest_term_may_be_repaired_at_once():
    decided = date(2026, 4, 1)
    found = rules.term(decided, shortest=0, longest=3)

    assert may_be_repaired(found, decided, decided_on=decided)
