"""Which help counts as that to a paired county, and for which year."""

from datetime import date

import pytest

from zhupei.assistance.rules import counted_in, is_paired

BEGIN, END = date(2026, 3, 1), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "until", "expected"),
    [
        (date(2026, 2, 28), END, False),
        (BEGIN, END, True),
        (END, END, True),
        (date(2026, 7, 1), END, False),
        (date(2030, 1, 1), None, True),
    ],
)
def test_both_ends_of_a_pairing_belong_to_it(day, until, expected):
    assert is_paired(day, BEGIN, until) is expected


def test_help_counts_for_the_year_in_which_it_ended():
    assert counted_in(date(2026, 1, 1)) == 2026
    assert counted_in(date(2025, 12, 31)) == 2025
