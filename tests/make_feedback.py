"""Builders of what comes after a class."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from tests import make, make_classes
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.feedback.models import Question


def ended_class(world: SimpleNamespace, *, days_ago: int = 0, learners: int = 0) -> TrainingClass:
    """A class in effect whose last day was ``days_ago``, with so many more learners."""
    starts_on = timezone.localdate() - timedelta(days=days_ago + 6)
    found = make_classes.approved_class(world, starts_on=starts_on)
    for _ in range(learners):
        enrolment(found)
    return found


def enrolment(training_class: TrainingClass, user=None) -> Enrolment:
    return Enrolment.objects.create(
        training_class=training_class,
        person=(user or make.learner()).person,
        enrolled_at=timezone.now(),
    )


def scores(score: int = 4, **others: int) -> dict[str, int]:
    return dict.fromkeys(Question.values, score) | others
