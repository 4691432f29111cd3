"""Signing in, and correcting the roll."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests import make, make_attendance
from tests.make_attendance import class_with_learners, code, enrolment, first_lesson
from tests.refusals import refused
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance
from zhupei.attendance.parameters import LATE_AFTER
from zhupei.classes.models import EnrolmentState
from zhupei.core import audit
from zhupei.core.models import Message

BEIJING = ZoneInfo("Asia/Shanghai")
LATE_BY_TWELVE = 12 * 60


@pytest.fixture
def morning():
    """08:00 on a Wednesday; the first lesson begins at ten."""
    with time_machine.travel(datetime(2027, 3, 17, 8, tzinfo=BEIJING), tick=False) as clock:
        yield clock


@pytest.fixture
def lesson(world, morning):
    """The first lesson of a class with Adil and Mayra; the clock stands at its start."""
    lesson = first_lesson(class_with_learners(world))
    morning.move_to(lesson.starts_at)
    return lesson


def absent(lesson, **fields) -> Attendance:
    """Ma corrects Adil's line to absent, unless told otherwise."""
    adil = lesson.training_class.enrolments.get(person__name__startswith="阿迪力")
    return actions.correct(lesson, adil, **{"arrived_at": None, "note": "点名不在"} | fields)


def test_a_learner_signs_in_with_the_code_on_the_screen(world, lesson):
    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))

    assert (row.method, row.arrived_at) == ("typed", lesson.starts_at)
    assert row.credited_seconds == lesson.seconds
    (event,) = audit.own_history(row.enrolment)
    assert event.verb == "attendance.signed_in"
    assert event.within == audit.subject_key(lesson.training_class)
    assert event.facts == {"lesson": str(lesson), "method": "输入数字"}
    assert audit.sentence(event).startswith("阿迪力·吾守尔 签到：")


def test_signing_in_twice_is_one_line_and_one_event(world, lesson, morning):
    first = actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.shift(timedelta(minutes=20))

    second = actions.sign_in(lesson, by=world.adil, code=code(lesson))

    assert (second.pk, second.arrived_at) == (first.pk, lesson.starts_at)
    assert audit.own_history(first.enrolment).count() == 1


def test_who_comes_after_the_grace_is_credited_from_then_on(world, lesson, morning):
    morning.shift(timedelta(seconds=LATE_BY_TWELVE))

    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))

    assert row.credited_seconds == lesson.seconds - LATE_BY_TWELVE


def test_a_prefecture_may_be_more_patient(world, lesson, morning):
    make.parameter_value(LATE_AFTER, 15, timezone.localdate(), prefecture="652300")
    morning.shift(timedelta(seconds=LATE_BY_TWELVE))

    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))

    assert row.credited_seconds == lesson.seconds


def test_who_is_early_is_told_when_signing_in_opens(world, lesson, morning):
    morning.move_to(lesson.starts_at - timedelta(minutes=31))

    with refused("not_open_yet") as refusal:
        actions.sign_in(lesson, by=world.adil, code=code(lesson))
    assert "3月17日 09:30（北京时间）" in str(refusal.value)
    assert not Attendance.objects.exists()


def test_half_an_hour_before_it_is_open(world, lesson, morning):
    morning.move_to(lesson.starts_at - timedelta(minutes=30))

    assert actions.sign_in(lesson, by=world.adil, code=code(lesson)).credited_seconds == (
        lesson.seconds
    )


def test_when_the_lesson_is_over_the_roll_is_closed(world, lesson, morning):
    morning.move_to(lesson.ends_at)
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.shift(timedelta(seconds=1))

    with refused("lesson_over"):
        actions.sign_in(lesson, by=world.mayra, code=code(lesson))


@pytest.mark.parametrize("typed", ["", "000000x", "abc"])
def test_a_wrong_code_signs_nobody_in(world, lesson, typed):
    with refused("code_wrong") as refusal:
        actions.sign_in(lesson, by=world.adil, code=typed)
    assert refusal.value.field == "code"
    assert "码每 15 秒换一次" in str(refusal.value)


def test_a_code_passed_on_half_a_minute_later_is_worth_nothing(world, lesson, morning):
    seen = code(lesson)
    morning.shift(timedelta(seconds=30))

    with refused("code_wrong"):
        actions.sign_in(lesson, by=world.mayra, code=seen)


def test_the_code_of_another_lesson_does_not_count(world, lesson):
    other = lesson.training_class.lessons.exclude(pk=lesson.pk).first()

    with refused("code_wrong"):
        actions.sign_in(lesson, by=world.adil, code=code(other))


def test_a_scan_counts_from_when_it_was_seen(world, lesson, morning):
    seen, moment = code(lesson), timezone.now()
    morning.shift(timedelta(minutes=5))

    row = actions.sign_in(lesson, by=world.adil, code=seen, seen_at=moment)

    assert (row.method, row.arrived_at) == ("scan", moment)


def test_a_scan_kept_for_longer_than_five_minutes_has_to_be_repeated(world, lesson, morning):
    seen, moment = code(lesson), timezone.now()
    morning.shift(timedelta(minutes=5, seconds=1))

    with refused("seen_too_long_ago"):
        actions.sign_in(lesson, by=world.adil, code=seen, seen_at=moment)


