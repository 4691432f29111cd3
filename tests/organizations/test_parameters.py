"""The figures of the rules on their pages, and what another value would change."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_accounts, make_attendance, make_classes, make_syllabus
from tests.refusals import refused
from zhupei.attendance import parameters as attendance
from zhupei.classes import parameters as classes
from zhupei.core import effects
from zhupei.core.effects import Change
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, ParameterValue
from zhupei.organizations import actions, figures
from zhupei.syllabus import parameters as syllabus

LATE = "attendance.late_after"


def typed(**fields) -> dict[str, str]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "value": "5",
        "prefecture": "",
        "valid_from": tomorrow.isoformat(),
        "source": "新建科〔2026〕12号第三条",
    } | fields


def set_on_page(browser, form, *, key: str = LATE):
    """Look at the effects, then say yes; or stop where the form comes back."""
    address = reverse("organizations:parameter", args=[key])
    page = browser.post(address, form)
    if page.context.get("preview") is None:
        return page
    seen = {"previewed": page.context["form"]["previewed"].value()}
    return browser.post(address, form | seen, follow=True)


@pytest.mark.parametrize("person", ["gu", "li", "aygul", "chen", "ma"])
def test_everybody_who_works_here_reads_the_figures_with_their_sources(world, as_user, person):
    page = as_user(getattr(world, person)).get(reverse("organizations:parameters"))

    assert "上课多久以后算迟到" in page.text
    assert "办法（草案）第十三条" in page.text


def test_the_figures_cost_few_questions_however_many_there_are(
    world, as_user, django_assert_max_num_queries
):
    browser = as_user(world.gu)

    with django_assert_max_num_queries(8):
        page = browser.get(reverse("organizations:parameters"))

    assert len(page.context["rows"]) > 10


def test_a_learner_has_no_such_pages(world, as_user):
    browser = as_user(world.adil)

    assert browser.get(reverse("organizations:parameters")).status_code == 404
    assert browser.get(reverse("organizations:parameter", args=[LATE])).status_code == 404


def test_a_figure_nobody_declared_is_not_found(world, as_user):
    page = as_user(world.gu).get(reverse("organizations:parameter", args=["attendance.nothing"]))

    assert page.status_code == 404


def test_the_region_sets_a_figure_from_the_page(world, as_user):
    page = set_on_page(as_user(world.gu), typed(prefecture="652300"))

    assert "已定，到生效日期起按新的值。" in page.text
    row = ParameterValue.objects.get()
    assert (row.value, row.prefecture, row.set_by_name) == ("5", "652300", "顾海")
    assert "新建科〔2026〕12号第三条" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "61"}, "60"),
        ({"value": "-1"}, "0"),
        ({"value": "十"}, "整数"),
        ({"source": ""}, "必填"),
        ({"valid_from": "2020-01-01"}, "生效日期不能早于今天"),
        ({"prefecture": "110000"}, "选择"),
    ],
)
def test_a_figure_that_cannot_be_is_sent_back_with_the_reason(world, as_user, fields, words):
    page = set_on_page(as_user(world.gu), typed(**fields))

    assert page.status_code == 200
    assert words in page.text
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("person", ["li", "aygul", "chen"])
def test_others_may_read_a_figure_but_not_set_it(world, as_user, person):
    browser = as_user(getattr(world, person))
    page = reverse("organizations:parameter", args=[LATE])

    assert browser.get(page).status_code == 200
    assert browser.post(page, typed()).status_code == 403
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("key", ["classes.mode", "attendance.code_seconds", LATE])
def test_every_kind_of_figure_has_its_form(world, as_user, key):
    assert as_user(world.gu).get(reverse("organizations:parameter", args=[key])).status_code == 200


# Groups, standings, history


def test_the_figures_are_grouped_and_say_how_much_their_source_weighs(world, as_user):
    make.parameter_value(attendance.LATE_AFTER, 5, date(2026, 1, 1))
    make.parameter_value(attendance.LATE_AFTER, 7, date(2026, 1, 1), prefecture="652300")
    make.parameter_value(classes.DAILY_HOURS, 6, timezone.localdate() + timedelta(days=9))

    page = as_user(world.li).get(reverse("organizations:parameters"))

    rows = {row.parameter.key: row for row in page.context["rows"]}
    assert (rows[LATE].standing.key, rows[LATE].own, rows[LATE].shown) == ("set", 1, "5")
    assert rows["people.minimum_age"].standing.key == "law"
    assert rows["classes.daily_hours_limit"].standing.key == "practice"
    assert rows["classes.daily_hours_limit"].coming_shown == "6"
    assert rows["classes.review_workdays"].standing.key == "proposal"
    assert "1 个地州市另定" in page.text
    groups = [str(label) for label, _figures in page.context["groups"]]
    assert groups.index("开班") < groups.index("考核") < groups.index("注册与账号")


def test_the_list_is_narrowed_by_words_and_by_standing(world, as_user):
    browser = as_user(world.gu)

    def found(**address) -> set[str]:
        page = browser.get(reverse("organizations:parameters"), address)
        return {row.parameter.key for row in page.context["rows"]}

    assert found(q="算迟到") == {LATE}
    law = found(standing="law")
    assert "people.minimum_age" in law
    assert LATE not in law
    assert "没有找到参数" in browser.get(reverse("organizations:parameters"), {"q": "风马牛"}).text


def test_the_history_says_instead_of_what_where_and_by_whom(world):
    make.parameter_value(attendance.LATE_AFTER, 5, date(2026, 1, 1))
    make.parameter_value(attendance.LATE_AFTER, 7, date(2026, 2, 1), prefecture="652300")
    make.parameter_value(attendance.LATE_AFTER, 8, date(2026, 3, 1))
    make.parameter_value(attendance.LATE_AFTER, 9, date(2026, 4, 1), prefecture="652300")
    with time_machine.travel("2026-05-01T12:00+08:00", tick=False):
        found = figures.entries(attendance.LATE_AFTER, {"652300": "昌吉州"})

    assert [(e.before, e.shown, e.where, e.in_force) for e in found] == [
        ("7", "9", "昌吉州", True),
        ("5", "8", "全区", True),
        ("5", "7", "昌吉州", False),
        ("10", "5", "全区", False),
    ]


# What another value would change


def test_the_effects_are_seen_before_anything_is_set(world, as_user):
    browser = as_user(world.gu)
    address = reverse("organizations:parameter", args=[LATE])

    page = browser.post(address, typed())

    assert "从那天起要上的 0 节课" in page.text
    assert not ParameterValue.objects.exists()
    seen = {"previewed": page.context["form"]["previewed"].value()}
    other = browser.post(address, typed(value="6") | seen)
    assert other.context["preview"]["after"] == "6"  # another value wants another look
    assert not ParameterValue.objects.exists()


def test_what_cannot_be_counted_says_so(world, as_user):
    page = as_user(world.gu).post(
        reverse("organizations:parameter", args=["people.code_tries"]), typed(value="6")
    )

    assert "不能预先算出" in page.text


def said(parameter, value, *, prefecture: str = "") -> str:
    day = timezone.localdate() + timedelta(days=1)
    return " ".join(effects.of(Change(parameter, value, day, prefecture)) or [])


def test_the_same_value_changes_nothing(world):
    assert "什么都不会变" in said(classes.TEACHERS, 2)


def test_plans_already_handed_in_keep_their_deadline_and_their_way(world):
    make_classes.submitted_class(world)
    make_classes.planned_class(world, starts_on=timezone.localdate() + timedelta(days=60))

    assert "1 份待审计划仍按原时限" in said(classes.REVIEW_WORKDAYS, 3)
    assert "1 份还没提交的计划，提交后须在 3 个工作日内审完（现为 5 个）" in said(
        classes.REVIEW_WORKDAYS, 3
    )
    filing = said(classes.MODE, "filing")
    assert "1 份待审计划仍按提交时的方式审完" in filing
    assert "1 份还没提交的计划，到时提交即备案" in filing
    assert "0 份待审计划" in said(classes.MODE, "filing", prefecture="653100")


def test_a_prefecture_with_its_own_value_is_not_reached_by_the_region_s(world):
    make_classes.submitted_class(world)
    make.parameter_value(classes.REVIEW_WORKDAYS, 4, date(2026, 1, 1), prefecture="652300")

    assert "0 份待审计划" in said(classes.REVIEW_WORKDAYS, 3)
    assert "1 份待审计划" in said(classes.REVIEW_WORKDAYS, 3, prefecture="652300")


@pytest.mark.parametrize(
    ("parameter", "strict", "mild"),
    [
        (classes.TEACHERS, 9, 1),
        (classes.DAILY_HOURS, 1, 16),
        (classes.LEARNERS_PER_STATION, 1, 20),
    ],
    ids=lambda x: getattr(x, "key", x),
)
def test_who_would_no_longer_comply_is_named(world, parameter, strict, mild):
    plan = make_classes.planned_class(world)
    if parameter is classes.LEARNERS_PER_STATION:
        assert plan.seats > world.workshop.stations

    assert "1 家机构的 1 份计划" in said(parameter, strict)
    assert "天山建设职业技能培训学校" in said(parameter, strict)
    assert "都符合新的值" in said(parameter, mild)


def test_sign_ins_of_the_last_month_are_judged_by_both_figures(world):
    make_attendance.class_with_learners(world, world.adil)

    words = said(attendance.LATE_AFTER, 1)

    assert "最近 30 天的 0 人次签到" in words
    assert "节课按新的值" in said(attendance.OPENS_BEFORE, 10)
    assert "每 30 秒换一次码（现为 15 秒）" in said(attendance.CODE_SECONDS, 30)


def test_syllabi_out_of_proportion_are_named(world):
    day = timezone.localdate()
    make_syllabus.published(world.gu, effective_from=day, online_hours_limit=4)

    assert "1 份施行中的工种大纲实操低于 80%：砌筑工" in said(syllabus.PRACTICE_SHARE, 80)
    assert "都符合" in said(syllabus.PRACTICE_SHARE, 70)
    assert "1 份施行中的大纲线上高于 5%" in said(syllabus.ONLINE_SHARE, 5)


def test_a_value_whose_day_has_not_come_is_taken_back_and_leaves_its_trace(world, as_user):
    browser = as_user(world.gu)
    set_on_page(browser, typed())
    row = ParameterValue.objects.get()
    address = reverse("organizations:parameter-withdraw", args=[LATE, row.pk])

    page = browser.post(address, follow=True)

    assert "已撤回" in page.text
    assert not ParameterValue.objects.exists()
    assert Event.objects.filter(verb="parameter.withdrawn").count() == 1
    assert browser.post(address).status_code == 404


def test_a_value_in_force_stays_and_only_the_region_takes_one_back(world):
    row = make_accounts.future_value(world)

    with pytest.raises(NotAllowed):
        actions.withdraw_value(row, by=world.li)
    far = timezone.now() + timedelta(days=901)
    with time_machine.travel(far), refused("parameter_in_force"):
        actions.withdraw_value(row, by=world.gu)
    assert ParameterValue.objects.exists()
