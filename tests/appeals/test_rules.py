"""Until when a mark may be doubted, and what a breach leads to."""

from datetime import date

import pytest

from zhupei.appeals import rules
from zhupei.appeals.models.cases import BreachChoices
from zhupei.appeals.rules import Breach, Effect

RELEASED, LAST = date(2026, 11, 2), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("today", "released", "last", "why"),
    [
        (date(2026, 11, 2), None, None, "not_released"),
        (date(2026, 11, 1), RELEASED, LAST, "not_released"),
        (date(2026, 11, 2), RELEASED, LAST, None),
        (date(2026, 11, 9), RELEASED, LAST, None),
        (date(2026, 11, 10), RELEASED, LAST, "too_late"),
    ],
)
def test_when_one_may_ask_for_a_review(today, released, last, why):
    assert rules.may_ask(today, released, last) == why


def test_every_breach_has_one_of_the_categories_and_a_word():
    found = rules.categories(5)

    assert set(found) == set(Breach)
    assert {one.value for one in Breach} == set(BreachChoices.values)
    assert found[Breach.CHEATING] == (Breach.CHEATING, Effect.ROUND, 5)
    assert found[Breach.GRAVE].years is None
    assert found[Breach.ORDER].years == 0
    assert rules.categories(3)[Breach.FALSE_PAPERS].years == 3


@pytest.mark.parametrize(
    ("decided", "years", "last"),
    [
        (date(2026, 11, 30), 5, date(2031, 11, 30)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 11, 30), None, None),
    ],
)
def test_how_long_a_record_is_kept(decided, years, last):
    assert rules.kept_until(decided, years) == last


def test_what_leaves_no_record_is_kept_until_no_day():
    with pytest.raises(ValueError, match="no record"):
        rules.kept_until(date(2026, 11, 30), 0)
