"""Who may plan, go on, and answer for patrols."""

from typing import Any

from zhupei.organizations.access import oversees_prefecture, regulates
from zhupei.organizations.models import AUTHORITIES, Role
from zhupei.patrols.models import Duty, Patrol

SENT = frozenset({Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR})
"""Who of an authority may be sent on a patrol."""


def may_plan(user: Any, duty: Duty) -> bool:
    """The reviewers of the bureau, and the region.

    Source: Measures, art. 5 and 6 (the bureau looks after its area, the region after all).
    """
    return regulates(user) or oversees_prefecture(user, Role.REVIEWER, duty.prefecture_id)


def may_fill(user: Any, patrol: Patrol) -> bool:
    """Nobody but those who were sent, acting for an authority.

    Source: Measures, art. 6 (whoever looks answers for what they saw).
    """
    acting = getattr(user, "acting", None)
    if not acting or acting.role not in SENT or acting.organization.kind not in AUTHORITIES:
        return False
    return patrol.members.filter(pk=user.pk).exists()


def may_call_off(user: Any, patrol: Patrol) -> bool:
    """Whoever may plan; and the clock, when there is nothing left to look at."""
    return user is None or may_plan(user, patrol.duty)


def may_settle(user: Any, duty: Duty) -> bool:
    """A duty changes by what becomes of its patrols: by whoever went, planned, or the clock."""
    return user is None or may_plan(user, duty) or duty.patrols.filter(members=user.pk).exists()


def may_explain(user: Any, duty: Duty) -> bool:
    """The bureau that did not look says why.

    Source: Measures, art. 6.
    """
    return may_plan(user, duty)


def may_export(user: Any) -> bool:
    """Whoever plans for an authority."""
    acting = getattr(user, "acting", None)
    planners = {Role.REVIEWER, Role.REGULATOR}
    return bool(acting and acting.organization.kind in AUTHORITIES and acting.role in planners)
