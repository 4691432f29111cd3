"""Figures of items and forms, held against published ones and against an independent computation.

The public data are section 6 of the Law School Admission Test: 1,000 people, five items, as printed
by Bock and Lieberman (1970). Published figures are those of R's ltm package (``descript(LSAT)``).
"""

import math

import numpy as np
import pytest

from zhupei.analysis import rules
from zhupei.analysis.rules import Bounds, Doubt, ItemFigures, OptionFigures

LSAT = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3,
    "00111": 4, "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15,
    "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61,
    "11110": 28, "11111": 298,
}  # fmt: skip
ONES = [1.0] * 5
RIGHT = True


def lsat() -> list[list[float]]:
    return [[float(c) for c in pattern] for pattern, n in LSAT.items() for _ in range(n)]


def items(shares, points) -> list[ItemFigures]:
    blank = [""] * len(shares)
    return [rules.item_figures(shares, points, blank, n, "", "") for n in range(len(points))]


def test_the_figures_of_a_public_data_set_are_those_published():
    shares = lsat()
    form = rules.form_figures(shares, ONES)
    found = items(shares, ONES)

    assert (form.people, form.items) == (1000, 5)
    assert round(form.alpha, 4) == 0.2950
    assert [round(item.share, 3) for item in found] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert [round(item.rest, 4) for item in found] == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def independent(shares, points) -> dict:
    """The same figures by linear algebra: everything from one covariance matrix."""
    scores = np.asarray(shares) * np.asarray(points)
    cov = np.cov(scores, rowvar=False)
    k, whole = len(points), cov.sum()
    with_all = cov.sum(axis=1)
    own = np.diag(cov)
    rest = (with_all - own) / np.sqrt(own * (whole - 2 * with_all + own))
    alpha = k / (k - 1) * (1 - np.trace(cov) / whole)
    deviation = 100 * np.sqrt(whole) / sum(points)
    return {
        "alpha": alpha,
        "rest": rest,
        "share": np.asarray(shares).mean(axis=0),
        "mean": 100 * scores.sum(axis=1).mean() / sum(points),
        "sem": deviation * np.sqrt(1 - alpha),
    }


def drawn(seed: int) -> tuple[list[list[float]], list[float]]:
    """Answers of a Rasch-like population, some items half right, of unequal points."""
    chance = np.random.default_rng(seed)
    people, k = 150, 24
    odds = chance.normal(size=(people, 1)) - chance.normal(size=(1, k))
    right = chance.random((people, k)) < 1 / (1 + np.exp(-odds))
    shares = right.astype(float)
    shares[:, ::6] = np.round(shares[:, ::6] * chance.choice([0.5, 1.0], size=(people, 4)), 1)
    return shares.tolist(), chance.choice([1.0, 2.0, 2.5], size=k).tolist()


@pytest.mark.parametrize("case", ["lsat", 1, 2, 3])
def test_every_figure_agrees_with_an_independent_computation(case):
    shares, points = (lsat(), ONES) if case == "lsat" else drawn(case)
    other = independent(shares, points)
    form = rules.form_figures(shares, points)

    assert form.alpha == pytest.approx(other["alpha"], abs=1e-6)
    assert form.sem == pytest.approx(other["sem"], abs=1e-6)
    assert form.mean == pytest.approx(other["mean"], abs=1e-6)
    for n, item in enumerate(items(shares, points)):
        assert item.share == pytest.approx(other["share"][n], abs=1e-6)
        assert item.rest == pytest.approx(other["rest"][n], abs=1e-6)


def test_kr20_is_alpha_where_every_item_is_right_or_wrong():
    shares, points = drawn(4)
    form = rules.form_figures(lsat(), ONES)

    assert form.kr20 == pytest.approx(form.alpha, abs=1e-9)
    assert rules.form_figures(shares, points).kr20 is None
    assert rules.form_figures(lsat(), [1, 1, 1, 1, 2]).kr20 is None


@pytest.mark.parametrize("shares", [[[1.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]], [[1.0], [0.0]]])
def test_what_does_not_vary_has_no_reliability(shares):
    form = rules.form_figures(shares, [1.0] * len(shares[0]))

    assert form.alpha is None
    assert form.sem is None


def test_an_item_everybody_gets_right_correlates_with_nothing():
    assert items([[1.0, 0.0], [1.0, 1.0]], [1.0, 1.0])[0].rest is None


def test_the_upper_and_the_lower_group_are_27_percent():
    upper, lower = rules.groups([float(n) for n in range(100)])

    assert (len(upper), len(lower)) == (27, 27)
    assert (min(upper), max(lower)) == (73, 26)
    assert rules.groups([1.0, 1.0]) == ([0], [1])


