"""Who may do what with feedback."""

from typing import Any

from zhupei.classes.access import may_plan
from zhupei.classes.models import Enrolment
from zhupei.feedback.models import FollowUp, SelfEvaluation
from zhupei.people.access import is_learner, is_person


def may_speak(user: Any, enrolment: Enrolment) -> bool:
    """Learners speak for themselves, acting for nobody."""
    return is_learner(user) and is_person(user, enrolment.person)


def may_evaluate(user: Any, evaluation: SelfEvaluation) -> bool:
    """The institution evaluates its own class.

    Source: Measures, art. 14.
    """
    return may_plan(user, evaluation.training_class)


def may_call(user: Any, follow_up: FollowUp) -> bool:
    """The institution's registrar rings up its learners."""
    return may_plan(user, follow_up.enrolment.training_class)
