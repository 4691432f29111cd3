"""Each indicator as a function of facts."""

from decimal import Decimal

import pytest

from zhupei.evaluation import seed
from zhupei.evaluation.rules import basics, others, points, superseded, teaching
from zhupei.evaluation.rules.points import RULES, Status, apply, rounded

FIGURES = {line.rule: line.figures for line in seed.TREE}


def given(rule, of, **facts):
    found = rule(facts, Decimal(of), FIGURES[rule.__name__])
    return found.value if found.status == Status.SCORED else found.status.value


NA, UNKNOWN = "not_applicable", "not_assessed"
ENTERED = {"entered": True}
HELD = {"classes": 5, "exams": 2, "late": 0, "other_class": 0, "other_exam": 0}
SAT = {"sat": 200, "passed": 180, "certified": 160, "declared": None, "declared_certified": None}
ASKED = {"asked": 4, "answered": 3, "upheld": 0}


@pytest.mark.parametrize(
    ("rule", "of", "facts", "value"),
    [
        (basics.managers, 4, ENTERED | {"has": 4, "needed": 4}, "4"),
        (basics.managers, 4, ENTERED | {"has": 5, "needed": 4}, "4"),
        (basics.managers, 4, ENTERED | {"has": 3, "needed": 4}, "2"),
        (basics.managers, 4, ENTERED | {"has": 0, "needed": 4}, "0"),
        (basics.managers, 4, {"entered": False, "has": 0, "needed": 3}, UNKNOWN),
        (basics.head, 2, ENTERED | {"senior": 1, "experienced": 1, "years": 3, "needed": 2}, "2"),
        (basics.head, 2, ENTERED | {"senior": 1, "experienced": 0, "years": 1, "needed": 2}, "1"),
        (basics.head, 2, ENTERED | {"senior": 0, "experienced": 0, "years": 0, "needed": 2}, "0"),
        (basics.policies, 4, {"has": 6, "needed": 8}, "3"),
        (basics.trades_covered, 5, ENTERED | {"covered": 2, "trades": 3}, "3.33"),
        (basics.trades_covered, 5, ENTERED | {"covered": 0, "trades": 0}, NA),
        (basics.roster, 2, {"trades": 2, "listed": 1, "lessons": 4, "by_roster": 4}, "1.5"),
        (basics.roster, 2, {"trades": 2, "listed": 1, "lessons": 0, "by_roster": 0}, "1"),
        (basics.roster, 2, {"trades": 0, "listed": 0, "lessons": 0, "by_roster": 0}, NA),
        (basics.teacher_files, 3, {"teachers": 4, "complete": 3}, "2.25"),
        (basics.teacher_files, 3, {"teachers": 0, "complete": 0}, UNKNOWN),
        (basics.sharing, 2, {"teachers": 4, "shared": 0}, "2"),
        (basics.sharing, 2, {"teachers": 4, "shared": 3}, "0"),
        (basics.tenure, 2, {"rooms": 4, "lasting": 3}, "1.5"),
        (basics.tenure, 2, {"rooms": 0, "lasting": 0}, UNKNOWN),
        (basics.fire, 3, {"rooms": 3, "checked": 1}, "1"),
        (basics.stations, 3, {"practised": 2, "fitting": 1}, "1.5"),
        (basics.stations, 3, {"practised": 0, "fitting": 0}, NA),
        (basics.equipment, 2, {"practised": 4, "equipped": 4}, "2"),
        (basics.practice_held, 3, {"due": 9, "held": 6}, "2"),
        (basics.practice_held, 3, {"due": 0, "held": 0}, NA),
        (teaching.applied_first, 3, HELD | {"late": 0}, "3"),
        (teaching.applied_first, 3, HELD | {"late": 1}, "1.5"),
        (teaching.applied_first, 3, HELD | {"other_exam": 1}, "1.5"),
        (teaching.applied_first, 3, HELD | {"late": 1, "other_class": 1}, "0"),
        (teaching.applied_first, 3, HELD | {"classes": 0}, NA),
        (superseded.applied_first, 3, {"classes": 5, "late": 1}, "1.5"),
        (teaching.logs, 3, {"lessons": 3, "logged": 1}, "1"),
        (teaching.attendance, 3, {"arrivals": 6, "own": 5, "stand_ins": 0}, "2.5"),
        (teaching.attendance, 3, {"arrivals": 6, "own": 6, "stand_ins": 1}, "0"),
        (teaching.attendance, 3, {"arrivals": 0, "own": 0, "stand_ins": 0}, NA),
        (teaching.checks, 3, {"classes": 2, "checked": 2, "evaluated": 1}, "2.25"),
        (teaching.plan_hours, 3, {"classes": 2, "fitting": 1}, "1.5"),
        (teaching.first_time, 2, {"submitted": 4, "never_returned": 3}, "1.5"),
        (teaching.lesson_plans, 2, {"units": 8, "planned": 4}, "1"),
        (teaching.resources, 2, {"classes": 4, "with_resources": 2}, "1"),
        (teaching.books, 3, {"owed": 30, "confirmed": 20, "taken_back": 0}, "2"),
        (teaching.books, 3, {"owed": 30, "confirmed": 30, "taken_back": 1}, "0"),
        (teaching.follow_up, 3, {"learners": 100, "reached": 30}, "3"),
        (teaching.follow_up, 3, {"learners": 100, "reached": 90}, "3"),
        (teaching.follow_up, 3, {"learners": 100, "reached": 10}, "1"),
        (teaching.records, 3, {"classes": 4, "packed": 4, "heard": 2}, "2.25"),
        (teaching.records, 3, {"classes": 0, "packed": 0, "heard": 0}, NA),
        (superseded.records, 3, {"classes": 3, "packed": 3}, "3"),
        (teaching.pass_rate, 3, SAT | {"declared": "91"}, "3"),
        (teaching.pass_rate, 3, SAT | {"declared": "93"}, "2"),
        (teaching.pass_rate, 3, SAT | {"declared": "91", "declared_certified": "83"}, "2.5"),
        (teaching.pass_rate, 3, SAT | {"declared_certified": "20"}, "0"),
        (teaching.pass_rate, 3, SAT, UNKNOWN),
        (teaching.pass_rate, 3, SAT | {"sat": 0, "declared": "90"}, NA),
        (superseded.pass_rate, 3, SAT | {"declared": "93"}, "2"),
        (teaching.satisfaction, 3, {"voices": 9, "mean": "4.50", "fewest": 5}, "3"),
        (teaching.satisfaction, 3, {"voices": 9, "mean": "3.75", "fewest": 5}, "1.5"),
        (teaching.satisfaction, 3, {"voices": 9, "mean": "2.10", "fewest": 5}, "0"),
        (teaching.satisfaction, 3, {"voices": 4, "mean": "5.00", "fewest": 5}, UNKNOWN),
        (teaching.online_platform, 2, {"lessons": 0, "holding": 0}, NA),
        (teaching.online_platform, 2, {"lessons": 3, "holding": 1}, "2"),
        (teaching.online_platform, 2, {"lessons": 3, "holding": 0}, "0"),
        (teaching.online_measured, 2, {"lessons": 0}, NA),
        (teaching.online_measured, 2, {"lessons": 3}, UNKNOWN),
        (teaching.online_measured, 2, {"lessons": 3, "due": 4, "in_time": 3}, "1.5"),
        (teaching.conduct, 4, {"minor": 0, "ordinary": 0, "serious": 0}, "4"),
        (teaching.conduct, 4, {"minor": 1, "ordinary": 2, "serious": 0}, "1.5"),
        (teaching.conduct, 4, {"minor": 0, "ordinary": 0, "serious": 1}, "0"),
        (others.patrols, 3, {"looks": 4, "met": 3}, "2.25"),
        (others.patrols, 3, {"looks": 0, "met": 0}, UNKNOWN),  # the bureau's fault
        (superseded.patrols, 3, {"owed": 4, "done": 3}, "2.25"),
        (others.closure, 3, {"due": 1, "in_time": 0, "waiting": 1}, "3"),
        (others.closure, 3, {"due": 4, "in_time": 2, "waiting": 1}, "2"),
        (superseded.closure, 3, {"due": 0, "in_time": 0}, "3"),
        (superseded.closure, 3, {"due": 3, "in_time": 2}, "2"),
        (others.reporting, 2, {"written": 4, "in_time": 3}, "1.5"),
        (others.complaints, 2, ASKED, "1.5"),
        (others.complaints, 2, ASKED | {"upheld": 1}, "1"),
        (others.complaints, 2, ASKED | {"asked": 0, "answered": 0}, "2"),
        (others.complaints, 2, ASKED | {"asked": 0, "answered": 0, "upheld": 1}, "1.5"),
        (superseded.complaints, 2, {"closed": 4, "in_time": 4, "upheld": 1}, "1.5"),
        (others.trained, 3, {"completed": 500, "people": 520}, "3"),
        (others.trained, 3, {"completed": 499, "people": 900}, "0"),
        (superseded.trained, 3, {"people": 500}, "3"),
        (others.helped, 2, {"times": 3}, "2"),
        (others.helped, 2, {"times": 0}, NA),
        (others.bases, 3, {"bases": 1}, "3"),
        (others.bases, 3, {"bases": 0}, NA),
    ],
)  # fmt: skip
def test_points_of_facts(rule, of, facts, value):
    found = given(rule, of, **facts)

    assert found == (value if value in {NA, UNKNOWN} else Decimal(value))


