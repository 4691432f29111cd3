"""Builders of what comes after a class."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from tests import make, make_classes
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.feedback.models import FollowUp, Question, SelfEvaluation


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


def due_call(enrolment: Enrolment, *, days_ago: int = 0) -> FollowUp:
    """A learner who is to be rung up."""
    due_on = timezone.localdate() - timedelta(days=days_ago)
    return FollowUp.objects.create(enrolment=enrolment, due_on=due_on)


def for_the_site(enrolment: Enrolment) -> dict[str, FollowUp]:
    """A learner to ring up; and a self-evaluation nobody has finished."""
    SelfEvaluation.objects.create(training_class=enrolment.training_class)
    return {"follow_up": due_call(enrolment)}
