"""Who may do what to a filing."""

from typing import Any

from zhupei.filings.models import Filing, State
from zhupei.organizations.access import holds, works_for
from zhupei.organizations.models import Kind, Organization, Role

OPEN_TO_CHANGE = (State.DRAFT, State.RETURNED)


def may_draft(user: Any, organization: Organization) -> bool:
    """The registrar of a training institution files for it."""
    return organization.kind == Kind.INSTITUTION and holds(user, Role.REGISTRAR, organization)


def may_file(user: Any, filing: Filing) -> bool:
    return may_draft(user, filing.organization)


def may_change(user: Any, filing: Filing) -> bool:
    """A filing is changed by its registrar, and only while nobody is reading it."""
    return filing.state in OPEN_TO_CHANGE and may_file(user, filing)


def may_decide(user: Any, filing: Filing) -> bool:
    """An officer of the HR department of the place; never somebody of the institution.

    Source: Measures, art. 10 (filed with the HR department of the place).
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role == Role.REVIEWER
        and acting.organization.kind == Kind.HR
        and acting.organization.prefecture_id == filing.prefecture_id
        and not works_for(user, filing.organization)
    )
