"""From points to a grade: denominators, bonus, vetoes; and what holds when people differ."""

from decimal import Decimal

import pytest

from zhupei.evaluation.rules.points import Status, not_assessed, scored
from zhupei.evaluation.rules.settle import Given, Stage, apart, settled, unsettled
from zhupei.evaluation.rules.totals import Line, add, grade, total
from zhupei.institutions.rules.grades import Scale

SCALE = Scale(basics=40, teaching=50, bureau=10, bonus=10, total=100, a=85, b=70, c=60)
SCORED, NA, UNKNOWN = Status.SCORED, Status.NOT_APPLICABLE, Status.NOT_ASSESSED


def line(block, of, value=None, status=SCORED):
    return Line(block, Decimal(of), status, None if value is None else Decimal(value))


def year(*lines, vetoed=False):
    found = total(lines, SCALE, least=60)
    return found, grade(found, SCALE, vetoed=vetoed)


def test_what_is_not_assessed_stays_out_of_the_denominator_and_in_sight():
    found = add(
        [line("basics", 4, 2), line("basics", 6, None, UNKNOWN), line("basics", 5, None, NA)]
    )

    assert (found.value, found.assessed, found.applicable, found.of) == (2, 4, 10, 15)


def test_the_score_is_of_what_was_assessed():
    found, letter = year(
        line("basics", 40, 36),
        line("teaching", 42, 38),
        line("teaching", 8, None, NA),
        line("bureau", 10, 9),
    )

    assert found.score == Decimal("90.22")  # 83 of 92
    assert letter == "A"


def test_the_bonus_is_capped_and_so_is_the_whole():
    assert year(line("basics", 100, 80), line("bonus", 20, 14))[0].score == Decimal(90)
    assert year(line("basics", 100, 97), line("bonus", 10, 10))[0].score == Decimal(100)


@pytest.mark.parametrize(
    ("points", "letter"), [("85", "A"), ("84.99", "B"), ("70", "B"), ("60", "C"), ("59.99", "D")]
)
def test_lines_between_grades(points, letter):
    assert year(line("basics", 100, points))[1] == letter


def test_a_veto_leaves_c_at_best_and_lifts_nobody():
    assert year(line("basics", 100, 95), vetoed=True)[1] == "C"
    assert year(line("basics", 100, 40), vetoed=True)[1] == "D"


def test_too_little_assessed_makes_no_grade():
    found, letter = year(line("basics", 40, 40), line("teaching", 60, None, UNKNOWN))

    assert not found.enough
    assert letter == ""
    assert year(line("basics", 40, None, UNKNOWN))[0].score is None


OF = Decimal(10)
COMPUTED = scored(OF, 6, "logs")


def said(stage, by, value, status=SCORED):
    return Given(stage, by, status, None if value is None else Decimal(value))


BUREAU, ANNE, BEN = said(Stage.BUREAU, 1, 7), said(Stage.EXPERT, 2, 8), said(Stage.EXPERT, 3, 9)


@pytest.mark.parametrize(
    ("given", "value", "stage"),
    [
        ([], "6", ""),
        ([BUREAU], "7", "bureau"),
        ([BUREAU, ANNE], "8", "expert"),
        ([BUREAU, ANNE, BEN], "8.5", "expert"),
        ([ANNE, BEN, said(Stage.EXPERT, 2, 9)], "9", "expert"),
        ([ANNE, BEN, said(Stage.THIRD, 4, 5)], "5", "third"),
        ([ANNE, said(Stage.THIRD, 4, 5), said(Stage.RESCORING, 5, 10)], "10", "rescoring"),
    ],
)
def test_who_is_heard_last_holds(given, value, stage):
    found = settled(COMPUTED, given, allowed=20)

    assert (found.value, found.stage, found.status) == (Decimal(value), stage, SCORED)


def test_nobody_knowing_and_nobody_saying_is_not_assessed():
    assert settled(not_assessed(OF, "no_data"), [], allowed=20).status == UNKNOWN
    assert settled(None, [], allowed=20).value is None


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [("8", "6", False), ("8", "5.99", True), ("8", None, True), (None, None, False)],
)
def test_two_experts_further_apart_than_a_fifth_are_not_settled(first, second, differ):
    pair = [said(Stage.EXPERT, n, v, SCORED if v else NA) for n, v in ((2, first), (3, second))]

    assert apart(*pair, OF, 20) is differ
    assert settled(COMPUTED, pair, allowed=20).differ is differ


def test_the_codes_experts_are_apart_on():
    close = settled(COMPUTED, [ANNE, BEN], allowed=20)
    far = settled(COMPUTED, [ANNE, said(Stage.EXPERT, 3, 1)], allowed=20)

    assert unsettled([("1.1.1", close), ("1.1.2", far)]) == ["1.1.2"]
