"""Who reads what, and what the readings come to."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.marking import rules
from zhupei.marking.rules import Outcome

D = Decimal


@given(
    scripts=st.sets(st.integers(1, 200), max_size=60),
    readers=st.integers(2, 6),
    seed=st.text(max_size=8),
)
def test_deal_gives_each_script_to_two_and_nobody_many_more_than_another(scripts, readers, seed):
    dealt = rules.deal(scripts, dict.fromkeys(range(readers), frozenset()), {}, each=2, seed=seed)

    assert set(dealt) == scripts
    assert all(len(set(pair)) == 2 for pair in dealt.values())
    load = Counter(reader for pair in dealt.values() for reader in pair)
    assert max(load.values(), default=0) - min((load[r] for r in range(readers)), default=0) <= 1


def test_deal_is_the_same_for_the_same_seed_and_another_for_another():
    readers = dict.fromkeys(range(5), frozenset())
    first = rules.deal(range(20), readers, {}, each=2, seed="a")

    assert rules.deal(range(20), readers, {}, each=2, seed="a") == first
    assert rules.deal(range(20), readers, {}, each=2, seed="b") != first


def test_deal_gives_nobody_the_answers_of_their_own_institution():
    readers = {1: frozenset({7}), 2: frozenset(), 3: frozenset({8})}

    dealt = rules.deal([10, 11], readers, {10: 7, 11: 8}, each=2, seed="x")

    assert set(dealt[10]) == {2, 3}
    assert set(dealt[11]) == {1, 2}
    with pytest.raises(rules.Shortage) as lack:
        rules.deal([10], {1: frozenset({7}), 2: frozenset()}, {10: 7}, each=2, seed="x")
    assert lack.value.script == 10


@pytest.mark.parametrize(
    ("given_points", "faults"),
    [
        ({0: D(2), 1: D("1.5")}, {}),
        ({0: D(0), 1: D(3)}, {}),
        ({0: D(2)}, {1: "points_missing"}),
        ({0: D("2.5"), 1: D(1)}, {0: "points_range"}),
        ({0: D(-1), 1: D(1)}, {0: "points_range"}),
        ({0: D("0.3"), 1: D(1)}, {0: "points_step"}),
    ],
)
def test_possible_points_are_there_within_the_line_and_in_half_points(given_points, faults):
    assert rules.possible(given_points, [D(2), D(3)]) == faults


@pytest.mark.parametrize(
    ("readings", "final", "expected"),
    [
        ([], "nearest", Outcome(None, disputed=False)),
        ([D(6)], "nearest", Outcome(None, disputed=False)),
        ([D(6), D(8)], "nearest", Outcome(Fraction(7), disputed=False)),
        ([D(6), D("8.5")], "nearest", Outcome(None, disputed=True)),
        ([D(4), D(9), D(8)], "nearest", Outcome(Fraction(17, 2), disputed=True)),
        ([D(4), D(8), D(6)], "nearest", Outcome(Fraction(7), disputed=True)),
        ([D(4), D(9), D(8)], "third", Outcome(Fraction(8), disputed=True)),
    ],
)
def test_the_outcome_of_readings(readings, final, expected):
    assert rules.outcome(readings, worth=D(10), tolerance=20, final=final) == expected
