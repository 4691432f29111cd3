"""From two sheets, or three, to a mark: properties that hold for every pair of assessors."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make_practical
from zhupei.practical.rules import marks as rules
from zhupei.practical.rules import rubric as rubrics
from zhupei.practical.rules.marks import Difference, Judgement, Method

PASS = Decimal(60)
TEN = Decimal(10)
TOTALS = st.integers(0, 200).map(lambda halves: Decimal(halves) / 2)
SHEETS = st.builds(Judgement, TOTALS, st.booleans())
METHODS = st.sampled_from(list(Method))


def differ(first, second, deviation=TEN):
    return rules.differ(first, second, deviation=deviation, pass_mark=PASS)


def outcome(*sheets, method=Method.MEDIAN):
    return rules.outcome(sheets, pass_mark=PASS, method=method)


def test_a_total_is_the_sum_and_what_is_missing_is_nothing():
    rubric = rubrics.read(make_practical.content())

    points = {"c1": Decimal(24), "c3": Decimal(20), "strange": Decimal(50)}
    assert rules.total(rubric, points) == Decimal(44)
    assert rules.unscored(rubric, points, ()) == ["c2"]
    assert rules.unscored(rubric, points, ("f1",)) == []


def test_a_fatal_error_fails_whatever_the_points_are():
    assert rules.passes(Judgement(Decimal(60)), PASS)
    assert not rules.passes(Judgement(Decimal("59.99")), PASS)
    assert not rules.passes(Judgement(Decimal(100), fatal=True), PASS)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((70, False), (80, False), set()),  # exactly the deviation allowed
        ((70, False), (81, False), {Difference.TOTAL}),
        ((59, False), (60, False), {Difference.VERDICT}),
        ((80, True), (80, False), {Difference.FATAL, Difference.VERDICT}),
        ((20, True), (90, True), set()),  # both saw it: failed, whatever the points
    ],
)
def test_where_two_assessors_differ(first, second, found):
    sheets = [Judgement(Decimal(total), fatal) for total, fatal in (first, second)]

    assert differ(*sheets) == found


@given(SHEETS, SHEETS)
def test_differing_does_not_depend_on_who_came_first(first, second):
    assert differ(first, second) == differ(second, first)


@given(SHEETS)
def test_nobody_differs_from_themselves(sheet):
    assert differ(sheet, sheet) == frozenset()


@given(SHEETS, SHEETS)
def test_two_who_agree_give_their_common_verdict(first, second):
    if not differ(first, second):
        assert outcome(first, second).passed == rules.passes(first, PASS)


@given(st.lists(SHEETS, min_size=2, max_size=3), METHODS)
def test_a_mark_lies_among_its_totals_whatever_their_order(sheets, method):
    found = {outcome(*order, method=method) for order in permutations(sheets)}

    assert len(found) == 1
    totals = [sheet.total for sheet in sheets]
    assert min(totals) <= found.pop().mark <= max(totals)


@given(st.lists(SHEETS, min_size=3, max_size=3), METHODS)
def test_of_three_two_decide_on_a_fatal_error(sheets, method):
    found = outcome(*sheets, method=method)

    assert found.fatal == (sum(sheet.fatal for sheet in sheets) >= 2)
    assert not (found.fatal and found.passed)


@given(TOTALS, TOTALS, TOTALS)
def test_the_nearest_two_leave_out_the_one_that_is_far(a, b, c):
    low, middle, high = sorted([a, b, c])
    found = rules.nearest_two([a, b, c])

    if middle - low < high - middle:
        assert found == (low + middle) / 2
    elif middle - low > high - middle:
        assert found == (middle + high) / 2
    else:
        assert found == middle


def test_both_methods_on_the_same_sheets():
    sheets = [Judgement(Decimal(total)) for total in (58, 61, 78)]

    assert outcome(*sheets).mark == Decimal("61.00")
    assert outcome(*sheets, method=Method.NEAREST) == (Decimal("59.50"), False, False)


def test_halves_of_a_cent_are_rounded_up():
    assert outcome(Judgement(Decimal("70.01")), Judgement(Decimal("70.02"))).mark == Decimal(
        "70.02"
    )


@pytest.mark.parametrize("number", [0, 1, 4])
def test_other_numbers_of_sheets_make_no_mark(number):
    with pytest.raises(ValueError, match="make no mark"):
        outcome(*[Judgement(PASS)] * number)
