"""What every page's frame needs: navigation, memberships, the inbox count."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Kind


class Door(NamedTuple):
    """One entry of the side navigation, and the kinds of bodies it is for."""

    label: str | Promise
    icon: str
    url_name: str
    kinds: frozenset[str]


AUTHORITIES = frozenset({Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY, Kind.COUNTY_AUTHORITY})
EVERYBODY = frozenset(Kind.values)

DOORS = [
    Door(_("待办"), "checklist", "portal:home", EVERYBODY),
    Door(_("机构"), "building", "institutions:index", AUTHORITIES | {Kind.INSTITUTION}),
    Door(_("大纲"), "books", "syllabus:index", EVERYBODY),
    Door(
        _("题库"), "file-check", "questions:index",
        frozenset({Kind.REGION_AUTHORITY, Kind.ASSESSMENT_BODY}),
    ),
    Door(_("开班"), "calendar-event", "classes:index", AUTHORITIES | {Kind.INSTITUTION}),
    Door(_("考核"), "clipboard-check", "exams:index", AUTHORITIES | {Kind.ASSESSMENT_BODY}),
    Door(_("证书"), "certificate", "certificates:index", EVERYBODY),
    Door(_("档案"), "archive", "archives:index", EVERYBODY),
    Door(_("规则参数"), "adjustments", "organizations:parameters", EVERYBODY),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the three shells."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"now": timezone.now(), "unread": 0}
    return {
        "now": timezone.now(),
        "unread": user.inbox.unread().count(),
        "memberships": getattr(user, "worn", []),
        "nav": _navigation(request) if user.acting else [],
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The doors of the body somebody acts for; the one they stand in is marked."""
    kind = request.user.acting.organization.kind
    here = request.resolver_match.app_name if request.resolver_match else ""
    return [
        {
            "label": door.label,
            "icon": door.icon,
            "url": reverse(door.url_name),
            "current": door.url_name.partition(":")[0] == here,
        }
        for door in DOORS
        if kind in door.kinds
    ]
