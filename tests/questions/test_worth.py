"""What an answer earns, and the mark of a paper."""

from decimal import Decimal
from fractions import Fraction

import pytest

from zhupei.questions import rules

SIZES = {"blanks": [["10", "十"], ["mm", "毫米"]], "ordered": True}
COLOURS = {"blanks": [["红", "赤"], ["红", "蓝"]], "ordered": False}


@pytest.mark.parametrize(
    ("kind", "key", "answer", "share"),
    [
        ("single", "B", "B", 1),
        ("single", "B", "C", 0),
        ("single", "B", "", 0),
        ("multiple", "ABD", "DBA", 1),
        ("multiple", "ABD", "AB", 0),
        ("multiple", "ABD", "ABCD", 0),
        ("judge", "A", "A", 1),
        ("blank", SIZES, '["10","mm"]', 1),
        ("blank", SIZES, '["１０"," MM "]', 1),
        ("blank", SIZES, '["mm","10"]', 0),
        ("blank", SIZES, '["十",""]', Fraction(1, 2)),
        ("blank", SIZES, '["十","毫米","more"]', 1),
        ("blank", SIZES, "十", 0),
        ("blank", SIZES, '{"0":"10"}', 0),
        ("blank", COLOURS, '["红","赤"]', 1),
        ("blank", COLOURS, '["赤","赤"]', Fraction(1, 2)),
        ("blank", COLOURS, '["蓝","红"]', 1),
        ("essay", {"rubric": []}, "先放线再砌筑", None),
        ("essay", {"rubric": []}, "", 0),
    ],
)
def test_what_an_answer_earns(kind, key, answer, share):
    assert rules.earned(kind, key, answer) == share


def test_a_fill_in_item_without_blanks_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="at least one blank"):
        rules.earned("blank", {"blanks": []}, '["x"]')


def test_blanks_are_written_as_they_are_read():
    assert rules.read_blanks(rules.write_blanks(["10", "mm"])) == ["10", "mm"]
    assert rules.write_blanks(["", ""]) == ""


def test_the_mark_weighs_places_by_their_points_and_rounds_halves_up():
    points = {0: Decimal(1), 1: Decimal(2), 2: Decimal(3)}

    assert rules.mark(points, {}) == Decimal("0.00")
    assert rules.mark(points, {0: Fraction(1), 1: Fraction(1), 2: Fraction(1)}) == Decimal(100)
    assert rules.mark(points, {0: Fraction(1)}) == Decimal("16.67")
    assert rules.mark({0: Decimal(8)}, {0: Fraction(1, 800)}) == Decimal("0.13")


def test_a_paper_without_points_has_no_mark():
    with pytest.raises(ValueError, match="worth something"):
        rules.mark({}, {})
