"""Who evaluates, calls and speaks."""

import pytest

from tests.make_feedback import ended_class, enrolment
from zhupei.feedback.access import may_call, may_evaluate, may_speak
from zhupei.feedback.models import FollowUp, SelfEvaluation


@pytest.fixture
def ended(world):
    return ended_class(world)


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("aygul", True),
        ("ma", False),
        ("wang", False),
        ("li", False),
        ("gu", False),
        ("adil", False),
    ],
)
def test_the_institution_evaluates_and_calls_nobody_else(ended, world, person, allowed):
    user = getattr(world, person)
    assert may_evaluate(user, SelfEvaluation(training_class=ended)) is allowed
    assert may_call(user, FollowUp(enrolment=enrolment(ended))) is allowed


@pytest.mark.parametrize(
    ("person", "allowed"), [("adil", True), ("mayra", False), ("aygul", False), ("ma", False)]
)
def test_learners_speak_for_themselves(ended, world, person, allowed):
    mine = enrolment(ended, world.adil)
    assert may_speak(getattr(world, person), mine) is allowed
