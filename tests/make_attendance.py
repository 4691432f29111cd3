"""Builders of lessons and of the people in them."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from tests import make_classes
from zhupei.attendance.actions import code_now
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
