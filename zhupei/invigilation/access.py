"""Who may look at the room of a sitting, and who may act in it."""

from typing import Any

from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.models import Candidate, Sitting
from zhupei.organizations.access import oversees_prefecture
from zhupei.organizations.models import Role

__all__ = ["may_call", "may_invigilate", "may_look", "may_set_up"]


def may_look(user: Any, sitting: Sitting) -> bool:
    """Who acts in the room, and the bureaus of its place: they look on and touch nothing.

    Source: Measures, art. 6 (every sitting is overseen).
    """
    return may_invigilate(user, sitting) or oversees_prefecture(
        user, Role.REVIEWER, sitting.prefecture_id
    )


def may_set_up(user: Any, sitting: Sitting) -> bool:
    """The examiners decide beforehand with which browser candidates sit."""
    return may_run(user, sitting)


def may_call(user: Any, candidate: Candidate) -> bool:
    """Only the candidate raises their hand."""
    return bool(user is not None and user.person_id and user.person_id == candidate.person_id)
