"""Who handles complaints, and who may know who complained."""

from typing import Any

from zhupei.complaints.models import Complaint, Extension, Inquiry
from zhupei.complaints.models.complaint import ties_of
from zhupei.organizations.access import holds, regulates
from zhupei.organizations.models import AUTHORITIES, Kind, Organization, Role

CLERKS = frozenset({Role.REVIEWER, Role.REGULATOR})
HANDLING = frozenset({*AUTHORITIES, Kind.HR})


def is_tied(user: Any, complaint: Complaint) -> bool:
    """Does anything bind the person to the body complained about? Then they stay away.

    Source: practice (利害关系回避, as in 双随机 rules).
    """
    return complaint.organization_id in ties_of(user)


def _acts_for_handler(user: Any, complaint: Complaint) -> bool:
    acting = getattr(user, "acting", None)
    return bool(acting and acting.organization_id == complaint.handler_id)


def may_dispatch(user: Any, complaint: Complaint) -> bool:
    """The officers of the body that handles it; the region may take any complaint in hand.

    Source: Measures, art. 24 (complaints go to the authority of the place).
    """
    acting = getattr(user, "acting", None)
    if acting is None or acting.role not in CLERKS:
        return False
    return (_acts_for_handler(user, complaint) or regulates(user)) and not is_tied(user, complaint)


def may_assign(user: Any, complaint: Complaint) -> bool:
    """Whoever handles it names its investigator; the region does not reach into a bureau."""
    return _acts_for_handler(user, complaint) and may_dispatch(user, complaint)


def may_handle(user: Any, complaint: Complaint) -> bool:
    """The person it was assigned to, acting for the body that handles it, without any tie."""
    return (
        complaint.investigator_id == getattr(user, "pk", 0)
        and _acts_for_handler(user, complaint)
        and not is_tied(user, complaint)
    )


def may_give_time(user: Any, extension: Extension) -> bool:
    """Somebody above: an officer who dispatches it, or the region; never who investigates it or
    asked for it.

    Source: project register of facts, §9 (信访工作条例: allowed by the head of the body, borrowed).
    """
    complaint = extension.complaint
    concerned = {complaint.investigator_id, extension.asked_by_id}
    return may_dispatch(user, complaint) and user.pk not in concerned


def may_reply(user: Any, complaint: Complaint) -> bool:
    """The investigator, or an officer of the body that handles it."""
    return may_handle(user, complaint) or may_assign(user, complaint)


def may_see_identity(user: Any, complaint: Complaint) -> bool:
    """The people of the body that handles it: not the region above it, nobody with a tie.

    Source: PIPL, art. 6 and 51.
    """
    return complaint.named and may_reply(user, complaint)


def may_urge(user: Any, complaint: Complaint) -> bool:
    """The region, where somebody else handles it."""
    return regulates(user) and not _acts_for_handler(user, complaint)


def may_take_down(user: Any) -> bool:
    """The officers of an authority write down what they are told by phone or at the counter."""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role in CLERKS and acting.organization.kind in HANDLING)


def may_answer(user: Any, inquiry: Inquiry) -> bool:
    """The registrar of an institution, the examiner of an assessment body."""
    body = inquiry.organization
    role = Role.EXAMINER if body.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    return holds(user, role, body)


def may_keep_channel(user: Any, organization: Organization) -> bool:
    """An authority's own officers say where people reach it.

    Source: Measures, art. 24 (bureaus publish how to complain).
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.organization_id == organization.pk
        and acting.role in CLERKS
        and organization.kind in AUTHORITIES
    )


def the_complainant(user: Any, thing: Any) -> bool:  # noqa: ARG001 - the signature of a predicate
    """A move of whoever complained: they proved it by code or account, and the record does not
    say who they are.
    """
    return user is None
