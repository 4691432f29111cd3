"""Who may issue, revoke and fetch certificates."""

from typing import Any

from zhupei.certificates.models import Certificate
from zhupei.exams.access import may_run
from zhupei.exams.models import Sitting
from zhupei.organizations.access import holds, oversees, regulates, works_for
from zhupei.organizations.models import Organization, Role
from zhupei.people.access import is_learner, is_person

OFFICES = frozenset({Role.EXAMINER, Role.REGISTRAR, Role.REVIEWER, Role.REGULATOR})


def may_issue(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body that held the sitting.

    Source: Measures, art. 18 (the assessment body certifies those who passed).
    """
    return may_run(user, sitting)


def may_revoke(user: Any, certificate: Certificate) -> bool:
    """Only whoever issued it takes it back."""
    return holds(user, Role.EXAMINER, certificate.organization)


def may_flag(user: Any, institution: Organization) -> bool:
    """The authorities over the institution that trained; never somebody of it.

    Source: Measures, art. 23 (the authority of the place has it put right).
    """
    over = regulates(user) or oversees(user, Role.REVIEWER, institution)
    return over and not works_for(user, institution)


def owns(user: Any, certificate: Certificate) -> bool:
    """Is it this person's own, asked for by themself?"""
    return is_learner(user) and is_person(user, certificate.person)


def may_export(user: Any) -> bool:
    """Lists leave the house with those who issue, train or oversee."""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role in OFFICES)


def may_fetch(user: Any, certificate: Certificate) -> bool:
    """The holder; and those who issue, train or oversee, but not every teacher.

    Asked about certificates the person may see (``visible_to``).
    """
    return owns(user, certificate) or may_export(user)
