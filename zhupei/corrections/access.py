"""Who finds, who orders and verifies, who answers."""

from typing import Any

from django.utils import timezone

from zhupei.corrections.models import Dispute, Extension, Finding, Order
from zhupei.organizations.access import works_for
from zhupei.organizations.models import AUTHORITIES, Interest, Kind, Organization, Role

DECIDING = frozenset({Role.REGULATOR, Role.REVIEWER})
FINDING = DECIDING | {Role.INSPECTOR}
ANSWERING = frozenset({Role.REGISTRAR, Role.EXAMINER})


def covers(authority: Organization, organization: Organization) -> bool:
    """Does an organization lie within the reach of an authority?"""
    if authority.kind == Kind.REGION_AUTHORITY:
        return True
    if authority.kind == Kind.PREFECTURE_AUTHORITY and (
        authority.prefecture_id == organization.prefecture_id
    ):
        return True  # spares the question below
    return Organization.objects.filter(authority.reach(), pk=organization.pk).exists()


def may_find(user: Any, authority: Organization, organization: Organization) -> bool:
    """Officers and inspectors of the authority over the place; inspectors of an HR department or
    of another authority who were sent along. Nobody finds anything about a body they work for.

    Source: Measures, art. 14 (inspections, together with HR) and art. 23.
    """
    acting = getattr(user, "acting", None)
    if acting is None or not covers(authority, organization) or works_for(user, organization):
        return False
    if acting.role == Role.INSPECTOR and acting.organization.kind in {Kind.HR, *AUTHORITIES}:
        return True
    return bool(acting.organization_id == authority.pk and acting.role in FINDING)


def stays_away(user: Any, organization: Organization) -> bool:
    """Has this person a tie with the body, declared or by acting for it, today or lately?"""
    pair = (user.pk, organization.pk)
    return pair in Interest.objects.between([pair[0]], [pair[1]], timezone.localdate())


def may_note(user: Any) -> bool:
    """May this person note findings at all, at some institution?"""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role in FINDING and acting.organization.kind in AUTHORITIES)


def may_decide(user: Any, thing: Finding | Order) -> bool:
    """An officer of the authority that found it or ordered it; never somebody who works for the
    institution, too.

    Source: Measures, art. 23 (the housing department of the place orders the correction).
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role in DECIDING
        and acting.organization_id == thing.authority_id
        and not works_for(user, thing.organization)
    )


def may_add(user: Any, finding: Finding) -> bool:
    """Whoever found it, and who decides on it, lay more evidence beside it."""
    return bool(user and user.pk == finding.found_by_id) or may_decide(user, finding)


def may_answer(user: Any, order: Order | Finding) -> bool:
    """The registrar or examiner of the body it was sent to, or is about."""
    acting = getattr(user, "acting", None)
    return bool(
        acting and acting.role in ANSWERING and acting.organization_id == order.organization_id
    )


def may_judge(user: Any, dispute: Dispute) -> bool:
    """Whoever decides on the finding looks at it again.

    Source: Administrative Penalty Law, art. 45 (facts, reasons and evidence are examined again).
    """
    return may_decide(user, dispute.finding)


def may_answer_wish(user: Any, extension: Extension) -> bool:
    """Whoever decides on the order decides on its time."""
    return may_decide(user, extension.order)
