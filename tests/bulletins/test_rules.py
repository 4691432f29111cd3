"""Which days a bulletin covers."""

import itertools
from datetime import date

import pytest

from zhupei.bulletins import rules
from zhupei.bulletins.rules import Period


@pytest.mark.parametrize(
    ("kind", "today", "since", "until", "label"),
    [
        ("monthly", date(2026, 3, 1), date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("monthly", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31), "2025年12月"),
        ("quarterly", date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31), "2025年第四季度"),
        ("quarterly", date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
    ],
)
def test_the_last_period_that_is_over(kind, today, since, until, label):
    """notice, part 3, section 1."""
    found = rules.last_ended(kind, today)
    assert found == Period(since, until)
    assert found.label == label


def test_periods_follow_each_other_without_a_gap():
    for kind in ("monthly", "quarterly"):
        found = rules.recent(kind, date(2026, 11, 30), 8)
        for later, earlier in itertools.pairwise(found):
            assert (later.since - earlier.until).days == 1
            assert rules.before(kind, later) == earlier


def test_a_share_of_nothing_is_not_said():
    assert rules.share(1, 3) == 33.3
    assert rules.share(0, 0) is None
