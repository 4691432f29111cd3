"""What every page's frame needs: navigation, memberships, the inbox count."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from zhupei.organizations.models import Membership
from zhupei.portal.doors import FOOT, LEARNER, PUBLIC, WORKBENCH, Door, Tab


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the three shells; figures are fetched only by the shell that shows them."""
    user = getattr(request, "user", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    context: dict[str, Any] = {
        "now": timezone.now(),
        "site_nav": _links(PUBLIC, here),
        "foot_links": _links(FOOT, here),
    }
    if user is None or not user.is_authenticated:
        return context
    groups = _groups(user.acting) if user.acting else [LEARNER]
    return context | {
        "nav": list(_with_gaps(groups, here)),
        "door_tabs": _tabs(user.acting, groups, here) if user.acting else [],
        "unread": user.inbox.unread().count,
        "memberships": getattr(user, "worn", []),
        "account_url": reverse("people:me"),
    }


def _groups(acting: Membership) -> list[list[Door]]:
    """The doors of whoever wears this membership; groups without any are left out."""
    groups = ([door for door in group if _is_for(door, acting)] for group in WORKBENCH)
    return [group for group in groups if group]


def _is_for(thing: Door | Tab, acting: Membership) -> bool:
    return acting.organization.kind in thing.kinds and acting.role in thing.roles


def _with_gaps(groups: Iterable[list[Door]], here: str) -> Iterator[dict[str, Any]]:
    """The links of all groups, a line before each group but the first."""
    current = _current(chain.from_iterable(groups), here)
    for number, group in enumerate(groups):
        for place, door in enumerate(group):
            yield _link(door, current=door is current) | {"gap": number > 0 and place == 0}


def _links(doors: list[Door], here: str) -> list[dict[str, Any]]:
    current = _current(doors, here)
    return [_link(door, current=door is current) for door in doors]


def _link(door: Door, *, current: bool) -> dict[str, Any]:
    return {
        "label": door.label,
        "icon": door.icon,
        "url": reverse(door.url_name),
        "current": current,
    }


def _current(doors: Iterable[Door], here: str) -> Door | None:
    """The door somebody stands in: of those whose area the page lies in, the nearest."""
    fits = [(len(start), door) for door in doors for start in door.area if here.startswith(start)]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _tabs(acting: Membership, groups: Iterable[list[Door]], here: str) -> list[dict[str, Any]]:
    """The pages side by side behind the door one stands in, shown on these pages only."""
    door = _current(chain.from_iterable(groups), here)
    tabs = [tab for tab in door.tabs if _is_for(tab, acting)] if door else []
    if len(tabs) < 2 or here not in {tab.url_name for tab in tabs}:  # noqa: PLR2004 - one is none
        return []
    return [
        {"label": tab.label, "url": reverse(tab.url_name), "current": tab.url_name == here}
        for tab in tabs
    ]
