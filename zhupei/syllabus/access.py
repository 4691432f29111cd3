"""Who may write syllabi, keep the list of jobs, and decide on textbooks."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.organizations.models import Kind
from zhupei.syllabus.models import Syllabus, Textbook

PROPOSERS = {Kind.REGION_AUTHORITY, Kind.INSTITUTION, Kind.ASSOCIATION}


def may_write(user: Any, syllabus: Syllabus) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region draws up the syllabi.

    Source: Measures, art. 5 and 8.
    """
    return regulates(user)


def may_keep_jobs(user: Any) -> bool:
    """The region keeps the list of jobs and of the codes others know them by."""
    return regulates(user)


def may_propose(user: Any) -> bool:
    """Those who teach from textbooks or know them: institutions, the association, the region."""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.organization.kind in PROPOSERS)


def may_correct(user: Any, textbook: Textbook) -> bool:
    """Whoever proposed it, and the region."""
    acting = getattr(user, "acting", None)
    proposed = bool(acting and acting.organization_id == textbook.proposed_by_id)
    return regulates(user) or proposed


def may_decide(user: Any, textbook: Textbook) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region says which books are regular ones."""
    return regulates(user)
