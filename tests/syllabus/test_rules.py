"""Shares, outlines, differences and numbers of books, as plain values."""

import pytest

from zhupei.syllabus.rules import outline
from zhupei.syllabus.rules.books import isbn13, isbn_fault
from zhupei.syllabus.rules.content import Hours, reaches, share, stays_within, together
from zhupei.syllabus.rules.difference import TopicText, UnitText, difference
from zhupei.syllabus.rules.outline import Line

TREE = [Line(1, 1), Line(2, 2), Line(3, 3), Line(4, 2), Line(5, 1)]


def drawn(lines) -> str | None:
    """``1 .2 ..3``: each line with a dot for every line it stands below."""
    return None if lines is None else " ".join(f"{'.' * (x.depth - 1)}{x.key}" for x in lines)


@pytest.mark.parametrize(
    ("step", "at", "after"),
    [
        ("up", 0, None),
        ("up", 1, None),
        ("up", 3, "1 .4 .2 ..3 5"),
        ("up", 4, "5 1 .2 ..3 .4"),
        ("down", 0, "5 1 .2 ..3 .4"),
        ("down", 1, "1 .4 .2 ..3 5"),
        ("down", 2, None),
        ("down", 4, None),
        ("indent", 0, None),
        ("indent", 1, None),
        ("indent", 3, "1 .2 ..3 ..4 5"),
        ("indent", 4, "1 .2 ..3 .4 .5"),
        ("outdent", 0, None),
        ("outdent", 1, "1 .4 2 .3 5"),
        ("outdent", 2, "1 .2 .3 .4 5"),
        ("outdent", 3, "1 .2 ..3 4 5"),
    ],
)
def test_every_step_in_an_outline(step, at, after):
    assert drawn(outline.STEPS[step](TREE, at)) == after


def test_nothing_goes_below_the_third_line():
    deep = [Line(1, 1), Line(2, 1), Line(3, 2), Line(4, 3)]

    assert outline.indent(deep, 1) is None  # its grandchild would be the fourth
    assert outline.with_new(TREE, 9, below=3) is None


def test_a_new_line_stands_last_or_last_below_another():
    assert drawn(outline.with_new(TREE, 9)) == "1 .2 ..3 .4 5 9"
    assert drawn(outline.with_new(TREE, 9, below=1)) == "1 .2 ..3 .4 .9 5"
    assert drawn(outline.with_new([], 9)) == "9"


def test_a_line_goes_with_all_below_it():
    assert drawn(outline.without(TREE, 1)) == "1 .4 5"
    assert drawn(outline.without(TREE, 0)) == "5"


def test_every_line_knows_what_it_stands_below():
    assert outline.parents(TREE) == [None, 1, 2, 1, None]


@pytest.mark.parametrize(
    ("part", "whole", "percent", "sixty"),
    [(0, 0, 0, True), (59, 100, 59, False), (60, 100, 60, True), (599, 1000, 59, False)],
)
def test_a_share_is_rounded_down_and_compared_exactly(part, whole, percent, sixty):
    assert share(part, whole) == percent
    assert reaches(part, whole, least=60) is sixty
    assert stays_within(part, whole, most=60) is (part * 100 <= 60 * whole)


def test_hours_add_up():
    both = together([Hours(4, 0, 2), Hours(8, 28, 4)])

    assert (both, both.all) == (Hours(12, 28, 6), 40)


def unit(position: int, title: str, *topics, hours: int = 4) -> UnitText:
    return UnitText(position, title, Hours(hours, 0, 0), is_ethics=False, topics=topics)


def test_the_difference_names_what_came_went_and_changed():
    brick, stone = TopicText("砖墙", "know", 1), TopicText("石墙", "know", 1)
    before = [unit(1, "职业道德"), unit(2, "砌筑工艺", brick, stone), unit(3, "测量放线")]
    after = [
        unit(1, "安全生产"),
        unit(2, "职业道德"),
        unit(3, "砌筑的工艺", brick._replace(requirement="master"), hours=8),
    ]

    changes = difference(before, after)

    assert [change.kind for change in changes] == ["added", "same", "changed", "removed"]
    walls = changes[2]
    assert walls.before.title == "砌筑工艺"
    assert [(t.before, t.after) for t in walls.topics] == [
        (brick, brick._replace(requirement="master")),
        (stone, None),
    ]
    assert changes[3].before.title == "测量放线"


def test_two_versions_alike_differ_in_nothing():
    same = [unit(1, "职业道德"), unit(2, "砌筑工艺", TopicText("砖墙", "know", 1))]

    assert [change.kind for change in difference(same, same)] == ["same", "same"]
    assert difference([], []) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("978-7-112-20494-6", None),
        ("9787112204946", None),
        ("7-112-20494-6", "isbn_check"),
        ("0-306-40615-2", None),
        ("9787112204947", "isbn_check"),
        ("978711220494", "isbn_shape"),
        ("书号不详", "isbn_shape"),
        ("", "isbn_shape"),
    ],
)
def test_the_check_digit_of_a_book(text, fault):
    assert isbn_fault(text) == fault


def test_old_numbers_are_kept_as_new_ones():
    assert isbn13("0-306-40615-2") == "9780306406157"
    assert isbn13("978-7-112-20494-6") == "9787112204946"
