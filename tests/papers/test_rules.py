"""What a form is, and what a blueprint asks, by their boundaries."""

import math
from decimal import Decimal

import pytest

from zhupei.papers import rules
from zhupei.papers.rules import CASE, Band, Chosen, Item, Row

SHARES = {1: 0.9, 2: 0.75, 3: 0.6, 4: 0.45, 5: 0.3}


def item(key: int = 1, **facts) -> Item:
    return Item(**({"key": key, "kind": "single", "point": "识图", "difficulty": 3} | facts))


@pytest.mark.parametrize(
    ("row", "facts", "taken"),
    [
        (Row("识图", "single", Band.MEDIUM, 1), {}, True),
        (Row("", "single", "", 1), {}, True),
        (Row("法规", "single", "", 1), {}, False),
        (Row("", "multiple", "", 1), {}, False),
        (Row("", "single", Band.EASY, 1), {"difficulty": 2}, True),
        (Row("", "single", Band.EASY, 1), {"difficulty": 3}, False),
        (Row("", "single", Band.HARD, 1), {"difficulty": 4}, True),
        (Row("", "single", "", 1), {"group": 7}, False),
        (Row("", CASE, "", 1), {"group": 7}, True),
        (Row("", CASE, "", 1), {"group": 7, "kind": "essay"}, True),
        (Row("", CASE, "", 1), {}, False),
    ],
)
def test_a_row_takes_what_its_cell_says(row, facts, taken):
    assert row.takes(item(**facts)) is taken


def test_an_item_nobody_measured_does_what_its_difficulty_says():
    assert rules.expected(item(difficulty=2), SHARES) == (0.75, pytest.approx(0.1875))


def test_what_was_measured_counts_for_more():
    measured = rules.expected(item(share=0.4, slope=1.5), SHARES)

    assert measured.share == 0.4
    assert measured.information == pytest.approx(1.5**2 * 0.24)


@pytest.mark.parametrize(("share", "kept"), [(0.0, 0.02), (1.0, 0.98)])
def test_no_item_is_certain(share, kept):
    assert rules.expected(item(share=share), SHARES).share == kept


def test_the_slope_of_an_item_half_get_right():
    """At p = ½ the square of the biserial is r²·π/2."""
    odds = 0.4**2 * math.pi / 2
    assert rules.slope(0.4, 0.5) == pytest.approx(1.702 * math.sqrt(odds / (1 - odds)), abs=1e-9)


@pytest.mark.parametrize(("r", "kept"), [(-0.5, 0.2), (0.0, 0.2), (0.99, 2.5)])
def test_a_slope_stays_within_reason(r, kept):
    assert rules.slope(r, 0.5) == kept


def chosen(key, kind="single", group=None, points="1", position=0) -> Chosen:
    case = {"number": group, "stem": "案例", "pictures": []} if group else None
    shown = {"item": key, "kind": kind, "stem": f"{key}", "options": [], "pictures": []}
    return Chosen(shown | {"group": case}, f"K{key}", Decimal(points), position)


def test_kinds_come_in_order_then_the_cases_each_whole():
    form = rules.lay_out(
        [
            chosen(9, "judge"),
            chosen(4, "judge", group=72, position=2),
            chosen(5, "single", group=71),
            chosen(7, "single", points="2.50"),
            chosen(3, "essay", group=72, position=1),
            chosen(8, "essay"),
            chosen(2, "multiple"),
        ]
    )

    assert [place["item"] for place in form.places] == [7, 2, 9, 8, 5, 3, 4]
    assert [place["group"] and place["group"]["number"] for place in form.places] == [
        *[None] * 4,
        *[1, 2, 2],
    ]
    assert form.points == {"0": "2.5"} | {str(n): "1" for n in range(1, 7)}
    assert form.keys["6"] == "K4"
    assert not any("key" in place for place in form.places)


def test_the_same_choice_is_the_same_form_in_whatever_order():
    some = [chosen(1), chosen(2), chosen(3, group=1)]

    assert rules.lay_out(some) == rules.lay_out(reversed(some))
    assert rules.lay_out(some).sha256 == rules.lay_out(reversed(some)).sha256


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert rules.digest({"b": "题", "a": 1}) == rules.digest({"a": 1, "b": "题"})
    assert rules.digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def test_points_of_a_blueprint_are_added_exactly():
    rows = [Row("", "single", "", 3, Decimal("0.1")), Row("", "judge", "", 1, Decimal("0.7"))]

    assert rules.total_points(rows) == Decimal("1.0")
