"""The rules on staff and grades: tables of cases, boundaries of every figure."""

from datetime import date, timedelta

import pytest

from zhupei.institutions.rules import grades
from zhupei.institutions.rules import staffing as rules
from zhupei.institutions.rules.grades import Points, Scale
from zhupei.institutions.rules.staffing import (
    HeadFacts,
    Limits,
    ManagerFacts,
    Staff,
    TeacherFacts,
    Tone,
)

DAY = date(2026, 3, 1)
LIMITS = Limits(3, 1, 2, 2, 60)
SCALE = Scale(40, 50, 10, 10, 100, 85, 70, 60)


def teacher(name: str, **facts) -> TeacherFacts:
    known = {
        "in_pool": True,
        "trades": frozenset({"砌筑工"}),
        "full_time": False,
        "has_contract": True,
        "contract_until": None,
        "insured_until": None,
    }
    return TeacherFacts(name, **known | facts)


def staff(**facts) -> Staff:
    known = {
        "today": DAY,
        "categories": ["技能工人"],
        "trades": ["砌筑工"],
        "licences": ["人社民 1 号"],
        "head": HeadFacts("赵明", senior=True, managing_since=date(2020, 1, 1)),
        "managers": [ManagerFacts(name, full_time=True) for name in "甲乙丙"],
        "teachers": [teacher("张"), teacher("王")],
        "limits": LIMITS,
    }
    return Staff(**known | facts)


@pytest.mark.parametrize(("categories", "needed"), [(0, 3), (1, 3), (2, 4), (3, 5)])
def test_managers_needed_are_three_and_one_for_each_further_category(categories, needed):
    assert rules.managers_needed(categories, LIMITS) == needed


def test_as_many_managers_as_needed_are_enough():
    found = rules.managers(staff())

    assert (found.code, found.needed, found.has) == ("managers_enough", 3, 3)


def test_part_time_managers_are_not_counted_but_named():
    managers = [ManagerFacts("甲", full_time=True), ManagerFacts("乙", full_time=False)]
    found = rules.managers(staff(managers=managers))

    assert (found.tone, found.has, found.facts["short"]) == (Tone.BAD, 1, 2)
    assert found.facts["part_time"] == "乙"


def test_somebody_entered_twice_is_one_manager_of_several_categories():
    managers = [ManagerFacts("甲", full_time=True, charge=[kind]) for kind in ("技能工人", "市政")]
    judged = staff(managers=managers)

    assert rules.managers(judged).has == 1
    found = rules.managers_of_several(judged)
    assert found.names == ["甲"]
    assert found.items[0]["categories"] == "技能工人、市政"
    assert rules.managers_of_several(staff()) is None


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (HeadFacts("赵", senior=True, managing_since=date(2024, 3, 1)), "head_fits"),
        (HeadFacts("赵", senior=True, managing_since=date(2024, 3, 2)), "head_unfit"),
        (HeadFacts("赵", senior=True, managing_since=None), "head_unfit"),
        (HeadFacts("赵", senior=False, managing_since=date(2010, 1, 1)), "head_unfit"),
        (None, "head_missing"),
    ],
)
def test_the_head_has_a_senior_title_and_two_years(head, code):
    assert rules.head(staff(head=head)).code == code


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2024, 2, 29), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2026, 3, 1), 2),
        (date(2024, 3, 1), date(2026, 3, 1), 2),
    ],
)
def test_years_between_are_whole(first, last, years):
    assert rules.years_between(first, last) == years


def test_only_full_timers_have_to_be_insured_and_records_may_lag():
    assert rules.insured(teacher("张", insured_until=DAY - timedelta(days=60)), staff())
    assert not rules.insured(teacher("张", insured_until=DAY - timedelta(days=61)), staff())
    assert not rules.insured(teacher("张"), staff())


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, ""),
        ({"in_pool": False}, "not_in_pool"),
        ({"has_contract": False}, "no_contract"),
        ({"contract_until": DAY}, ""),
        ({"contract_until": DAY - timedelta(days=1)}, "contract_over"),
        ({"full_time": True}, "not_insured"),
        ({"full_time": True, "insured_until": DAY - timedelta(days=60)}, ""),
        ({"full_time": True, "insured_until": DAY - timedelta(days=61)}, "not_insured"),
        ({"insured_until": date(2020, 1, 1)}, ""),
    ],
)
def test_why_not_counted(facts, reason):
    assert rules.why_not_counted(teacher("张", **facts), staff()) == reason


