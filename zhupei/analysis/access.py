"""Who may have sittings analysed, and who judges what that brings up."""

from typing import Any

from zhupei.analysis.models import Lead, LeadState
from zhupei.appeals.access import may_open_case
from zhupei.exams.models import Sitting
from zhupei.organizations.access import oversees_prefecture, regulates
from zhupei.organizations.models import Role


def may_study(user: Any, sitting: Sitting) -> bool:  # noqa: ARG001 - a predicate's signature
    """The clock; and the region, which keeps the bank."""
    return user is None or regulates(user)


def may_judge(user: Any, lead: Lead) -> bool:
    """The authorities over the place of the sitting; never the body that held it.

    Source: Measures, art. 20 (assessment is watched by the bureaus).
    """
    prefecture = lead.study.sitting.prefecture_id
    return any(
        oversees_prefecture(user, role, prefecture) for role in (Role.REVIEWER, Role.REGULATOR)
    )


def may_accuse(user: Any, lead: Lead) -> bool:
    """The examiners of the body, once the bureau has confirmed the lead.

    Source: Measures, art. 20.
    """
    return lead.state == LeadState.CONFIRMED and may_open_case(user, lead.first)
