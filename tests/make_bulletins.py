"""Bulletins of the small region."""

from datetime import date
from types import SimpleNamespace

from zhupei.bulletins import actions, rules
from zhupei.bulletins.models import Bulletin
from zhupei.organizations.models import Organization
from zhupei.people.models import User


def draft(
    authority: Organization, by: User, kind: str = "monthly", day: date = date(2026, 1, 15)
) -> Bulletin:
    """A draft of the period a day lies in."""
    of = rules.month_of if kind == "monthly" else rules.quarter_of
    return actions.draft(authority, kind, of(day), by=by)


def for_the_site(world: SimpleNamespace) -> dict[str, Bulletin]:
    """One draft of Li's bureau, one bulletin of the region everybody may read."""
    issued = draft(world.region, world.gu, "quarterly")
    return {
        "bulletin": draft(world.bureau, world.li),
        "open_bulletin": actions.issue(issued, by=world.gu, open_to_public=True),
    }
