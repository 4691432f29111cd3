"""Who may do what to a class."""

from typing import Any

from zhupei.classes.models import Enrolment, Invitation, Lesson, State, TrainingClass
from zhupei.organizations.access import holds, oversees, oversees_prefecture
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.people.access import is_learner, is_person

OPEN_TO_CHANGE = (State.DRAFT, State.RETURNED)


def may_draft(user: Any, organization: Organization) -> bool:
    """The registrar of a training institution plans its classes."""
    return organization.kind == Kind.INSTITUTION and holds(user, Role.REGISTRAR, organization)


def may_plan(user: Any, training_class: TrainingClass) -> bool:
    return may_draft(user, training_class.organization)


def may_change(user: Any, training_class: TrainingClass) -> bool:
    """A plan is changed by its registrar, and only while nobody is reading it."""
    return training_class.state in OPEN_TO_CHANGE and may_plan(user, training_class)


def may_review(user: Any, training_class: TrainingClass) -> bool:
    """The authority of the place where the class is held; never somebody of the institution.

    Source: Measures, art. 12 (submitted to the authority of the place).
    """
    return oversees_prefecture(
        user, Role.REVIEWER, training_class.prefecture_id
    ) and not _works_for(user, training_class.organization)


def may_invite(user: Any, training_class: TrainingClass) -> bool:
    """People are invited by the registrar until the class is over or called off."""
    ended = (State.REVOKED, State.CANCELLED, State.FINISHED)
    return training_class.state not in ended and may_plan(user, training_class)


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


def may_see_identities(user: Any, training_class: TrainingClass) -> bool:
    """Whole identity numbers: those who file them, and those who check them."""
    return (
        may_plan(user, training_class)
        or may_review(user, training_class)
        or oversees(user, Role.REVIEWER, training_class.organization)
    )


def may_enrol(user: Any) -> bool:
    """People enrol themselves, acting for nobody else.

    Source: Measures, art. 11 (taking part is voluntary).
    """
    return is_learner(user)


def may_answer(user: Any, invitation: Invitation) -> bool:
    """Only the person with the invited identity number; nobody answers for somebody else."""
    return is_learner(user) and user.person.id_index == invitation.id_index


def may_withdraw(user: Any, enrolment: Enrolment) -> bool:
    """Leaving a class is the learner's own deed as well."""
    return is_learner(user) and is_person(user, enrolment.person)


def _works_for(user: Any, organization: Organization) -> bool:
    """Does the person hold any membership in ``organization``, whichever one they wear now?"""
    worn = getattr(user, "worn", None)
    if worn is not None:
        return any(membership.organization_id == organization.pk for membership in worn)
    return bool(user.memberships.filter(organization=organization).exists())
