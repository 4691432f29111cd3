"""What every page about one filing shows: its head, its clock, its moves."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core import audit, clock
from zhupei.core.templatetags.ui import dated
from zhupei.filings import offices, words
from zhupei.filings.access import may_change, may_decide
from zhupei.filings.actions import mark_of
from zhupei.filings.events import FilingEvent
from zhupei.filings.models import Copy, Filing, State
from zhupei.filings.workflow import FILING
from zhupei.organizations.models import AUTHORITIES, Kind
from zhupei.people.requests import SignedIn

ICONS = {
    State.DRAFT: ("pencil", ""),
    State.SUBMITTED: ("hourglass", "warn"),
    State.RETURNED: ("arrow-back-up", "bad"),
    State.FILED: ("circle-check", "ok"),
    State.REVOKED: ("ban", "bad"),
    State.CANCELLED: ("x", ""),
}
MOVE_ICONS = {
    "submit": "send",
    "accept": "check",
    "withdraw": "arrow-back-up",
    "revoke": "ban",
    "cancel": "x",
}
CONCERNED = {Kind.INSTITUTION, Kind.HR, Kind.EDUCATION} | AUTHORITIES


def worker(request: SignedIn) -> Any:
    """Whoever is signed in and works for a body that has to do with filings."""
    user = request.user
    if user.acting is None or user.acting.organization.kind not in CONCERNED:
        raise Http404
    return user


def load(request: SignedIn, pk: int) -> Filing:
    """The filing, if the person may know about it."""
    visible = Filing.objects.visible_to(worker(request))
    related = visible.select_related("organization__prefecture", "prefecture", "division")
    return get_object_or_404(related, pk=pk)


def badge(state: str) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = ICONS[State(state)]
    return {"icon": icon, "tone": tone, "word": State(state).label}


def frame(request: SignedIn, filing: Filing) -> dict[str, Any]:
    """The context the pages about one filing share."""
    return {
        "filing": filing,
        "badge": badge(filing.state),
        "facts": _facts(filing),
        "holder": _holder(filing),
        "left": _left(filing),
        "crumbs": [
            {"label": _("异地备案"), "url": reverse("filings:index")},
            {"label": str(filing)},
        ],
        "base_url": reverse("filings:detail", args=[filing.pk]),
        "may_change": may_change(request.user, filing),
        "may_send_back": filing.state == State.SUBMITTED and may_decide(request.user, filing),
    }


def _facts(filing: Filing) -> list[dict[str, Any]]:
    days = {"first": dated(filing.valid_from), "last": dated(filing.valid_until)}
    jobs = [job.name for job in filing.jobs.order_by("code")]
    return [
        {"label": _("编号"), "value": filing.number or _("提交时生成")},
        {"label": _("机构"), "value": filing.organization.name},
        {"label": _("机构所在地"), "value": filing.organization.prefecture},
        {"label": _("职业（工种）"), "value": "、".join(jobs) or "—", "law": "第九条"},
        {"label": _("办学地点"), "value": f"{filing.prefecture} {filing.division}"},
        {"label": _("详细地址"), "value": filing.address},
        {"label": _("办班期间"), "value": _("%(first)s 至 %(last)s") % days},
        {"label": _("预计人数"), "value": _("%(count)s 人") % {"count": filing.learners}},
        {"label": _("现场负责人"), "value": f"{filing.contact} {filing.contact_phone}"},
    ]


def _holder(filing: Filing) -> dict[str, Any]:
    """Who has to do the next thing."""
    if filing.state == State.SUBMITTED:
        department = offices.department(filing.prefecture_id)
        return {"name": department.name if department else "—", "note": _("等待办理")}
    notes = {
        State.DRAFT: _("填写备案"),
        State.RETURNED: _("补正后重新提交"),
        State.FILED: _("可以在当地办班"),
    }
    note = notes.get(State(filing.state), _("已办结"))
    return {"name": filing.organization.name, "note": note}


def _left(filing: Filing) -> clock.Left | None:
    if filing.state != State.SUBMITTED:
        return None
    now = timezone.now()
    return clock.left(filing.due_at, now, clock.calendar(now))


def moves(user: Any, filing: Filing, bad: int) -> list[dict[str, Any]]:
    """The buttons; sending back has a form of its own, because its reasons point at fields."""
    blocked = _("还不能提交：预检不符 %(count)d 项，见下表") % {"count": bad} if bad else ""
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "blocked": blocked if move.name == "submit" else "",
            "seen": mark_of(filing) if move.name == "accept" else "",
        }
        for move in FILING.available(filing, user)
        if move.name != "return"
    ]


def returned(filing: Filing) -> list[dict[str, Any]]:
    """The reasons it was last sent back for, while they are still to be answered."""
    if filing.state != State.RETURNED:
        return []
    history = audit.own_history(filing).filter(verb=FilingEvent.RETURNED)
    last = history.order_by("-seq").first()
    said = last.facts["reasons"] if last else []
    return [reason | {"label": words.FIELDS[reason["field"]]} for reason in said]


def compared(filing: Filing) -> dict[str, Any]:
    """What the newest submission changed of the one before."""
    submissions = audit.own_history(filing).filter(verb=FilingEvent.SUBMITTED).order_by("-seq")[:2]
    if len(submissions) < 2 or filing.state == State.DRAFT:  # noqa: PLR2004 - one and the next
        return {}
    now, before = (event.facts["filing"] for event in submissions)
    changes = [
        {"field": label, "before": before.get(name), "after": now.get(name)}
        for name, label in words.FIELDS.items()
        if before.get(name) != now.get(name)
    ]
    return {"changes": changes, "compared": True, "round": submissions[0].facts["round"]}


def copies_of(filing: Filing) -> list[dict[str, Any]]:
    """Who got a copy and who has opened it, for those who may see the filing."""
    rows: Any = filing.copies.select_related("organization").prefetch_related("readings__reader")
    return [
        {
            "organization": copy.organization,
            "sent_at": copy.sent_at,
            "readings": sorted(copy.readings.all(), key=lambda reading: reading.read_at),
        }
        for copy in rows.order_by("pk")
    ]


def unread(user: Any) -> int:
    """How many copies this person has not opened."""
    return Copy.objects.visible_to(user).unread(user).count()


def tabs(user: Any, current: str) -> list[dict[str, Any]]:
    """The two lists, for bodies that get copies."""
    kind = user.acting.organization.kind
    if kind not in {Kind.PREFECTURE_AUTHORITY, Kind.EDUCATION}:
        return []
    labels = [("index", _("全部备案"), None), ("copies", _("抄送我的"), unread(user) or None)]
    return [
        {
            "label": label,
            "url": reverse(f"filings:{name}"),
            "count": count,
            "current": name == current,
        }
        for name, label, count in labels
    ]
