"""What every page's frame needs: navigation, memberships, the inbox count."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import AUTHORITIES, Kind, Role


class Door(NamedTuple):
    """One entry of a navigation; ``kinds`` and ``roles`` say for whom (of the workbench)."""

    label: str | Promise
    icon: str
    url_name: str
    kinds: frozenset[str] = frozenset(Kind.values)
    roles: frozenset[str] = frozenset(Role.values)


BUREAUS = frozenset(AUTHORITIES)
TRAINING = BUREAUS | {Kind.INSTITUTION, Kind.ASSESSMENT_BODY}  # who has to do with certificates
OFFICERS = frozenset(Role.values) - {Role.TEACHER}
# The pages of organizations stand behind several doors; those not named here behind its members.
BEHIND = {
    "organizations:parameter": "organizations:parameters",
    "organizations:parameters": "organizations:parameters",
    "organizations:index": "organizations:index",
    "organizations:register": "organizations:index",
}
WORKBENCH = [
    Door(_("待办"), "checklist", "portal:home"),
    Door(_("机构"), "building", "institutions:index", BUREAUS | {Kind.INSTITUTION, Kind.HR}),
    Door(
        _("师资库"),
        "school",
        "teachers:index",
        BUREAUS | {Kind.INSTITUTION, Kind.ASSOCIATION},
        OFFICERS,
    ),
    Door(_("培训大纲"), "books", "syllabus:index"),
    Door(_("题库"), "file-check", "questions:index", BUREAUS | {Kind.ASSESSMENT_BODY}),
    Door(
        _("异地备案"),
        "map-pin",
        "filings:index",
        BUREAUS | {Kind.INSTITUTION, Kind.HR, Kind.EDUCATION},
        OFFICERS,
    ),
    Door(_("开班"), "calendar-event", "classes:index", BUREAUS | {Kind.INSTITUTION}),
    Door(_("考核"), "clipboard-check", "exams:index", BUREAUS | {Kind.ASSESSMENT_BODY}),
    Door(_("证书"), "certificate", "certificates:index", TRAINING),
    Door(_("档案"), "archive", "archives:index", TRAINING),
    Door(_("本单位人员"), "users", "organizations:members", roles=OFFICERS),
    Door(
        _("单位名册"),
        "building-community",
        "organizations:index",
        frozenset({Kind.REGION_AUTHORITY}),
        frozenset({Role.REGULATOR}),
    ),
    Door(_("规则参数"), "adjustments", "organizations:parameters"),
]
LEARNER = [
    Door(_("学习"), "book-2", "portal:home"),
    Door(_("班级"), "users-group", "join:mine"),
    Door(_("考试"), "clipboard-check", "sit:mine"),
    Door(_("证书"), "certificate", "certificates:mine"),
    Door(_("我的"), "user-circle", "people:me"),
]
PUBLIC = [
    Door(_("开班信息"), "calendar-event", "join:catalogue"),
    Door(_("培训机构"), "building", "portal:institutions"),
    Door(_("培训大纲"), "books", "portal:syllabi"),
    Door(_("证书查验"), "certificate", "verify:search"),
]
FOOT = [Door(_("个人信息保护"), "", "portal:privacy")]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the three shells; figures are fetched only by the shell that shows them."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "now": timezone.now(),
        "site_nav": _links(request, PUBLIC),
        "foot_links": _links(request, FOOT),
    }
    if user is None or not user.is_authenticated:
        return context
    doors: Iterable[Door] = LEARNER
    if user.acting:
        kind, role = user.acting.organization.kind, user.acting.role
        doors = [door for door in WORKBENCH if kind in door.kinds and role in door.roles]
    return context | {
        "nav": _links(request, doors),
        "unread": user.inbox.unread().count,
        "memberships": getattr(user, "worn", []),
        "account_url": reverse("people:me"),
    }


def _links(request: HttpRequest, doors: Iterable[Door]) -> list[dict[str, Any]]:
    """The doors as links; the one somebody stands in is marked."""
    match = request.resolver_match
    here = (match.app_name, match.view_name) if match else ("", "")
    return [
        {
            "label": door.label,
            "icon": door.icon,
            "url": reverse(door.url_name),
            "current": _is_here(door.url_name, *here),
        }
        for door in doors
    ]


def _is_here(url_name: str, app: str, view: str) -> bool:
    """A page of an app marks the app's door; the portal's doors are single pages.

    Rolls and hours have no door of their own: one comes to them from the class.
    """
    app = {"attendance": "classes"}.get(app, app)
    if app in {"portal", "verify", "join"}:
        return url_name == view
    if app == "organizations":
        return url_name == BEHIND.get(view, "organizations:members")
    return url_name.partition(":")[0] == app
