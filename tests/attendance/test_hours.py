"""Hours add up, also those brought along from another class; two at once are one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes
from tests.make_attendance import class_with_learners, code, enrolment, first_lesson, mark, proposed
from tests.together import at_once
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance, RollMark
from zhupei.classes.models import Enrolment, EnrolmentState
from zhupei.core import audit
from zhupei.syllabus.models import Unit


def attended(held, who) -> Attendance:
    return Attendance.objects.create(
        lesson=held,
        enrolment=who,
        method="scan",
        arrived_at=held.starts_at,
        credited_seconds=held.seconds,
    )


def moved_on(before: Enrolment, taught) -> Enrolment:
    """The same person in another class, as a transfer leaves it."""
    Enrolment.objects.filter(pk=before.pk).update(state=EnrolmentState.TRANSFERRED)
    return Enrolment.objects.create(
        training_class=taught,
        person=before.person,
        came_from=before,
        enrolled_at=timezone.now(),
    )


def test_hours_add_up_by_unit(world, lesson):
    taught = lesson.training_class
    adil = enrolment(taught, world.adil)
    for held in taught.lessons.all()[:3]:
        attended(held, adil)

    by_unit = Attendance.objects.credited_by_unit(adil)

    assert sum(by_unit.values()) == sum(held.seconds for held in taught.lessons.all()[:3])
    assert Attendance.objects.credited_by_enrolment([adil]) == {adil.pk: by_unit}
    assert Attendance.objects.credited_by_unit(enrolment(taught, world.mayra)) == {}


def test_whoever_changes_classes_twice_keeps_the_hours(world, lesson, django_assert_num_queries):
    first = enrolment(lesson.training_class, world.adil)
    second_class = make_classes.planned_class(world)
    third_class = make_classes.planned_class(world)
    attended(lesson, first)
    second = moved_on(first, second_class)
    attended(second_class.lessons.first(), second)
    third = moved_on(second, third_class)
    attended(third_class.lessons.last(), third)
    mayra = enrolment(lesson.training_class, world.mayra)

    with django_assert_num_queries(1):
        credited = Attendance.objects.credited_by_enrolment([third, first, mayra])

    one, two = lesson.seconds, second_class.lessons.first().seconds
    assert credited[third.pk][lesson.unit_id] == one + two
    assert sum(credited[third.pk].values()) == one + two + third_class.lessons.last().seconds
    assert credited[first.pk] == {lesson.unit_id: one}
    assert credited[mayra.pk] == {}


def test_hours_of_another_syllabus_do_not_come_along(world, lesson):
    first = enrolment(lesson.training_class, world.adil)
    attended(lesson, first)
    other = make_classes.planned_class(world)
    unlike = make.published_syllabus("2027.9")
    type(other).objects.filter(pk=other.pk).update(syllabus=unlike)

    assert Unit.objects.filter(syllabus=unlike).exists()
    assert Attendance.objects.credited_by_unit(moved_on(first, other)) == {}


def test_the_page_says_what_was_brought_along(world, as_user, lesson):
    first = enrolment(lesson.training_class, world.adil)
    attended(lesson, first)
    second = moved_on(first, make_classes.planned_class(world))

    page = as_user(world.adil).get(reverse("attendance:hours", args=[second.pk]))

    assert (page.context["total"], page.context["brought"]) == (lesson.seconds, lesson.seconds)
    assert "其中转班以前同一大纲的课" in page.text
    assert reverse("attendance:hours", args=[first.pk]) in page.text


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def in_the_room(transactional_db, morning):
    """A world and a lesson that several connections see."""
    world = make.world()
    lesson = first_lesson(class_with_learners(world))
    morning.move_to(lesson.starts_at)
    return world, lesson


@pytest.mark.django_db(transaction=True)
def test_two_phones_of_one_learner_leave_one_line(in_the_room):
    world, lesson = in_the_room
    seen = code(lesson)

    def sign() -> int:
        return actions.sign_in(lesson, by=world.adil, code=seen).pk

    outcomes = at_once(sign, sign)

    assert outcomes == [Attendance.objects.get().pk] * 2
    assert audit.own_history(enrolment(lesson.training_class, world.adil)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_on_one_phone_one_waits_even_at_the_same_moment(in_the_room):
    world, lesson = in_the_room
    seen = code(lesson)

    def sign(user):
        return actions.sign_in(lesson, by=user, code=seen, device="a phone").waiting

    outcomes = at_once(lambda: sign(world.adil), lambda: sign(world.mayra))

    assert sorted(outcomes) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_phone_that_sends_twice_at_once_is_heard_once(in_the_room):
    world, lesson = in_the_room
    one = mark(lesson, world.adil)

    def send():
        taken = actions.sync(lesson, by=world.ma, phone="A", phone_now=timezone.now(), marks=[one])
        return taken[0].refusal

    assert at_once(send, send) == [None, None]
    assert RollMark.objects.count() == 1
    assert Attendance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_confirming_at_once_confirm_once(in_the_room):
    world, lesson = in_the_room
    found = proposed(lesson, world.adil, by=world.ma)
    other = make.member("帕提古丽", "registrar", world.school)

    outcomes = at_once(
        lambda: actions.confirm_correction(found, by=world.aygul).state,
        lambda: actions.confirm_correction(found, by=other).state,
    )

    assert sorted(outcomes) == ["confirmed", "wrong_state"]
