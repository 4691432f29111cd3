"""Who may do what with sittings and attempts."""

from typing import Any

from zhupei.exams.models import Candidate, Sitting
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


def may_watch(user: Any, sitting: Sitting) -> bool:
    """Those who work here look at a sitting; a candidate has pages of their own."""
    acting = getattr(user, "acting", None)
    return bool(acting) and type(sitting).objects.visible_to(user).filter(pk=sitting.pk).exists()


def may_sit(user: Any, candidate: Candidate) -> bool:
    """Nobody but the person the seat is for."""
    return user is not None and user.person_id == candidate.person_id
