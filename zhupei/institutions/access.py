"""Who may change an institution's file."""

from typing import Any

from zhupei.organizations.access import holds
from zhupei.organizations.models import Kind, Organization, Role


def may_keep_file(user: Any, organization: Organization) -> bool:
    """An institution's registrar keeps its rooms; an assessment body's examiner keeps theirs."""
    role = Role.EXAMINER if organization.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    return holds(user, role, organization)