def test_options_are_counted_in_all_and_in_both_groups():
    """Eleven people, groups of three; B is right."""
    totals = [5, 5, 5, 4, 3, 3, 2, 1, 1, 0, 0]
    answers = ["B", "B", "C", "B", "A", "B", "C", "A", "A", "A", ""]
    shares = [[float(a == "B"), t / 5] for a, t in zip(answers, totals, strict=True)]

    figures = rules.item_figures(shares, [1.0, 5.0], answers, 0, "ABC", "B")
    by_answer = {option.answer: option for option in figures.options}

    assert by_answer["B"] == OptionFigures("B", RIGHT, 4, 4 / 11, 2 / 3, 0.0)
    assert by_answer["A"].lower == pytest.approx(2 / 3)
    assert (by_answer[""].people, by_answer[""].lower) == (1, pytest.approx(1 / 3))
    assert figures.contrast == pytest.approx(2 / 3)


BOUNDS = Bounds(easy=0.95, hard=0.2, flat=0.1, idle=0.02, least=30)


def option(answer, *, share=0.2, upper=0.1, lower=0.3) -> OptionFigures:
    return OptionFigures(answer, answer == "A", 10, share, upper, lower)


GOOD = (option("A", share=0.6, upper=0.9), option("B"), option("C"), option("", share=0.0))


@pytest.mark.parametrize(
    ("share", "rest", "options", "found"),
    [
        (0.6, 0.3, GOOD, []),
        (0.95, 0.3, GOOD, []),
        (0.96, 0.3, GOOD, [Doubt.EASY]),
        (0.2, 0.3, GOOD, []),
        (0.19, 0.3, GOOD, [Doubt.HARD]),
        (0.6, 0.1, GOOD, []),
        (0.6, 0.09, GOOD, [Doubt.FLAT]),
        (0.6, -0.01, GOOD, [Doubt.NEGATIVE]),
        (0.6, None, GOOD, []),
        (0.6, 0.3, (*GOOD[:2], option("C", upper=0.4)), [Doubt.LURE]),
        (0.6, 0.3, (*GOOD[:2], option("C", share=0.01), GOOD[3]), [Doubt.IDLE]),
        (0.6, 0.3, (GOOD[0], option("B", share=0.01), GOOD[3]), []),
    ],
)
def test_what_is_doubtful_of_an_item(share, rest, options, found):
    figures = ItemFigures(30, share, rest, 0.4, options)

    assert rules.doubts(figures, BOUNDS) == found
    assert rules.doubts(figures._replace(people=29), BOUNDS) == []


def test_sittings_are_weighed_by_their_people():
    found = rules.pooled([(30, 0.5, 0.2), (10, 0.9, None), (60, 0.6, 0.4)])

    assert found.people == 100
    assert found.share == pytest.approx(0.6)
    assert found.rest == pytest.approx((30 * 0.2 + 60 * 0.4) / 90)
    assert rules.pooled([(5, 1.0, None)]).rest is None


def test_marks_are_counted_by_tens():
    assert rules.spread([0, 9.99, 10, 55, 100, 99]) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]


def test_variance_of_one_is_none():
    assert rules.variance([3.0]) == 0
    assert math.isclose(rules.variance([1.0, 2.0, 4.0]), 7 / 3)


def test_pooled_figures_weigh_by_people_and_join_options():
    def option(answer, people, share, upper, lower):
        right = answer == "B"
        return rules.OptionFigures(answer, right, people // 2, share, upper, lower)

    def part(people, rest, b_share):
        options = (
            option("A", people, 1 - b_share, 0.6, 0.2),
            option("B", people, b_share, 0.4, 0.8),
        )
        return rules.ItemFigures(people, b_share, rest, -0.4, options)

    found = rules.pooled_figures([part(15, -0.2, 0.4), part(45, -0.1, 0.8)])

    assert (found.people, found.share) == (60, pytest.approx(0.7))
    assert found.rest == pytest.approx(-0.125)
    assert [(o.answer, o.people, o.right) for o in found.options] == [
        ("A", 29, False),
        ("B", 29, True),
    ]
    assert found.options[0].upper == pytest.approx(0.6)
    bounds = rules.Bounds(0.95, 0.2, 0.1, 0.02, 30)
    assert {d.value for d in rules.doubts(found, bounds)} == {"negative", "lure"}
    assert rules.doubts(part(15, -0.2, 0.4), bounds) == []
