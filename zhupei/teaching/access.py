"""Who may keep the record of a class."""

from typing import Any

from zhupei.classes.access import may_keep_roll, may_plan
from zhupei.classes.models import Lesson, TrainingClass
from zhupei.organizations.access import holds
from zhupei.organizations.models import Role
from zhupei.people.access import is_learner, is_person
from zhupei.teaching.models import HandOut


def may_log(user: Any, lesson: Lesson) -> bool:
    """Whoever keeps the roll of a lesson writes its log: its teacher, or the registrar."""
    return may_keep_roll(user, lesson)


def may_add(user: Any, training_class: TrainingClass) -> bool:
    """Evidence comes from the institution: its registrar, or a teacher of the class."""
    if may_plan(user, training_class):
        return True
    return (
        holds(user, Role.TEACHER, training_class.organization)
        and user.person_id is not None
        and training_class.lessons.filter(teacher__person=user.person_id).exists()
    )


def may_check(user: Any, training_class: TrainingClass) -> bool:
    """The registrar checks; nobody checks a lesson they gave themself (see actions.checks)."""
    return may_plan(user, training_class)


def may_give_books(user: Any, training_class: TrainingClass) -> bool:
    return may_add(user, training_class)


def may_confirm(user: Any, hand_out: HandOut) -> bool:
    """Only whoever received a book says so."""
    return is_learner(user) and is_person(user, hand_out.enrolment.person)
