"""Verdicts on staff in words, and the page that applies them to everybody."""

from datetime import timedelta

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
from zhupei.organizations.models import Kind
from zhupei.syllabus.models import Job
from zhupei.teachers.models import Engagement

PAGE = "institutions:staffing"


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

    assert "应 2 名，有 0 名，差 2 名" in [one.facts for one in found]


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


def test_admission_asks_for_a_licence_as_well(world):
    assert "licence_in_force" in {one.code for one in staffing.for_admission(world.school)}
    assert "licence_in_force" not in {one.code for one in staffing.verdicts(world.school)}
    world.school.licences.all().delete()

    assert staffing.for_admission(world.school)[0].code == "licence_missing"


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
