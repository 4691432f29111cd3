"""Who judges leads, who searches, and who hands one on."""

from typing import Any

from zhupei.leads.models import Lead
from zhupei.organizations.access import works_for
from zhupei.organizations.models import AUTHORITIES, Kind, Role

JUDGES = frozenset({Role.REVIEWER, Role.REGULATOR})


def may_judge(user: Any, lead: Lead) -> bool:
    """The bureaus of the places it is about, and the region; nobody who works for the body.

    Source: Measures, art. 6 (the bureaus watch training and exams in their area).
    """
    seen = Lead.objects.visible_to(user).filter(pk=lead.pk).exists()
    return seen and not works_for(user, lead.organization)


def may_search(user: Any) -> bool:
    """Officers of the authorities; and the clock."""
    acting = getattr(user, "acting", None)
    return user is None or bool(
        acting
        and acting.role in JUDGES
        and acting.organization.kind in AUTHORITIES - {Kind.COUNTY_AUTHORITY}
    )


def may_hand_on(user: Any, lead: Lead) -> bool:
    """Whoever may judge a lead makes a confirmed one a finding."""
    return lead.state == "confirmed" and may_judge(user, lead)
