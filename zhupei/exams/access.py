"""Who may do what with sittings and attempts."""

from typing import Any

from zhupei.core.parameters import value
from zhupei.exams.models import Attempt, Candidate, Sitting, State
from zhupei.exams.parameters import SHOW_MARK_AT_ONCE
from zhupei.organizations.access import holds
from zhupei.organizations.models import Kind, Organization, Role


def may_plan(user: Any, organization: Organization) -> bool:
    """Only an assessment body holds sittings.

    Source: Measures, art. 19 (assessment bodies are determined) and art. 20.
    """
    return organization.kind == Kind.ASSESSMENT_BODY and holds(user, Role.EXAMINER, organization)


def may_run(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body that holds the sitting. Bureaus look on: 告知 is not approval.

    Source: Measures, art. 20.
    """
    return may_plan(user, sitting.organization)


def may_close(user: Any, sitting: Sitting) -> bool:
    """The clock, or an examiner after the end."""
    return user is None or may_run(user, sitting)


def may_sit(user: Any, candidate: Candidate) -> bool:
    """Nobody but the person the seat is for."""
    return user is not None and user.person_id == candidate.person_id


def sees_mark(attempt: Attempt) -> bool:
    """May the candidate see the mark now: at once, or only when the marks are released?"""
    sitting = attempt.sitting
    if attempt.mark is None:
        return False
    if sitting.state == State.RELEASED:
        return True
    return bool(value(SHOW_MARK_AT_ONCE, prefecture=sitting.prefecture_id) == "yes")
