"""Builders of lessons and of the people in them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make_classes
from zhupei.attendance import actions
from zhupei.attendance.actions import code_now
from zhupei.attendance.models import Attendance, Correction, PaperSheet
from zhupei.attendance.rules import Kind
from zhupei.classes.models import Enrolment, Lesson, TrainingClass
from zhupei.people.models import User


def first_lesson(taught: TrainingClass) -> Lesson:
    return taught.lessons.select_related("training_class__organization", "unit").first()


def class_with_learners(world: SimpleNamespace, *users: User) -> TrainingClass:
    """A class that starts today, with these people in it (Adil and Mayra unless told)."""
    taught = make_classes.approved_class(world, starts_on=timezone.localdate())
    for user in users or (world.adil, world.mayra):
        Enrolment.objects.create(
            training_class=taught, person=user.person, enrolled_at=timezone.now()
        )
    return taught


def enrolment(taught: TrainingClass, user: User) -> Enrolment:
    return Enrolment.objects.get(training_class=taught, person=user.person)


def code(lesson: Lesson, *, seconds_ago: int = 0) -> str:
    """What the screen shows now, or showed a moment ago."""
    return code_now(lesson, timezone.now() - timedelta(seconds=seconds_ago))


def proposed(lesson: Lesson, user: User, *, by: User, **said: Any) -> Correction:
    """``by`` proposes that ``user`` was there from the start, unless told otherwise."""
    values = {"arrived_at": lesson.starts_at, "note": "手机没电，当面核对"} | said
    return actions.correct(lesson, enrolment(lesson.training_class, user), by=by, **values)


def corrected(
    lesson: Lesson, user: User, *, by: User, second: User, here: bool = True
) -> Attendance:
    """A line of the roll two people have put right."""
    arrived = {} if here else {"arrived_at": None}
    actions.confirm_correction(proposed(lesson, user, by=by, **arrived), by=second)
    return Attendance.objects.get(lesson=lesson, enrolment__person=user.person)


def photo(name: str = "签到表.jpg") -> ContentFile:
    """What a phone's camera makes of a signed sheet, as far as its first bytes."""
    return ContentFile(b"\xff\xd8\xff\xe0 a signed sheet", name)


def mark(lesson: Lesson, user: User, kind: str = "here", **said: Any) -> actions.Sent:
    """One tap on a teacher's phone whose clock is right; now, unless told otherwise."""
    return actions.Sent(
        **{
            "id": uuid4(),
            "enrolment": enrolment(lesson.training_class, user).pk,
            "kind": Kind(kind),
            "at": timezone.now(),
        }
        | said
    )


def present(lesson: Lesson, user: User) -> Attendance:
    """``user`` is on the roll from the start."""
    return Attendance.objects.create(
        lesson=lesson,
        enrolment=enrolment(lesson.training_class, user),
        method="scan",
        arrived_at=lesson.starts_at,
        credited_seconds=lesson.seconds,
    )


def sheet(world: SimpleNamespace, lesson: Lesson, user: User) -> PaperSheet:
    """A sheet Ma entered when the lesson had begun: ``user`` came five minutes late."""
    with time_machine.travel(lesson.starts_at + timedelta(minutes=30), tick=False):
        arrived = lesson.starts_at + timedelta(minutes=5)
        lines = [actions.Line(enrolment(lesson.training_class, user), arrived)]
        return actions.enter_sheet(lesson, by=world.ma, lines=lines, upload=photo())
