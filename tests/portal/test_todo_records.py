"""What waits because of the record of a class, and afterwards: its self-evaluation, the calls."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make_attendance, make_classes, make_feedback, make_teaching
from tests.portal.test_todo import lines
from zhupei.feedback.actions import hand_in, write_self_evaluation
from zhupei.portal import todo
from zhupei.teaching.actions import books, checks, logs
from zhupei.teaching.models import Verdict


def kinds(user) -> list[str]:
    return [kind for kind, _title in lines(user)]


def line(user, kind: str) -> todo.Todo:
    [found] = [one for one in todo.todos(user) if str(one.kind) == kind]
    return found


@pytest.fixture
def ended(world):
    return make_feedback.ended_class(world, days_ago=1)


def test_a_teacher_owes_a_log_for_each_own_lesson_and_the_registrar_sees_one_line(world, ended):
    mine = [one for one in todo.todos(world.ma) if str(one.kind) == "教学日志"]
    own_lessons = ended.lessons.filter(teacher=world.teacher)

    assert len(mine) == own_lessons.count()
    newest = own_lessons.order_by("-ends_at").first()
    assert mine[-1].url == f"/teaching/lessons/{newest.pk}/"
    assert mine[-1].due == newest.ends_at + timedelta(hours=48)
    assert newest.unit.title in mine[-1].note

    late = line(world.aygul, "教学日志")
    assert late.url == f"/teaching/class/{ended.pk}/"
    assert str(ended.lessons.count()) in late.note
    assert "教学日志" not in kinds(world.wang)


def test_at_most_ten_logs_stand_on_a_teacher_s_list(world):
    for weeks in range(4):
        make_feedback.ended_class(world, days_ago=10 + 7 * weeks)

    assert kinds(world.ma).count("教学日志") <= 10


def test_a_log_written_waits_no_longer(world, ended):
    for lesson in ended.lessons.filter(kind="theory"):
        logs.write(lesson, by=world.aygul)
    open_ones = ended.lessons.filter(log=None)

    assert len(kinds(world.ma)) == open_ones.filter(teacher=world.teacher).count()


def test_a_correction_waits_for_a_second_person_only(world):
    lesson = make_attendance.first_lesson(make_attendance.class_with_learners(world, world.adil))
    with time_machine.travel(lesson.ends_at + timedelta(hours=1), tick=False):
        make_attendance.proposed(lesson, world.adil, by=world.ma)

        assert line(world.aygul, "考勤确认").title == "1 条考勤更正等第二个人确认"
        assert line(world.aygul, "考勤确认").url == "/attendance/corrections/"
        assert "考勤确认" not in kinds(world.ma)
        assert "考勤确认" not in kinds(world.wang)


def test_a_self_evaluation_is_due_so_many_working_days_after_the_last_day(world, ended):
    due = line(world.aygul, "质量自评")
    assert due.url == f"/feedback/class/{ended.pk}/self/"
    assert due.due > timezone.now() + timedelta(days=9)
    assert "个工作日" in due.left

    parts = dict.fromkeys(("plan", "teaching", "means", "effect"), "落实")
    hand_in(write_self_evaluation(ended, by=world.aygul, **parts), by=world.aygul)

    assert "质量自评" not in kinds(world.aygul)


def test_calls_are_one_line_with_their_number(world, ended):
    for user in (world.adil, world.mayra):
        make_feedback.due_call(make_feedback.enrolment(ended, user))
    later = make_feedback.enrolment(ended, world.sun)
    make_feedback.due_call(later, days_ago=-3)

    assert line(world.aygul, "学员回访").title == "2 位学员该回访了"
    assert "学员回访" not in kinds(world.ma)


def test_a_fault_waits_for_the_institution_and_its_bureau_until_it_is_put_right(world, ended):
    found = {"verdict": Verdict.BAD, "found": "工位不够", "checked_on": ended.ends_on}
    check = checks.check(ended, by=world.aygul, **found)

    for user in (world.aygul, world.li):
        assert line(user, "教学检查").note == "工位不够"
    assert "教学检查" not in kinds(world.far_reviewer)
    checks.correct(check, by=world.aygul, corrected="加了两个工位")
    assert "教学检查" not in kinds(world.aygul)


def test_books_wait_for_the_teacher_until_everybody_has_one(world):
    taught = make_attendance.class_with_learners(world, world.adil, world.mayra)
    make_teaching.hand_out(world, taught, make_attendance.enrolment(taught, world.adil))

    waiting = line(world.ma, "发教材")
    assert "1 人没领" in waiting.note
    assert waiting.url == f"/teaching/class/{taught.pk}/books/"
    books.give(taught.books.get(), [make_attendance.enrolment(taught, world.mayra)], by=world.ma)
    assert "发教材" not in kinds(world.ma)


def test_nothing_of_a_class_that_never_took_effect_is_owed(world):
    make_classes.planned_class(world)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert kinds(world.aygul) == ["草稿"]
        assert kinds(world.ma) == []
