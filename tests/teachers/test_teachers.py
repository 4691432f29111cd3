"""The regional teacher pool."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.refusals import refused
from zhupei.core import audit
from zhupei.teachers import actions
from zhupei.teachers.models import Engagement, Teacher

SINCE = date(2026, 3, 1)


def test_the_region_admits_a_teacher_to_the_pool(world):
    person = make.person("热依汗")

    teacher = actions.admit(person, by=world.gu, title="高级工程师", on=SINCE)

    assert (teacher.person, teacher.in_pool_since) == (person, SINCE)
    assert audit.sentence(audit.own_history(teacher).get()) == "顾海 把 热依汗 收入师资库"


@pytest.mark.parametrize("person", ["li", "aygul", "ma", "chen"])
def test_nobody_else_admits_to_the_pool(world, person):
    with refused("not_allowed"):
        actions.admit(make.person(), by=getattr(world, person), title="", on=SINCE)


def test_one_person_is_one_teacher(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.admit(world.teacher.person, by=world.gu, title="", on=SINCE)


def test_a_teacher_of_one_school_is_engaged_by_another_and_stays_one_row(world):
    actions.engage(world.teacher, world.other_school, by=world.wang, full_time=False, since=SINCE)

    assert Teacher.objects.engaged_by(world.other_school).get() == world.teacher
    assert world.teacher in Teacher.objects.engaged_by(world.school)
    event = audit.own_history(world.teacher).get()
    assert event.within == audit.subject_key(world.other_school)
    assert audit.sentence(event) == "王强 聘用了教师 马建国"


@pytest.mark.parametrize("person", ["wang", "li", "gu", "ma"])
def test_a_school_engages_for_itself_only(world, person):
    with refused("not_allowed"):
        actions.engage(
            world.teacher, world.school, by=getattr(world, person), full_time=True, since=SINCE
        )


def test_a_teacher_is_engaged_by_a_school_once_at_a_time(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.engage(world.teacher, world.school, by=world.aygul, full_time=True, since=SINCE)


def test_an_engagement_that_ended_is_over(world):
    Engagement.objects.filter(teacher=world.teacher).update(until=SINCE)

    assert world.teacher not in Teacher.objects.engaged_by(world.school)
    assert (
        actions.engage(
            world.teacher, world.school, by=world.aygul, full_time=True, since=SINCE
        ).until
        is None
    )


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("aygul", {"马建国", "古丽娜尔·吐尔逊"}),
        ("li", {"马建国", "古丽娜尔·吐尔逊"}),
        ("gu", {"马建国", "古丽娜尔·吐尔逊"}),
        ("wang", set()),
        ("far_reviewer", set()),
        ("chen", set()),
        ("adil", set()),
    ],
)
def test_who_sees_which_teachers(world, person, names):
    seen = Teacher.objects.visible_to(getattr(world, person))

    assert {teacher.person.name for teacher in seen} == names
    assert seen.count() == len(names)
