"""Who may keep the roll of a lesson."""

from typing import Any

from zhupei.classes.models import Lesson
from zhupei.organizations.access import holds
from zhupei.organizations.models import Role


def may_keep_roll(user: Any, lesson: Lesson) -> bool:
    """The registrar of the institution, and the teacher who gives the lesson."""
    institution = lesson.training_class.organization
    if holds(user, Role.REGISTRAR, institution):
        return True
    return (
        holds(user, Role.TEACHER, institution)
        and user.person_id is not None
        and lesson.teacher.person_id == user.person_id
    )
