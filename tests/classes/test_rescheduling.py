"""Another teacher, room or time for one lesson of a class in effect."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.access import may_reschedule
from zhupei.classes.actions import enrolment, freezing, plan
from zhupei.classes.actions.rescheduling import reschedule, slot_of
from zhupei.classes.events import ClassEvent
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, TextMessage
from zhupei.people.models import Purpose

WHY = "马老师生病"
DAY = timedelta(days=1)


@pytest.fixture
def taught(world):
    found = make_classes.approved_class(world)
    enrolment.sign_up(found, by=world.adil, consents=(Purpose.TRAINING,))
    return found


def last_of(found):
    return found.lessons.select_related("teacher__person", "room", "unit").last()


def later(slot, days=1):
    return replace(slot, starts_at=slot.starts_at + days * DAY, ends_at=slot.ends_at + days * DAY)


def test_a_lesson_moves_and_everybody_is_told_with_before_and_after(world, taught):
    lesson = last_of(taught)
    was = slot_of(lesson)

    moved = reschedule(lesson, by=world.aygul, to=later(was), note=WHY)

    event = audit.own_history(taught).last()
    assert event.verb == ClassEvent.RESCHEDULED
    assert (event.facts["was"], event.facts["now"]) == (str(was), str(slot_of(moved)))
    assert WHY in audit.sentence(event)
    for who in (world.adil, world.li):
        assert Message.objects.filter(recipient=who, title__contains="调课").exists()
    assert "调课" in TextMessage.objects.latest("pk").text
    assert moved.booked


def test_only_a_change_of_teacher_rings_nobodys_phone(world, taught):
    other = make.teacher("赵志刚", world.school)
    before = TextMessage.objects.count()

    reschedule(
        last_of(taught),
        by=world.aygul,
        to=replace(slot_of(last_of(taught)), teacher=other),
        note=WHY,
    )

    assert TextMessage.objects.count() == before


def test_a_teacher_or_room_taken_elsewhere_is_refused_beside_its_field(world, taught):
    elsewhere = make_classes.approved_class(world, starts_on=taught.ends_on + DAY)
    other = elsewhere.lessons.select_related("teacher__person", "room").first()
    lesson = last_of(taught)
    free_teacher, free_room = make.teacher("赵志刚", world.school), make.room(world.school)
    with time_machine.travel(timezone.now(), tick=False):
        taught.ends_on = other.starts_at.date()
        taught.save(update_fields=["ends_on"])
        length = lesson.ends_at - lesson.starts_at
        to = replace(slot_of(other), ends_at=other.starts_at + length)

        with refused("teacher_double_booked") as refusal:
            reschedule(lesson, by=world.aygul, to=replace(to, room=free_room), note=WHY)
        with refused("room_double_booked"):
            reschedule(lesson, by=world.aygul, to=replace(to, teacher=free_teacher), note=WHY)

    assert refusal.value.field == "teacher"


def test_what_a_plan_may_not_be_one_lesson_may_not_become(world, taught):
    lesson = last_of(taught)
    was = slot_of(lesson)
    first = taught.lessons.first()
    stranger = make.teacher("外人", world.other_school)
    small, closed = make.room(world.school, seats=5), make.room(world.school)
    closed.closed_on = timezone.localdate()
    closed.save()
    length = was.ends_at - was.starts_at
    cases = {
        "nothing_changed": was,
        "lesson_ends_before_it_starts": replace(was, ends_at=was.starts_at),
        "hours_changed": replace(was, ends_at=was.ends_at + timedelta(minutes=5)),
        "lesson_in_the_past": later(was, -60),
        "lesson_outside_class": later(was, 60),
        "teacher_not_engaged": replace(was, teacher=stranger),
        "room_not_yours": replace(was, room=make.room(world.other_school)),
        "room_too_small": replace(was, room=small),
        "room_not_usable": replace(was, room=closed),
        "lessons_overlap": replace(
            was, starts_at=first.starts_at, ends_at=first.starts_at + length
        ),
    }
    for code, to in cases.items():
        with refused(code):
            reschedule(lesson, by=world.aygul, to=to, note=WHY)
    with refused("note_required"):
        reschedule(lesson, by=world.aygul, to=later(was), note=" ")


def test_a_lesson_that_began_or_a_class_that_is_not_in_effect_stays(world, taught):
    first = taught.lessons.select_related("teacher__person", "room").first()
    with time_machine.travel(first.starts_at + timedelta(minutes=1)), refused("lesson_was_held"):
        reschedule(first, by=world.aygul, to=later(slot_of(first)), note=WHY)

    submitted = make_classes.submitted_class(world, starts_on=taught.ends_on + 30 * DAY)
    with refused("class_not_in_effect"):
        lesson = last_of(submitted)
        reschedule(lesson, by=world.aygul, to=later(slot_of(lesson)), note=WHY)


def test_lessons_lost_to_a_suspension_are_held_later_and_the_class_with_them(world, taught):
    first = taught.lessons.select_related("teacher__person", "room").first()
    freezing.freeze(taught, by=world.li, note="暂停业务")
    with refused("class_frozen"):
        reschedule(first, by=world.aygul, to=later(slot_of(first)), note=WHY)
    with time_machine.travel(first.ends_at + timedelta(hours=1), tick=False):
        freezing.thaw(taught, by=world.li)
        day = (taught.ends_on - taught.starts_on).days + 2

        reschedule(first, by=world.aygul, to=later(slot_of(first), day), note="补上冻结期间的课")

        taught.refresh_from_db()
        assert taught.ends_on == timezone.localdate(first.starts_at) + day * DAY
        with refused("class_not_over"):
            plan.finish(taught, by=world.aygul)


@pytest.mark.parametrize(
    ("who", "may"), [("aygul", True), ("wang", False), ("li", False), ("ma", False)]
)
def test_who_may_reschedule(world, taught, who, may):
    lesson = last_of(taught)

    assert may_reschedule(getattr(world, who), lesson) is may
    if not may:
        with pytest.raises(NotAllowed):
            reschedule(lesson, by=getattr(world, who), to=later(slot_of(lesson)), note=WHY)


def test_a_lesson_is_moved_in_the_browser(world, taught, client):
    lesson = last_of(taught)
    page = f"/classes/lessons/{lesson.pk}/reschedule/"
    client.force_login(world.aygul)
    assert page in client.get(f"/classes/{taught.pk}/timetable/").content.decode()
    start, end = timezone.localtime(lesson.starts_at), timezone.localtime(lesson.ends_at)
    said = {
        "day": (start.date() + DAY).isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "teacher": lesson.teacher_id,
        "room": lesson.room_id,
        "note": WHY,
    }

    wrong = client.post(page, said | {"day": (start.date() + 60 * DAY).isoformat()})
    assert wrong.status_code == 422
    assert "办班期间内" in wrong.content.decode()
    assert WHY in wrong.content.decode()
    assert client.post(page, said).status_code == 302
    client.force_login(world.wang)
    assert client.get(page).status_code == 404
    client.force_login(world.li)
    assert client.get(page).status_code == 403
