"""Signing in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_attendance
from tests.make_attendance import code
from tests.refusals import refused
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance
from zhupei.attendance.parameters import LATE_AFTER, PER_PHONE, WRONG_TRIES
from zhupei.classes.models import EnrolmentState, State, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import Refused

LATE_BY_TWELVE = 12 * 60


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

    with refused("code_old"):
        actions.sign_in(lesson, by=world.mayra, code=seen)


@pytest.mark.parametrize(("seconds", "minutes"), [(30, 1), (120, 2), (29 * 60, 29)])
def test_a_photo_of_the_screen_is_refused_with_what_to_do(world, lesson, morning, seconds, minutes):
    """Scanned, that is seen now: what was photographed earlier is told from what was mistyped."""
    seen = code(lesson)
    morning.shift(timedelta(seconds=seconds))

    with refused("code_old") as refusal:
        actions.sign_in(lesson, by=world.mayra, code=seen, seen_at=timezone.now())

    said = str(refusal.value)
    assert f"{minutes} 分钟以内的旧码" in said
    assert "对着教室屏幕再扫一次" in said
    assert not Attendance.objects.exists()


def test_in_a_frozen_class_nobody_signs_in(world, lesson):
    TrainingClass.objects.update(frozen_since=timezone.now())

    with refused("class_frozen"):
        actions.sign_in(lesson, by=world.adil, code=code(lesson))
    assert not Attendance.objects.exists()


def test_in_a_class_whose_plan_was_revoked_nobody_signs_in(world, lesson):
    TrainingClass.objects.update(state=State.REVOKED)

    with refused("class_not_in_effect"):
        actions.sign_in(lesson, by=world.adil, code=code(lesson))


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


def test_whoever_was_set_absent_by_two_people_cannot_scan_it_away(world, lesson):
    make_attendance.corrected(lesson, world.adil, by=world.ma, second=world.aygul)
    assert Attendance.objects.get().credited_seconds

    make_attendance.corrected(lesson, world.adil, by=world.ma, second=world.aygul, here=False)

    with refused("set_absent"):
        actions.sign_in(lesson, by=world.adil, code=code(lesson))


# ── One phone for several people ─────────────────────────────────────────────────────────────


def test_the_second_person_on_one_phone_waits_for_the_teacher(world, lesson):
    first = actions.sign_in(lesson, by=world.adil, code=code(lesson), device="a phone")
    second = actions.sign_in(lesson, by=world.mayra, code=code(lesson), device="a phone")

    assert (first.waiting, first.credited_seconds) == (False, lesson.seconds)
    assert (second.waiting, second.credited_seconds) == (True, 0)
    assert second.arrived_at == lesson.starts_at
    (event,) = audit.own_history(second.enrolment)
    assert event.verb == "attendance.held"
    assert "同一部手机已有 1 人签到，等教师确认" in audit.sentence(event)


def test_two_phones_are_two_people(world, lesson):
    for user, device in [(world.adil, "a"), (world.mayra, "b")]:
        row = actions.sign_in(lesson, by=user, code=code(lesson), device=device)
        assert not row.waiting


def test_the_same_phone_in_the_next_lesson_starts_anew(world, lesson, morning):
    actions.sign_in(lesson, by=world.adil, code=code(lesson), device="a phone")
    other = lesson.training_class.lessons.exclude(pk=lesson.pk).first()
    morning.move_to(other.starts_at)

    assert not actions.sign_in(other, by=world.mayra, code=code(other), device="a phone").waiting


def test_a_prefecture_may_take_two_people_on_one_phone(world, lesson):
    make.parameter_value(PER_PHONE, 2, timezone.localdate(), prefecture="652300")
    actions.sign_in(lesson, by=world.adil, code=code(lesson), device="a phone")

    assert not actions.sign_in(lesson, by=world.mayra, code=code(lesson), device="a phone").waiting


# ── Guessing ─────────────────────────────────────────────────────────────────────────────────


def guess(user) -> None:
    actions.note_try(user, Refused("code_wrong", "x"))


def test_whoever_is_wrong_too_often_has_to_wait_a_minute(world, morning):
    for _ in range(WRONG_TRIES.default):
        actions.check_tries(world.adil)
        guess(world.adil)

    with refused("too_many_tries"):
        actions.check_tries(world.adil)
    actions.check_tries(world.mayra)
    morning.shift(timedelta(minutes=1))
    actions.check_tries(world.adil)


def test_coming_too_early_is_no_guess(world, morning):
    for _ in range(20):
        actions.note_try(world.adil, Refused("not_open_yet", "x"))

    actions.check_tries(world.adil)
