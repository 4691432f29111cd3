"""Correcting the roll takes two people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.make_attendance import class_with_learners, code, enrolment, proposed
from tests.refusals import refused
from zhupei.attendance import actions
from zhupei.attendance.access import has_second_person, may_decide
from zhupei.attendance.models import Attendance, Correction
from zhupei.attendance.workflow import CORRECTION
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.organizations.models import Membership, Role


@pytest.fixture
def second_registrar(world):
    return make.member("帕提古丽", Role.REGISTRAR, world.school)


def test_a_proposal_changes_nothing_until_a_second_person_agrees(world, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    found = proposed(lesson, world.adil, by=world.ma, arrived_at=None, note="点名不在")

    assert (found.state, found.proposed_by, found.decided_by) == ("proposed", world.ma, None)
    assert Attendance.objects.get().credited_seconds == lesson.seconds
    assert not Message.objects.visible_to(world.adil).exists()
    (event,) = audit.own_history(found)
    assert (event.facts["before"], event.facts["after"]) == ("10:00 到", "缺勤")


def test_the_second_person_agrees_and_the_learner_is_told(world, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    found = proposed(lesson, world.adil, by=world.ma, arrived_at=None, note="点名不在")

    decided = actions.confirm_correction(found, by=world.aygul)

    row = Attendance.objects.get()
    assert (decided.state, decided.decided_by) == ("confirmed", world.aygul)
    assert (row.method, row.corrected, row.credited_seconds) == ("teacher", True, 0)
    event = audit.own_history(row.enrolment).last()
    assert (event.verb, event.actor_name) == ("attendance.corrected", "阿依古丽·买买提")
    assert event.facts["proposed_by"] == "马建国"
    assert event.within == audit.subject_key(lesson.training_class)
    (message,) = Message.objects.visible_to(world.adil)
    assert message.title == "您的考勤有更正"
    assert "10:00 到 → 缺勤（点名不在）" in message.body
    assert message.url == f"/attendance/hours/{row.enrolment_id}/"


def test_whoever_left_early_is_credited_until_then(world, lesson):
    found = proposed(
        lesson,
        world.adil,
        by=world.aygul,
        arrived_at=lesson.starts_at + timedelta(minutes=20),
        left_at=lesson.starts_at + timedelta(minutes=65),
    )

    actions.confirm_correction(found, by=world.ma)

    assert Attendance.objects.get().credited_seconds == 45 * 60
    assert audit.own_history(found.enrolment).last().facts["after"] == "10:20 到 11:05 离开"


def test_the_second_person_does_not_agree_and_says_why(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)

    with refused("note_required"):
        actions.reject_correction(found, by=world.aygul, note=" ")
    decided = actions.reject_correction(found, by=world.aygul, note="监控里没有人")

    assert decided.state == "rejected"
    assert not Attendance.objects.exists()
    (message,) = Message.objects.visible_to(world.ma)
    assert "监控里没有人" in message.body
    assert not Message.objects.visible_to(world.adil).exists()


def test_whoever_proposed_it_takes_it_back(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)

    with refused("not_allowed"):
        actions.take_back_correction(found, by=world.aygul)
    assert actions.take_back_correction(found, by=world.ma).state == "taken_back"
    proposed(lesson, world.adil, by=world.ma)


def test_nobody_confirms_what_they_proposed(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)

    with refused("own_correction"):
        actions.confirm_correction(found, by=world.ma)
    with refused("own_correction"):
        actions.reject_correction(found, by=world.ma, note="x")


def test_a_second_account_of_the_same_person_is_no_second_person(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)
    world.aygul.person = None
    twin = make.member("马建国", Role.REGISTRAR, world.school)
    twin.person_id = world.ma.person_id  # in memory: the database allows one account a person

    assert not may_decide(twin, found)


def test_where_nobody_else_is_there_the_refusal_says_what_to_do(world, lesson):
    Membership.objects.filter(user=world.ma).delete()
    found = proposed(lesson, world.adil, by=world.aygul)
    assert not has_second_person(found)

    with refused("no_second_person") as refusal:
        actions.confirm_correction(found, by=world.aygul)
    assert "再任命一名教务员或教师" in str(refusal.value)


def test_whoever_has_left_the_institution_is_no_second_person(world, lesson):
    Membership.objects.filter(user=world.ma).update(until=date(2026, 1, 1))

    assert not has_second_person(proposed(lesson, world.adil, by=world.aygul))


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("aygul", True),
        ("second_registrar", True),
        ("ma", False),  # proposed it
        ("wang", False),
        ("li", False),
        ("gu", False),
        ("chen", False),
        ("adil", False),
        ("sun", False),
    ],
)
def test_who_may_decide(world, lesson, second_registrar, person, allowed):
    found = proposed(lesson, world.adil, by=world.ma)
    user = second_registrar if person == "second_registrar" else getattr(world, person)

    assert may_decide(user, found) is allowed
    if not allowed and person != "ma":
        with refused("not_allowed"):
            actions.confirm_correction(found, by=user)


def test_a_learner_who_teaches_there_does_not_decide_on_their_own_hours(world, lesson):
    Membership.objects.create(
        user=world.adil, organization=world.school, role=Role.TEACHER, since=date(2020, 1, 1)
    )
    found = proposed(lesson, world.adil, by=world.ma)

    assert not may_decide(world.adil, found)


@pytest.mark.parametrize(
    ("person", "moves"),
    [
        ("aygul", ["confirm", "reject"]),
        ("ma", ["take_back"]),
        ("wang", []),
        ("li", []),
        ("adil", []),
    ],
)
def test_who_has_which_buttons(world, lesson, person, moves):
    found = proposed(lesson, world.adil, by=world.ma)

    available = CORRECTION.available(found, getattr(world, person))

    assert [move.name for move in available] == moves


def test_a_decision_is_made_once(world, lesson, second_registrar):
    found = proposed(lesson, world.adil, by=world.ma)
    actions.confirm_correction(found, by=world.aygul)

    with refused("wrong_state"):
        actions.confirm_correction(found, by=second_registrar)


def test_what_changed_meanwhile_is_not_overwritten(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    with refused("changed_meanwhile") as refusal:
        actions.confirm_correction(found, by=world.aygul)
    assert "10:00 到" in str(refusal.value)
    assert Correction.objects.get().state == "proposed"


def test_one_line_has_one_open_proposal(world, lesson):
    proposed(lesson, world.adil, by=world.ma)

    with refused("already_proposed"):
        proposed(lesson, world.adil, by=world.aygul)


def test_what_the_roll_says_already_needs_no_correction(world, lesson):
    with refused("nothing_to_correct"):
        proposed(lesson, world.adil, by=world.ma, arrived_at=None)


@pytest.mark.parametrize("person", ["wang", "li", "gu", "chen", "adil", "sun"])
def test_nobody_else_proposes(world, lesson, person):
    with refused("not_allowed"):
        proposed(lesson, world.adil, by=getattr(world, person))
    assert not Correction.objects.exists()


def test_a_teacher_corrects_only_the_lessons_they_give(world, lesson):
    lesson.teacher = world.second_teacher
    lesson.save()

    with refused("not_allowed"):
        proposed(lesson, world.adil, by=world.ma)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_correction_without_a_reason_is_refused(world, lesson, note):
    with refused("note_required") as refusal:
        proposed(lesson, world.adil, by=world.ma, note=note)
    assert refusal.value.field == "note"


@pytest.mark.parametrize("minutes", [-31, 8 * 60 + 1])
def test_nobody_arrives_outside_the_lesson(world, lesson, minutes):
    start = lesson.starts_at if minutes < 0 else lesson.ends_at - timedelta(hours=8)

    with refused("outside_the_lesson") as refusal:
        proposed(lesson, world.adil, by=world.ma, arrived_at=start + timedelta(minutes=minutes))
    assert refusal.value.field == "arrived_at"


def test_nobody_leaves_before_arriving(world, lesson):
    left_at = lesson.ends_at - timedelta(seconds=1)

    with refused("left_before_arriving"):
        proposed(lesson, world.adil, by=world.ma, arrived_at=lesson.ends_at, left_at=left_at)


def test_what_has_not_happened_cannot_be_corrected(world, lesson, morning):
    morning.move_to(lesson.starts_at - timedelta(seconds=1))

    with refused("lesson_not_begun"):
        proposed(lesson, world.adil, by=world.ma)


def test_somebody_of_another_class_is_not_on_this_roll(world, lesson):
    other = class_with_learners(world, world.sun)

    with refused("wrong_class"):
        actions.correct(
            lesson, enrolment(other, world.sun), by=world.aygul, arrived_at=None, note="x"
        )


def test_the_database_too_wants_two_people(world, lesson):
    found = proposed(lesson, world.adil, by=world.ma)
    alone = {"state": "confirmed", "decided_by": world.ma, "decided_at": timezone.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=found.pk).update(**alone)


def test_the_open_ones_for_the_second_person(world, lesson, second_registrar):
    found = proposed(lesson, world.adil, by=world.ma)

    def waiting(user):
        return list(Correction.objects.for_second_person(user))

    assert waiting(world.aygul) == [found]
    assert waiting(second_registrar) == [found]
    assert waiting(world.ma) == []
    assert waiting(world.wang) == []
    assert waiting(world.li) == []  # sees it, but does not decide
    assert list(Correction.objects.visible_to(world.li)) == [found]
    assert list(Correction.objects.visible_to(world.adil)) == []