@pytest.mark.parametrize("person", ["sun", "wang", "aygul", "ma", "li"])
def test_who_is_not_in_the_class_cannot_sign_in(world, lesson, person):
    with refused("not_enrolled"):
        actions.sign_in(lesson, by=getattr(world, person), code=code(lesson))


def test_who_has_left_the_class_cannot_sign_in(world, lesson):
    left = lesson.training_class.enrolments.filter(person=world.adil.person)
    left.update(state=EnrolmentState.WITHDRAWN)

    with refused("not_enrolled"):
        actions.sign_in(lesson, by=world.adil, code=code(lesson))


def test_the_teacher_corrects_a_line_with_a_reason_and_the_learner_is_told(world, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    row = absent(lesson, by=world.ma)

    assert (row.method, row.corrected, row.credited_seconds) == ("teacher", True, 0)
    event = audit.own_history(row.enrolment).last()
    assert event.verb == "attendance.corrected"
    assert event.actor_name == "马建国"
    assert (event.facts["before"], event.facts["after"]) == ("10:00 到", "缺勤")
    assert event.facts["note"] == "点名不在"
    (message,) = Message.objects.visible_to(world.adil)
    assert message.title == "您的考勤有更正"
    assert "10:00 到 → 缺勤（点名不在）" in message.body
    assert message.url == f"/attendance/hours/{row.enrolment_id}/"


def test_the_registrar_enters_somebody_whose_phone_was_dead(world, lesson):
    row = absent(
        lesson,
        by=world.aygul,
        arrived_at=lesson.starts_at + timedelta(minutes=20),
        left_at=lesson.starts_at + timedelta(minutes=65),
        note="手机没电，当面核对",
    )

    assert row.credited_seconds == 45 * 60
    assert audit.own_history(row.enrolment).last().facts["after"] == "10:20 到 11:05 离开"


def test_absent_with_a_time_of_leaving_is_just_absent(world, lesson):
    row = absent(lesson, by=world.ma, left_at=lesson.ends_at)

    assert (row.arrived_at, row.left_at, row.credited_seconds) == (None, None, 0)


@pytest.mark.parametrize("person", ["wang", "li", "gu", "chen", "adil", "sun"])
def test_nobody_else_corrects_the_roll(world, lesson, person):
    with refused("not_allowed"):
        absent(lesson, by=getattr(world, person))
    assert not Attendance.objects.exists()


def test_a_teacher_corrects_only_the_lessons_they_give(world, lesson):
    lesson.teacher = world.second_teacher
    lesson.save()

    with refused("not_allowed"):
        absent(lesson, by=world.ma)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_correction_without_a_reason_is_refused(world, lesson, note):
    with refused("note_required") as refusal:
        absent(lesson, by=world.ma, note=note)
    assert refusal.value.field == "note"


@pytest.mark.parametrize("minutes", [-31, 8 * 60 + 1])
def test_nobody_arrives_outside_the_lesson(world, lesson, minutes):
    start = lesson.starts_at if minutes < 0 else lesson.ends_at - timedelta(hours=8)

    with refused("outside_the_lesson") as refusal:
        absent(lesson, by=world.ma, arrived_at=start + timedelta(minutes=minutes))
    assert refusal.value.field == "arrived_at"


def test_nobody_leaves_before_arriving(world, lesson):
    with refused("left_before_arriving"):
        absent(
            lesson,
            by=world.ma,
            arrived_at=lesson.ends_at,
            left_at=lesson.ends_at - timedelta(seconds=1),
        )


def test_what_has_not_happened_cannot_be_corrected(world, lesson, morning):
    morning.move_to(lesson.starts_at - timedelta(seconds=1))

    with refused("lesson_not_begun"):
        absent(lesson, by=world.ma)


def test_somebody_of_another_class_is_not_on_this_roll(world, lesson):
    other = class_with_learners(world, world.sun)

    with refused("wrong_class"):
        actions.correct(
            lesson, enrolment(other, world.sun), by=world.aygul, arrived_at=None, note="x"
        )


def test_hours_add_up_by_unit(world, lesson):
    taught = lesson.training_class
    adil = enrolment(taught, world.adil)
    for held in taught.lessons.all()[:3]:
        Attendance.objects.create(
            lesson=held,
            enrolment=adil,
            method="scan",
            arrived_at=held.starts_at,
            credited_seconds=held.seconds,
        )

    by_unit = Attendance.objects.credited_by_unit(adil)

    assert sum(by_unit.values()) == sum(held.seconds for held in taught.lessons.all()[:3])
    assert Attendance.objects.credited_by_enrolment([adil]) == {adil.pk: by_unit}
    assert Attendance.objects.credited_by_unit(enrolment(taught, world.mayra)) == {}


@pytest.mark.django_db(transaction=True)
def test_two_phones_of_one_learner_leave_one_line(morning):
    world = make.world()
    lesson = first_lesson(make_attendance.class_with_learners(world))
    morning.move_to(lesson.starts_at)
    seen = code(lesson)

    def sign(_turn: int) -> int:
        try:
            return actions.sign_in(lesson, by=world.adil, code=seen).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(sign, range(2)))) == 1
    assert Attendance.objects.count() == 1
    assert audit.own_history(enrolment(lesson.training_class, world.adil)).count() == 1