def test_two_teachers_for_a_trade_are_enough_and_one_is_not():
    assert rules.teachers_of("砌筑工", staff()).tone is Tone.OK

    judged = staff(teachers=[teacher("张"), teacher("王", in_pool=False), teacher("李", trades=())])
    found = rules.teachers_of("砌筑工", judged)
    assert (found.needed, found.has, list(found.names)) == (2, 1, ["张"])
    assert found.items == [{"name": "王", "reason": "not_in_pool"}]


def test_every_trade_short_is_named_and_the_others_are_told_together():
    both = frozenset({"砌筑工", "钢筋工"})
    able = [teacher("张", trades=both), teacher("王", trades=both)]
    found = rules.teachers(staff(trades=["砌筑工", "钢筋工", "架子工"], teachers=able))

    assert [one.code for one in found] == ["teachers_short", "trades_covered"]
    assert found[0].facts["trade"] == "架子工"
    assert found[1].facts["count"] == 2


def test_papers_of_all_teachers_are_looked_at_whatever_their_trade():
    judged = staff(teachers=[teacher("张", has_contract=False, trades=()), teacher("王")])

    assert rules.papers(judged).names == ["张"]
    assert rules.papers(staff()).tone is Tone.OK
    assert rules.papers(staff(teachers=[])) is None


def test_shared_teachers_are_named_with_where_else_they_work():
    judged = staff(teachers=[teacher("张", elsewhere=["昆仑学校"]), teacher("王")])

    found = rules.shared(judged)
    assert (found.tone, found.items) == (Tone.WARN, [{"name": "张", "elsewhere": "昆仑学校"}])
    assert rules.shared(staff()).code == "nobody_shared"
    assert rules.shared(staff(teachers=[])) is None


def test_a_licence_in_force_is_asked_for():
    assert rules.licence(staff()).tone is Tone.OK
    assert rules.licence(staff(licences=[])).code == "licence_missing"


def test_who_has_entered_nobody_is_not_assessed():
    assert rules.entered(staff())
    assert not rules.entered(staff(head=None, managers=[], teachers=[]))


def test_findings_come_worst_first_and_of_one_trade_only_when_asked():
    judged = staff(trades=["砌筑工", "架子工"], managers=[])

    tones = [one.tone for one in rules.findings(judged)]
    assert tones == sorted(tones, key=rules.ORDER.index)
    codes = [one.code for one in rules.findings(judged, "砌筑工")]
    assert codes.count("teachers_enough") == 1
    assert "teachers_short" not in codes


@pytest.mark.parametrize(
    ("points", "total", "grade"),
    [
        (Points(36, 42, 7), 85, "A"),
        (Points(36, 41, 7), 84, "B"),
        (Points(30, 33, 7), 70, "B"),
        (Points(30, 32, 7), 69, "C"),
        (Points(25, 30, 5), 60, "C"),
        (Points(25, 30, 4), 59, "D"),
        (Points(25, 30, 4, bonus=30), 69, "C"),
        (Points(40, 50, 10, bonus=10), 100, "A"),
    ],
)
def test_points_make_a_grade(points, total, grade):
    assert grades.total(points, SCALE) == total
    assert grades.grade(total, SCALE) == grade


def test_no_block_holds_more_points_than_it_fits():
    assert grades.fits(Points(40, 50, 10, 12), SCALE)
    assert not grades.fits(Points(41, 50, 10), SCALE)
    assert not grades.fits(Points(40, 51, 10), SCALE)
    assert not grades.fits(Points(40, 50, 11), SCALE)
    assert not grades.fits(Points(40, 50, 10, -1), SCALE)
