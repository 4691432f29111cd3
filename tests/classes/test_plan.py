"""Drafting, submitting, withdrawing, cancelling and finishing a class plan."""


from tests import make_classes
from zhupei.classes.actions import plan
from zhupei.classes.models import State


def test_a_plan_that_follows_its_syllabus_can_be_submitted(world):
    drafted = make_classes.planned_class(world)

    submitted = plan.submit(drafted, by=world.aygul)

    assert submitted.state == State.SUBMITTED
    assert submitted.number.endswith("-0001")
    assert submitted.lessons.filter(booked=False).count() == 0


def test_an_approved_class(world):
    c = make_classes.approved_class(world)
    assert c.state == State.APPROVED
