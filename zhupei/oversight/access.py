"""Who may do what about an institution that went wrong."""

from typing import Any

from zhupei.institutions.access import may_keep_file, may_suspend
from zhupei.institutions.models import Admission
from zhupei.organizations.access import oversees, regulates, works_for
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.oversight.models import Handover, Measure, MeasureKind, Suspension


def may_lift(user: Any, admission: Admission, suspension: Suspension) -> bool:
    """Whoever may suspend; what the region ordered, the region lifts.

    Source: Measures, art. 23.
    """
    by_region = suspension.authority.kind == Kind.REGION_AUTHORITY
    return may_suspend(user, admission) and (regulates(user) or not by_region)


# Measures


def may_take_measures(user: Any, organization: Organization) -> bool:
    """The region and the bureau of the place; never somebody of the institution.

    Source: Measures, art. 23 (the authority of the place has it put right).
    """
    over = regulates(user) or oversees(user, Role.REVIEWER, organization)
    return over and not works_for(user, organization)


def may_handle(user: Any, measure: Measure) -> bool:
    """Those of the authority that drafted it; and the region."""
    own = getattr(user, "acting", None) and user.acting.organization_id == measure.authority_id
    return bool(own or regulates(user)) and may_take_measures(user, measure.organization)


def may_state(user: Any, measure: Measure) -> bool:
    """The institution speaks for itself.

    Source: Administrative Penalty Law, art. 45 (the right to a statement).
    """
    return may_keep_file(user, measure.organization)


def may_decide(user: Any, measure: Measure) -> bool:
    """Another person than the one who drafted it; removal from the list is for the region.

    Source: Measures, art. 5 and 23.
    """
    if measure.kind == MeasureKind.REMOVE and not regulates(user):
        return False
    return may_handle(user, measure) and user.pk != measure.drafted_by_id


def may_drop(user: Any, measure: Measure) -> bool:
    return may_handle(user, measure)


def may_revoke(user: Any, measure: Measure) -> bool:
    """Whoever may decide."""
    return may_decide(user, measure)


# Matters handed over


def may_send(user: Any, handover: Handover) -> bool:
    """Another person of the same authority than the one who wrote it up."""
    return may_keep(user, handover) and user.pk != handover.drafted_by_id


def may_keep(user: Any, handover: Handover) -> bool:
    """Those of the authority it comes from."""
    acting = getattr(user, "acting", None)
    own = acting is not None and acting.organization_id == handover.authority_id
    return own and may_take_measures(user, handover.organization)


def may_receive(user: Any, handover: Handover) -> bool:
    """The department it went to; for one outside the system the sender enters what it says.

    Source: Measures, art. 23 (the HR department deals with it).
    """
    if handover.receiver_id is None:
        return may_keep(user, handover)
    acting = getattr(user, "acting", None)
    if acting is None or acting.organization_id != handover.receiver_id:
        return False
    return bool(acting.role == Role.REVIEWER)


def may_keep_catalogue(user: Any) -> bool:
    """The region keeps the catalogue of legal bases.

    Source: Measures, art. 5 (the region establishes policies and rules).
    """
    return regulates(user)
