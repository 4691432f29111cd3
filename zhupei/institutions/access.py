"""Who may change an institution's file."""

from typing import Any

from zhupei.organizations.access import holds, oversees
from zhupei.organizations.models import Kind, Organization, Role


def may_keep_file(user: Any, organization: Organization) -> bool:
    """An institution's registrar keeps its file; an assessment body's examiner keeps theirs."""
    role = Role.EXAMINER if organization.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    return holds(user, role, organization)


def may_enter_licence(user: Any, organization: Organization) -> bool:
    """The reviewer of the place, who has the original before them.

    Source: Measures, art. 9 (training only after the licence was obtained).
    """
    return organization.kind == Kind.INSTITUTION and oversees(user, Role.REVIEWER, organization)
