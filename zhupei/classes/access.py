"""Who may do what to a class."""

from typing import Any

from zhupei.classes.models import (
    Enrolment,
    Invitation,
    Lesson,
    SecondReading,
    State,
    TrainingClass,
    Waiting,
)
from zhupei.organizations.access import holds, oversees, oversees_prefecture, regulates
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.people.access import has_number, is_learner, is_person

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


def may_advise(user: Any, training_class: TrainingClass) -> bool:  # noqa: ARG001 - a predicate
    """The region answers what a bureau asks of it.

    Source: Measures, art. 5 (the region guides the work of the prefectures).
    """
    return regulates(user)


def may_open_evidence(user: Any, training_class: TrainingClass) -> bool:
    """Those who decide on a plan and those who read it again; a draft is nobody's to read."""
    submitted = training_class.number is not None
    return submitted and (may_review(user, training_class) or regulates(user))


def may_read_again(user: Any, second: SecondReading) -> bool:
    """The region; never whoever approved the plan.

    Source: notice of 2023, part 3, section 1 (4: checks are increased).
    """
    return regulates(user) and second.first_reader_id != user.pk


def may_see_figures(user: Any) -> bool:
    """How reviews go: the region sees all bureaus, the reviewers of a bureau their own."""
    acting = getattr(user, "acting", None)
    bureau = bool(
        acting
        and acting.role == Role.REVIEWER
        and acting.organization.kind == Kind.PREFECTURE_AUTHORITY
    )
    return bureau or regulates(user)


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
    return is_learner(user) and has_number(user.person, invitation.id_index)


def may_withdraw(user: Any, enrolment: Enrolment) -> bool:
    """Leaving a class is the learner's own deed as well."""
    return is_learner(user) and is_person(user, enrolment.person)


def may_wait(user: Any, waiting: Waiting) -> bool:
    """Only whoever waits takes a place or leaves the line."""
    return is_learner(user) and is_person(user, waiting.person)


def may_take_back(user: Any, invitation: Invitation) -> bool:
    """The registrar who invited may take it back."""
    return may_plan(user, invitation.training_class)


def may_reschedule(user: Any, lesson: Lesson) -> bool:
    """The registrar changes one lesson of a class in effect."""
    return may_plan(user, lesson.training_class)


def may_freeze(user: Any, training_class: TrainingClass) -> bool:
    """The authority over the institution, wherever the class is held; nobody of the institution.

    Source: Measures, art. 23.
    """
    over = regulates(user) or oversees(user, Role.REVIEWER, training_class.organization)
    return over and not _works_for(user, training_class.organization)


def _works_for(user: Any, organization: Organization) -> bool:
    """Does the person hold any membership in ``organization``, whichever one they wear now?"""
    worn = getattr(user, "worn", None)
    if worn is not None:
        return any(membership.organization_id == organization.pk for membership in worn)
    return bool(user.memberships.filter(organization=organization).exists())
