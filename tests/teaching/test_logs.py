"""The log of a lesson: filled in already, exceptions with their reason."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import make, make_attendance
from tests.refusals import refused
from zhupei.classes.models import LessonKind
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.teaching import record
from zhupei.teaching.actions import logs
from zhupei.teaching.models import Held, LessonLog


@pytest.fixture
def taught(world):
    return make_attendance.class_with_learners(world)


@pytest.fixture
def lesson(taught):
    found = make_attendance.first_lesson(taught)
    with time_machine.travel(found.ends_at, tick=False):
        yield found


@pytest.fixture
def practice(taught):
    found = taught.lessons.filter(kind=LessonKind.PRACTICE).first()
    with time_machine.travel(found.ends_at, tick=False):
        yield found


def test_with_nothing_said_a_lesson_was_as_planned(lesson, world):
    log = logs.write(lesson, by=world.ma)
    assert (log.held, log.taught_by, log.written_by) == (
        Held.AS_PLANNED, lesson.teacher, world.ma,
    )  # fmt: skip
    assert lesson.unit.title in log.content


def test_an_exception_has_a_reason_and_may_name_who_stood_in(lesson, world):
    with refused("reason_missing"):
        logs.write(lesson, by=world.ma, held=Held.CHANGED, taught_by=world.second_teacher)
    log = logs.write(
        lesson, by=world.ma, held=Held.CHANGED, taught_by=world.second_teacher, note="马老师生病"
    )
    assert log.taught_by == world.second_teacher


def test_nobody_stands_in_who_is_not_engaged(lesson, world):
    stranger = make.teacher("外校教师", world.other_school)
    with refused("teacher_not_of_class"):
        logs.write(lesson, by=world.ma, held=Held.CHANGED, taught_by=stranger, note="代课")


def test_a_practice_lesson_says_how_it_was_practised(practice, world):
    with refused("practice_untold"):
        logs.write(practice, by=world.aygul)
    log = logs.write(practice, by=world.aygul, batches=2, stations_used=10, briefed=True)
    assert (log.batches, log.briefed) == (2, True)


def test_a_lesson_to_come_has_no_log(taught, world):
    found = make_attendance.first_lesson(taught)
    with time_machine.travel(found.starts_at.timestamp() - 60), refused("lesson_not_over"):
        logs.write(found, by=world.ma)


def test_a_lesson_that_still_goes_on_has_no_log(taught, world, as_user):
    found = make_attendance.first_lesson(taught)
    with time_machine.travel(found.starts_at.timestamp() + 60, tick=False):
        with refused("lesson_not_over"):
            logs.write(found, by=world.ma)
        page = (
            as_user(world.ma).get(reverse("teaching:class", args=[found.training_class_id])).content
        )
    assert "正在上课" in page.decode()
    assert "按课表，无出入" not in page.decode()


@pytest.mark.parametrize("person", ["wang", "li", "adil", "gu"])
def test_only_those_who_keep_the_roll_write_the_log(lesson, world, person):
    with pytest.raises(NotAllowed):
        logs.write(lesson, by=getattr(world, person))


def test_an_amended_log_keeps_what_it_said_before(lesson, world):
    logs.write(lesson, by=world.ma)
    logs.write(lesson, by=world.aygul, held=Held.NOT_HELD, note="停电")
    assert LessonLog.objects.count() == 1
    line = audit.timeline(LessonLog.objects.get())[0].sentence
    assert "按课表上课" in line
    assert "停电" in line


def test_one_tap_writes_the_log_and_the_record_grows(lesson, world, taught):
    before = record.of(taught)
    client = Client()
    client.force_login(world.ma)
    page = reverse("teaching:class", args=[taught.pk])
    assert "未写" in client.get(page).content.decode()
    assert client.post(reverse("teaching:as_planned", args=[lesson.pk])).status_code == 302
    after = record.of(taught)
    assert after.there == before.there + 1
    assert "按课表" in client.get(page).content.decode()


def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(lesson, world):
    client = Client()
    client.force_login(world.ma)
    url = reverse("teaching:lesson", args=[lesson.pk])
    assert lesson.unit.title in client.get(url).content.decode()
    said = {
        "held": "changed", "content": "改讲构造", "note": "", "taught_by": lesson.teacher_id,
    }  # fmt: skip
    answer = client.post(url, said)
    assert answer.status_code == 422
    assert "改讲构造" in answer.content.decode()
    assert "请写明原因" in answer.content.decode()
    assert client.post(url, said | {"note": "学员要求"}).status_code == 302


def test_the_bureau_reads_the_log_and_a_stranger_finds_nothing(lesson, world):
    logs.write(lesson, by=world.ma)
    url = reverse("teaching:lesson", args=[lesson.pk])
    for person, status in (("li", 200), ("wang", 404), ("far_reviewer", 404), ("adil", 404)):
        client = Client()
        client.force_login(getattr(world, person))
        assert client.get(url).status_code == status, person


def test_the_record_asks_the_same_questions_for_many_lessons(
    taught, world, django_assert_num_queries
):
    with time_machine.travel(taught.lessons.last().ends_at, tick=False):
        for one in taught.lessons.filter(kind=LessonKind.THEORY):
            logs.write(one, by=world.aygul)
        with django_assert_num_queries(7):
            record.of(taught)
