"""Who may say what about somebody's attendance."""

from typing import Any

from zhupei.attendance.models import Correction
from zhupei.classes.access import may_keep_roll
from zhupei.organizations.access import holds
from zhupei.organizations.models import Membership, Role

KEEPERS = (Role.REGISTRAR, Role.TEACHER)  # of the institution; any of them may be the second one


def may_correct(user: Any, correction: Correction) -> bool:
    """Proposing is for whoever keeps the roll of that lesson."""
    return may_keep_roll(user, correction.lesson)


def works_there(user: Any, correction: Correction) -> bool:
    """A registrar or teacher of the institution, acting for it."""
    institution = correction.lesson.training_class.organization
    return any(holds(user, role, institution) for role in KEEPERS)


def is_own(user: Any, correction: Correction) -> bool:
    """Did this very person propose it, with this account or another?"""
    proposer = correction.proposed_by
    same_person = proposer.person_id is not None and proposer.person_id == user.person_id
    return bool(proposer.pk == user.pk or same_person)


def may_decide(user: Any, correction: Correction) -> bool:
    """A second person of the institution agrees or does not; never who proposed it, and never the
    learner whose hours they are.

    Source: notice, part 2, section 2 (signatures on rolls are not rigorous).
    """
    return (
        works_there(user, correction)
        and not is_own(user, correction)
        and user.person_id != correction.enrolment.person_id
    )


def may_take_back(user: Any, correction: Correction) -> bool:
    return bool(user and user.pk == correction.proposed_by_id)


def has_second_person(correction: Correction) -> bool:
    """Is there anybody in the institution who could decide?"""
    proposer = correction.proposed_by
    others = Membership.objects.filter(
        organization=correction.lesson.training_class.organization_id,
        role__in=KEEPERS,
        until__isnull=True,
    ).exclude(user=proposer)
    if proposer.person_id:
        others = others.exclude(user__person=proposer.person_id)
    return others.exists()
