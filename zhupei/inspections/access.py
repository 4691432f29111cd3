"""Who may do what about draws and inspections."""

from typing import Any

from zhupei.inspections.models import Draw, Inspection, ItemList, Plan
from zhupei.organizations.access import regulates, works_for
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind, Organization, Role

RUNNING = frozenset({Role.REVIEWER, Role.REGULATOR})


def may_keep_list(user: Any, item_list: ItemList | None = None) -> bool:  # noqa: ARG001 - the list is one
    """The region keeps the list of what may be checked.

    Source: Measures, art. 5 (the region establishes policies and rules).
    """
    return regulates(user)


def may_plan_for(user: Any, authority: Organization) -> bool:
    """An officer of the authority itself."""
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role in RUNNING
        and acting.organization_id == authority.pk
        and authority.kind in AUTHORITIES
    )


def may_plan(user: Any, plan: Plan) -> bool:
    return may_plan_for(user, plan.authority)


def may_run(user: Any, draw: Draw) -> bool:
    """An officer of the authority whose draw it is."""
    return may_plan_for(user, draw.authority)


def may_type(user: Any, draw: Draw) -> bool:
    """Those who run it, officers of a department that takes part, and inspectors of the frame."""
    acting = getattr(user, "acting", None)
    if acting is None:
        return False
    if may_run(user, draw):
        return True
    if acting.role in OFFICERS and acting.organization.kind == Kind.HR:
        return draw.bodies.filter(pk=acting.organization_id).exists()
    return acting.role == Role.INSPECTOR and draw.inspectors.filter(user=user.pk).exists()


def may_call_off(user: Any, draw: Draw) -> bool:
    """Whoever runs it; the region any of them."""
    return may_run(user, draw) or (regulates(user) and draw.frozen_at is not None)


def may_inspect(user: Any, inspection: Inspection) -> bool:
    """One of those who go there.

    Source: Measures, art. 14.
    """
    if getattr(user, "acting", None) is None:
        return False
    mine = inspection.assignments.filter(inspector__user=user.pk, out_at__isnull=True)
    return mine.exists()


def may_publish(user: Any, inspection: Inspection) -> bool:
    """An officer of the authority; nobody about a body they work for."""
    return may_run(user, inspection.draw) and not works_for(user, inspection.organization)


def may_reopen(user: Any, inspection: Inspection) -> bool:
    return may_inspect(user, inspection) or may_publish(user, inspection)
