"""Weights, shares, plans, seeds."""

import pytest

from zhupei.inspections import rules
from zhupei.inspections.rules import Figures, Planned, Record, Weight

FIGURES = Figures(
    base=4,
    grades={"A": -2, "B": 0, "C": 4, "D": 6},
    credit={"minor": 1, "ordinary": 2, "serious": 4},
    complaints=3,
    many=5,
    most=20,
)


@pytest.mark.parametrize(
    ("record", "weight"),
    [
        (Record(), Weight(4, "base=4")),
        (Record(grade="A"), Weight(2, "base=4,grade-A=-2")),
        (Record(grade="B"), Weight(4, "base=4")),
        (Record(grade="C"), Weight(8, "base=4,grade-C=4")),
        (Record(grade="out"), Weight(4, "base=4")),
        (
            Record(grade="C", credit={"ordinary": 2, "minor": 1}, complaints=5),
            Weight(16, "base=4,grade-C=4,credit-minor*1=1,credit-ordinary*2=4,complaints=3"),
        ),
        (Record(complaints=4), Weight(4, "base=4")),
        (Record(complaints=99), Weight(7, "base=4,complaints=3")),
        (Record(credit={"serious": 9}), Weight(20, "base=4,credit-serious*9=36")),
    ],
)
def test_what_an_institution_did_decides_its_tickets(record, weight):
    assert rules.weigh(record, FIGURES) == weight


def test_nobody_is_without_a_ticket():
    low = FIGURES._replace(base=1)
    assert rules.weigh(Record(grade="A"), low) == Weight(1, "base=1,grade-A=-2")


@pytest.mark.parametrize(
    ("count", "percent", "size"),
    [(35, 5, 2), (100, 5, 5), (101, 5, 6), (1, 5, 1), (0, 5, 0), (3, 100, 3), (100_000, 5, 5000)],
)
def test_a_share_is_rounded_up(count, percent, size):
    assert rules.sample_size(count, percent) == size


@pytest.mark.parametrize(
    ("percent", "key", "fault"),
    [(4, True, "too_small"), (5, False, ""), (20, False, ""), (21, False, "too_large"),
     (21, True, ""), (100, True, ""), (101, True, "too_large")],
)  # fmt: skip
def test_general_items_are_limited_and_key_items_are_not(percent, key, fault):
    assert rules.percent_fault(percent, key=key, least=5, most_general=20) == fault


def test_a_year_has_at_least_two_draws():
    row = Planned("institution", 5, key=False)
    limits = {"times": 2, "least": 5, "most_general": 20}

    assert rules.plan_faults([row], **limits) == ["too_few_draws"]
    assert rules.plan_faults([row, row], **limits) == []
    thin = row._replace(percent=3)
    assert rules.plan_faults([thin], **limits) == ["too_few_draws", "too_small"]


@pytest.mark.parametrize(
    ("kinds", "committers", "safe"),
    [
        (["event"], [], True),
        (["event", "commitment"], ["住建局"], True),
        ([], [], False),
        (["commitment"], ["住建局"], False),
        (["commitment", "commitment"], ["住建局", "住建局"], False),
        (["commitment", "commitment"], ["HR", "hr"], False),
        (["commitment", "commitment"], ["住建局", "人社局"], True),
    ],
)
def test_nobody_alone_may_know_the_seed(kinds, committers, safe):
    assert rules.seed_is_safe(kinds, committers) is safe
