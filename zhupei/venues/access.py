"""Who may do what to designations, sites and seats."""

from typing import Any

from zhupei.organizations.access import holds, works_for
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.venues.models import Designation, Site
from zhupei.venues.models.designations import State

DEPARTMENTS = frozenset({Kind.PREFECTURE_AUTHORITY, Kind.HR})


def may_propose(user: Any) -> bool:
    """An officer of the housing bureau or of the HR department of a prefecture.

    Source: Measures, art. 19.
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role == Role.REVIEWER
        and acting.organization.kind in DEPARTMENTS
        and acting.organization.prefecture_id
    )


def may_decide(user: Any, designation: Designation) -> bool:
    """An officer of one of the two departments named, and nobody who works for the body.

    Source: Measures, art. 19 (determined by both departments).
    """
    return department_of(user, designation) is not None and not works_for(
        user, designation.organization
    )


def department_of(user: Any, designation: Designation) -> Organization | None:
    """For which of the two departments this person acts, if for one."""
    acting = getattr(user, "acting", None)
    if not acting or acting.role != Role.REVIEWER:
        return None
    for department in (designation.housing, designation.hr):
        if acting.organization_id == department.pk:
            return department
    return None


def may_sign(user: Any, designation: Designation) -> bool:
    """The first signature is anybody's of the two; the second only the other department's."""
    if not may_decide(user, designation):
        return False
    awaited = designation.awaited
    return awaited is None or department_of(user, designation) == awaited


def may_return(user: Any, designation: Designation) -> bool:
    """The department that is asked for the second signature may ask for changes instead."""
    return may_sign(user, designation)


def may_lift(user: Any, designation: Designation) -> bool:
    """Only the department that suspended takes it back."""
    return (
        may_decide(user, designation) and designation.stopped_by_id == user.acting.organization_id
    )


def may_change(user: Any, designation: Designation) -> bool:
    """While nobody has signed."""
    return designation.state == State.DRAFT and may_decide(user, designation)


def may_add_site(user: Any, organization: Organization) -> bool:
    """The examiners of an assessment body keep its sites."""
    return organization.kind == Kind.ASSESSMENT_BODY and holds(user, Role.EXAMINER, organization)


def may_keep_site(user: Any, site: Site) -> bool:
    """The examiners of the body whose site it is."""
    return may_add_site(user, site.organization)
