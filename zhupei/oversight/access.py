"""Who may do what about an institution that went wrong."""

from typing import Any

from zhupei.institutions.access import may_suspend
from zhupei.institutions.models import Admission
from zhupei.organizations.access import regulates
from zhupei.organizations.models import Kind
from zhupei.oversight.models import Suspension


def may_lift(user: Any, admission: Admission, suspension: Suspension) -> bool:
    """Whoever may suspend; what the region ordered, the region lifts.

    Source: Measures, art. 23.
    """
    by_region = suspension.authority.kind == Kind.REGION_AUTHORITY
    return may_suspend(user, admission) and (regulates(user) or not by_region)