ROOMS = {"rooms": 2, "classes": 4, "fitting": 2, "computers": 20, "largest": 40}


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({}, "1.5"),
        ({"fitting": 4, "computers": 60}, "3"),
        ({"classes": 0, "fitting": 0, "largest": 0}, NA),
        ({"rooms": 0}, UNKNOWN),
    ],
)
def test_computers(changed, value):
    found = given(basics.computers, 3, **ROOMS | changed)

    assert found == (value if value in {NA, UNKNOWN} else Decimal(value))


BOOKS = {"practised": 2, "months": 4, "used_months": 2, "equipment": 9, "consumables": 3}


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({}, "1.67"),
        ({"used_months": 4}, "2"),
        ({"consumables": 0}, "1"),
        ({"months": 0, "used_months": 0}, "0"),  # six institutions practised nothing all year
        ({"practised": 0}, NA),
    ],
)
def test_ledgers(changed, value):
    found = given(basics.ledgers, 2, **BOOKS | changed)

    assert found == (value if value == NA else Decimal(value))


def test_without_facts_an_indicator_is_not_assessed_and_says_so():
    found = apply("managers", 1, {}, Decimal(4), {})

    assert (found.status, found.value, found.because) == (Status.NOT_ASSESSED, None, "no_data")


def test_a_rule_nobody_kept_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        apply("managers", 99, {"entered": True}, Decimal(4), {})


def test_a_rule_keeps_its_version():
    @points.rule(version=2)
    def managers(facts, of, figures):
        return points.scored(of, 1, "managers_enough")

    try:
        facts = {"entered": True, "has": 4, "needed": 4}
        old = apply("managers", 1, facts, Decimal(4), FIGURES["managers"])
        new = apply("managers", 2, facts, Decimal(4), FIGURES["managers"])
        assert (old.value, new.value) == (Decimal(4), Decimal(1))
    finally:
        del RULES["managers", 2]


def test_every_rule_of_the_seed_is_kept_and_blocks_are_40_50_10():
    assert all((line.rule, 1) in RULES for line in seed.TREE if line.rule)
    sums = {}
    for line in seed.TREE:
        sums[line.block] = sums.get(line.block, 0) + line.points
    assert sums == {"basics": 40, "teaching": 50, "bureau": 10, "bonus": 10}


def test_halves_are_rounded_up():
    assert rounded(Decimal("1.005")) == Decimal("1.01")
