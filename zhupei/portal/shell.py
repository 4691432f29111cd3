"""What every page's frame needs: navigation, memberships, the inbox count."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from zhupei.classes.models import Enrolment
from zhupei.organizations.models import Membership, Organization
from zhupei.portal.doors import FOOT, LEARNER, PUBLIC, WORKBENCH, Door, Page, Tab


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the three shells; figures are fetched only by the shell that shows them."""
    user = getattr(request, "user", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    context: dict[str, Any] = {
        "now": timezone.now(),
        "site_nav": _links(PUBLIC, here),
        "site_tabs": _tabs(_current(PUBLIC, here), here),
        "foot_links": _links(FOOT, here),
    }
    if user is None or not user.is_authenticated:
        return context
    groups = _groups(user.acting) if user.acting else [LEARNER]
    return context | {
        "nav": list(_with_gaps(groups, here)),
        "door_tabs": _tabs(_current(chain.from_iterable(groups), here), here, user.acting),
        "unread": getattr(user, "unread", 0),
        "local_channel": partial(_local_channel, user),
        "memberships": getattr(user, "worn", []),
        "account_url": reverse("people:me"),
    }


def _local_channel(user: Any) -> Organization | None:
    """The bureau of the place where a learner is taught: newest class first."""
    mine = Enrolment.objects.filter(person=user.person_id).order_by("-pk")
    place = mine.values("training_class__prefecture")[:1]
    return Organization.objects.bureaus().filter(prefecture=Subquery(place)).first()


def _groups(acting: Membership) -> list[list[Door]]:
    """The doors of whoever wears this membership; groups without any are left out."""
    groups = ([door for door in group if _is_for(door, acting)] for group in WORKBENCH)
    return [group for group in groups if group]


def _is_for(thing: Door | Tab | Page, acting: Membership) -> bool:
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


def _tabs(door: Door | None, here: str, acting: Membership | None = None) -> list[dict[str, Any]]:
    """The pages side by side behind the door one stands in, shown on these pages only. The tab
    one stands in has pages of its own, where it is several.
    """
    behind = door.tabs if door else ()
    tabs = [_tab(tab, here, acting) for tab in behind if acting is None or _is_for(tab, acting)]
    return tabs if len(tabs) > 1 and any(tab["current"] for tab in tabs) else []


def _tab(tab: Tab, here: str, acting: Membership | None) -> dict[str, Any]:
    pages = [page for page in tab.pages if acting is None or _is_for(page, acting)]
    shown = [
        {
            "label": page.label,
            "url": reverse(page.url_name),
            "current": here == page.url_name or here in page.also,
        }
        for page in pages
    ]
    current = here == tab.url_name or any(page["current"] for page in shown)
    return {
        "label": tab.label,
        "url": reverse(tab.url_name),
        "current": current,
        "pages": shown if current else [],
    }
