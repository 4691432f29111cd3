"""What waits for whom, and in which order."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes, make_exams, make_filings, make_many
from zhupei.classes.actions import plan
from zhupei.core.models import ParameterValue
from zhupei.filings import actions as filings
from zhupei.portal import todo
from zhupei.questions.actions import start
from zhupei.syllabus.models import Syllabus


def lines(user) -> list[tuple[str, str]]:
    """The file of a school in the tests is never whole; see test_todo_standing.py for its line."""
    found = [(str(line.kind), line.title) for line in todo.todos(user)]
    return [line for line in found if line[0] != "机构档案"]


@pytest.fixture
def submitted(world):
    return make_classes.submitted_class(world)


def test_a_submitted_plan_waits_for_the_bureau_of_its_place(world, submitted):
    assert lines(world.li) == [("开班计划", submitted.title)]
    assert lines(world.zhou) == lines(world.li)
    assert lines(world.far_reviewer) == []
    assert lines(world.aygul) == []
    assert lines(world.wang) == []


def test_a_filed_plan_stays_a_week_on_the_list_of_its_bureau(world):
    ParameterValue.objects.create(
        key="classes.mode",
        value="filing",
        valid_from=make.LONG_AGO,
        prefecture=world.school.prefecture_id,
        source="州局通知",
        set_by_name="顾海",
    )
    filed = plan.submit(make_classes.planned_class(world), by=world.aygul)

    assert lines(world.li) == [("新备案", filed.title)]
    assert lines(world.far_reviewer) == []
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert lines(world.li) == []


def test_it_carries_its_deadline_and_leads_to_its_page(world, submitted):
    (line,) = todo.todos(world.li)

    submitted.refresh_from_db()
    assert line.due == submitted.due_at
    assert line.url == f"/classes/{submitted.pk}/"
    assert line.step == {"label": line.step_label, "url": line.url}


def test_what_is_sent_back_waits_for_the_school_before_its_drafts(world, submitted):
    draft = make_classes.draft_class(world)
    plan.send_back(submitted, by=world.li, note="教室不够", reasons=())

    assert lines(world.aygul) == [("退回补正", submitted.title), ("草稿", draft.title)]
    assert lines(world.li) == []


def test_what_is_approved_waits_for_nobody_until_it_is_over(world):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))
    assert lines(world.aygul) == []

    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        kinds = [kind for kind, title in lines(world.aygul) if title == taught.title]
        assert kinds == ["教学日志", "质量自评", "结班"]


def test_the_lessons_of_the_day_wait_for_those_who_keep_the_roll(world):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))
    first = taught.lessons.first()

    with time_machine.travel(first.starts_at - timedelta(hours=1), tick=False):
        assert ("今天上课", taught.title) in lines(world.aygul)
        assert ("今天上课", taught.title) in lines(world.ma)
        assert lines(world.wang) == []
        assert todo.todos(world.ma)[0].url == f"/attendance/{first.pk}/roll/"


def test_a_lesson_of_a_colleague_does_not_wait_for_a_teacher(world):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))
    first = taught.lessons.first()
    taught.lessons.filter(pk=first.pk).update(teacher=world.second_teacher)

    with time_machine.travel(first.starts_at - timedelta(hours=1), tick=False):
        mine = [line.url for line in todo.todos(world.ma)]

    assert f"/attendance/{first.pk}/roll/" not in mine


def test_a_review_counts_working_days_as_its_plan_does(world):
    make_classes.submitted_class(world)

    [group] = todo.grouped(todo.todos(world.li))

    assert "个工作日" in group["items"][0]["left"]


def test_sittings_wait_for_their_assessment_body(world):
    sitting = make_exams.notified_sitting(world)

    assert lines(world.chen) == [("考核", sitting.title)]
    assert lines(world.aygul) == []


def test_a_sitting_that_runs_is_not_overdue_before_it_ends(world):
    sitting = make_exams.sealed_sitting(world)

    with time_machine.travel(make_exams.during(sitting), tick=False):
        (line,) = todo.todos(world.chen)

    assert line.due == sitting.ends_at


def test_drafts_of_the_region_wait_for_the_region(world):
    Syllabus.objects.create(
        job=world.syllabus.job, version="2027.1", effective_from=timezone.localdate()
    )
    start(world.syllabus.job, by=world.gu, title="2027 题库")

    assert lines(world.gu) == [("培训大纲", "土建施工员 2027.1"), ("题库", "2027 题库")]
    assert lines(world.li) == []


def test_a_review_that_is_late_is_told_to_the_region_and_not_decided(world, submitted):
    submitted.refresh_from_db()
    with time_machine.travel(submitted.due_at + timedelta(minutes=1), tick=False):
        assert lines(world.gu) == [("审核逾期", submitted.title)]
        assert todo.late(todo.todos(world.li)) == (1, False)
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def line(due: datetime | None) -> todo.Todo:
    return todo.Todo("icon", "事", f"{due}", "", "", "/", "办", due)


def test_the_groups_follow_the_clock_and_the_first_step_is_the_primary_one():
    noon = timezone.make_aware(datetime(2026, 3, 18, 12))  # noqa: DTZ001 - made aware here
    with time_machine.travel(noon, tick=False):
        waiting = [
            line(noon - timedelta(minutes=1)),
            line(noon),
            line(noon + timedelta(hours=11)),
            line(noon + timedelta(hours=12)),
            line(None),
        ]
        groups = todo.grouped(waiting)

    assert [(group["label"], len(group["items"])) for group in groups] == [
        ("已逾期", 1),
        ("今天", 2),
        ("之后", 1),
        ("没有时限", 1),
    ]
    primary = [item["primary"] for group in groups for item in group["items"]]
    assert primary == [True, False, False, False, False]


def test_of_many_of_one_sort_ten_are_listed_and_the_rest_counted(world, as_user, submitted):
    make_many.many([submitted], 11, number=make_many.new_text("number"))

    listed = todo.todos(world.li)
    page = as_user(world.li).get(reverse("portal:home")).text

    assert [line.more for line in listed] == [0] * 9 + [2]
    assert "12 件，按到期时间排列" in page
    assert "“开班计划”还有 2 件" in page


def test_when_those_not_listed_may_be_late_the_number_is_a_least_one(world, as_user, submitted):
    make_many.many([submitted], 11, number=make_many.new_text("number"))

    with time_machine.travel(submitted.due_at + timedelta(minutes=1), tick=False):
        assert "至少 10 件已逾期" in as_user(world.li).get(reverse("portal:home")).text


def test_nothing_to_do_has_no_groups():
    assert todo.grouped([]) == []
    assert todo.late([line(None)]) == (0, False)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "—"),
        (59, "剩 0 分钟"),
        (61, "剩 1 分钟"),
        (3600, "剩 1 小时 0 分"),
        (86_399, "剩 23 小时 59 分"),
        (86_400, "剩 1 天"),
        (-60, "逾期 1 分钟"),
        (-90_000, "逾期 1 天"),
    ],
)
def test_time_is_said_in_the_largest_unit_that_says_something(seconds, words):
    now = timezone.now()
    due = None if seconds is None else now + timedelta(seconds=seconds)

    assert todo.time_left(due, now) == words


def test_a_role_without_tasks_has_none(world):
    assert todo.todos(world.far_reviewer) == []


def test_a_lesson_past_midnight_waits_until_it_ends_and_is_never_overdue(world):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))
    first = taught.lessons.first()
    night = timezone.localtime(first.starts_at).replace(hour=23, minute=0)
    taught.lessons.filter(pk=first.pk).update(starts_at=night, ends_at=night + timedelta(hours=3))

    with time_machine.travel(night + timedelta(hours=2), tick=False):
        line = next(
            line for line in todo.todos(world.ma) if line.url.endswith(f"/{first.pk}/roll/")
        )
        assert line.due == night + timedelta(hours=3)

    with time_machine.travel(night + timedelta(hours=4), tick=False):
        assert f"/attendance/{first.pk}/roll/" not in [line.url for line in todo.todos(world.ma)]


def test_a_filing_waits_for_the_hr_department_of_the_place(world):
    filing = make_filings.submitted(world)

    assert lines(world.tian) == [("异地备案", str(world.school))]
    assert todo.todos(world.tian)[0].due == filing.due_at
    assert lines(world.far_reviewer) == lines(world.li) == lines(world.he) == []


def test_a_filing_sent_back_waits_for_the_registrar(world):
    filing = make_filings.submitted(world)
    assert lines(world.aygul) == []

    filings.send_back(filing, by=world.tian, note="写明楼层")

    assert lines(world.aygul) == [("异地备案退回", "到喀什办班")]
    make_filings.draft(world)
    assert lines(world.aygul)[1] == ("异地备案草稿", "到喀什办班")
    assert lines(world.ma) == []


def test_a_copy_waits_for_each_until_they_have_opened_it(world):
    filing = make_filings.filed(world)
    copied = [("抄送", str(world.school))]
    assert lines(world.li) == lines(world.far_reviewer) == lines(world.he) == copied

    filings.open_copy(filing, by=world.li)

    assert lines(world.li) == []
    assert lines(world.zhou) == copied
