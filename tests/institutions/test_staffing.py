"""The rules on staff, their words, and the page that applies them to everybody."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make
from zhupei.core import files
from zhupei.institutions import parameters, staffing
from zhupei.institutions.models import StaffMember
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
from zhupei.organizations.models import Kind
from zhupei.syllabus.models import Job
from zhupei.teachers.models import Engagement

DAY = date(2026, 3, 1)
LIMITS = Limits(3, 1, 2, 2, 60)
SCALE = Scale(40, 50, 10, 10, 100, 85, 70, 60)
PAGE = "institutions:staffing"


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


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


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


# ── Facts and words ──────────────────────────────────────────────────────────────────────────


def of(organization, code: str):
    return next(one for one in staffing.verdicts(organization) if one.code == code)


def test_the_school_of_the_small_region_is_staffed(world):
    assert {one.tone for one in staffing.verdicts(world.school)} == {"ok"}


def test_a_second_category_asks_for_a_fourth_manager_and_says_so(world):
    bricks = Job.objects.create(code="T010", name="砌筑工", category="trade")
    make.licence(world.school, bricks)

    found = of(world.school, "managers_short")

    assert found.facts == (
        "应 4 名（开设 2 类培训：3 + 1），在任 3 名：管理员甲、管理员乙、管理员丙，差 1 名"
    )
    assert (found.needed, found.has, found.tone) == (4, 3, "bad")


def test_a_manager_who_left_is_not_counted_from_the_next_day(world):
    last = timezone.localdate()
    StaffMember.objects.filter(organization=world.school, name="管理员甲").update(until=last)

    codes = [one.code for one in staffing.verdicts(world.school, on=last)]
    after = [one.code for one in staffing.verdicts(world.school, on=last + timedelta(days=1))]

    assert "managers_enough" in codes
    assert "managers_short" in after


def test_teachers_who_do_not_count_are_named_with_the_reason(world):
    yesterday = timezone.localdate() - timedelta(days=1)
    mine = Engagement.objects.filter(organization=world.school)
    mine.filter(teacher=world.teacher).update(contract_until=yesterday)

    [found] = [
        one
        for one in staffing.verdicts(world.school, job=make.job())
        if one.code == "teachers_short"
    ]

    assert found.title == "土建施工员师资"
    assert found.facts == (
        "应 2 名，有 1 名：古丽娜尔·吐尔逊，差 1 名；不计：马建国（合同或聘书已到期）"
    )


def test_a_contract_without_an_end_counts_when_its_paper_is_there(world):
    mine = Engagement.objects.filter(organization=world.school, teacher=world.teacher)
    mine.update(contract_until=None)
    assert of(world.school, "papers_lacking").names == ["马建国"]

    paper = files.accept(ContentFile(b"%PDF-1.7", "聘书.pdf"), by=world.aygul)
    mine.update(contract=paper)
    assert of(world.school, "papers_complete")


def test_a_job_nobody_is_licensed_for_can_be_asked_about(world):
    bricks = Job.objects.create(code="T010", name="砌筑工", category="trade")

    found = [one for one in staffing.verdicts(world.school, job=bricks) if one.names == []]

    assert "应 2 名，有 0 名：无，差 2 名" in [one.facts for one in found]


def test_a_shared_teacher_is_told_at_both_places(world):
    Engagement.objects.create(
        teacher=world.teacher, organization=world.other_school, full_time=False, since=make.LONG_AGO
    )

    assert of(world.school, "teachers_shared").facts == (
        "2 名教师中 1 名还在别的机构任教：马建国（昆仑建设技能培训学校）"
    )
    assert "天山建设职业技能培训学校" in of(world.other_school, "teachers_shared").facts


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rank": "intermediate"}, "没有高级职称"),
        ({"managing_since": None}, "教学管理年限不够或没有登记"),
    ],
)
def test_what_the_head_lacks_is_said(world, change, words):
    StaffMember.objects.filter(organization=world.school, post="head").update(**change)

    assert words in of(world.school, "head_unfit").facts


def test_a_figure_changed_by_the_region_is_used_from_its_day_on(world):
    today = timezone.localdate()
    make.parameter_value(parameters.MANAGERS, 5, today)

    assert of(world.school, "managers_short").needed == 5
    before = staffing.verdicts(world.school, on=today - timedelta(days=1))
    assert "managers_short" not in {one.code for one in before}


def test_many_cases_in_one_sentence_are_cut_short(world):
    for n in range(9):
        made = make.teacher(f"教师{n}", world.school)
        made.engagements.update(contract_until=None)

    assert of(world.school, "papers_lacking").facts.endswith("还有 3 项")


def test_every_finding_has_words(world):
    codes = {
        "licence_in_force", "licence_missing", "managers_enough", "managers_short",
        "manager_of_several", "head_fits", "head_unfit", "head_missing", "teachers_enough",
        "teachers_short", "trades_covered", "papers_complete", "papers_lacking", "nobody_shared",
        "teachers_shared",
    }  # fmt: skip

    assert set(staffing.words.STAFFING) == codes


# ── The page ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("person", "status"),
    [("gu", 200), ("li", 200), ("aygul", 404), ("chen", 404), ("song", 404), ("adil", 404)],
)
def test_who_may_compare_institutions(world, as_user, person, status):
    assert as_user(getattr(world, person)).get(reverse(PAGE)).status_code == status


def test_a_bureau_sees_its_own_institutions_only(world, as_user):
    page = as_user(world.li).get(reverse(PAGE))

    assert world.school.name in page.text
    assert world.other_school.name not in page.text


def test_each_figure_has_its_denominator_and_leads_to_its_list(world, as_user):
    empty = make.organization(Kind.INSTITUTION, "新办学校", "652301")
    browser = as_user(world.gu)

    page = browser.get(reverse(PAGE))

    figures = {one["label"]: one for one in page.context["figures"]}
    assert figures["专业工种师资不足"]["value"] == 1  # the other school has no teacher
    assert figures["专业工种师资不足"]["note"] == "共 2 家已核对"
    assert figures["未核对"]["value"] == 1
    listed = browser.get(reverse(PAGE) + figures["专业工种师资不足"]["url"].partition("#")[0])
    assert [row["organization"] for row in listed.context["rows"]] == [world.other_school]
    unknown = browser.get(reverse(PAGE), {"lack": "unknown"})
    assert [row["organization"] for row in unknown.context["rows"]] == [empty]
    good = browser.get(reverse(PAGE), {"lack": "good"})
    assert [row["organization"] for row in good.context["rows"]] == [world.school]


def test_the_figures_follow_the_other_filters(world, as_user):
    page = as_user(world.gu).get(reverse(PAGE), {"prefecture": "652300", "lack": "trades"})

    assert page.context["assessed"] == 1
    assert list(page.context["rows"]) == []
    assert "prefecture=652300" in page.context["figures"][0]["url"]
    none = as_user(world.gu).get(reverse(PAGE), {"q": "没有这家"})
    assert "没有符合条件的机构" in none.text


def test_the_page_costs_the_same_for_few_institutions_and_for_many(world, as_user):
    browser = as_user(world.li)
    costs = []
    for name in ("甲", "乙"):
        many = 3 if name == "甲" else 40
        for n in range(many):
            made = make.organization(Kind.INSTITUTION, f"{name}{n}", "652301")
            make.licence(made, make.job())
            make.teacher(f"{name}教师{n}", made)
            make.staff(made)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(PAGE))
        costs.append(len(asked))

    assert costs[0] == costs[1]
