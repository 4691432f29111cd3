"""How a plan and what it holds look on a page: words, icons and tones, no rule."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.exams.views import shown as sittings_shown
from zhupei.exams.workflow import PLAN
from zhupei.people.models import User
from zhupei.plans import held
from zhupei.practical.models import Exam, Session
from zhupei.practical.models import State as SessionState
from zhupei.practical.views import shown as sessions_shown

CALLED_OFF = {SittingState.CANCELLED, SessionState.CANCELLED}
RELEASED = {SittingState.RELEASED, SessionState.RELEASED}
ARRANGED = {SessionState.FIXED}  # practice before that calls off nobody


class Badge(NamedTuple):
    icon: str
    word: str | Promise
    tone: str


BADGES = {
    PlanState.DRAFT: ("pencil", ""),
    PlanState.NOTIFIED: ("speakerphone", "info"),
    PlanState.CANCELLED: ("ban", "bad"),
}


def badge(plan: Plan) -> Badge:
    icon, tone = BADGES[PlanState(plan.state)]
    return Badge(icon, plan.get_state_display(), tone)


def facts(plan: Plan) -> list[dict[str, Any]]:
    """The line under the name."""
    told = beijing(plan.notified_at) if plan.notified_at else _("尚未告知")
    return [
        {"label": _("编号"), "value": plan.number or _("告知时编号")},
        {"label": _("考核机构"), "value": plan.organization},
        {"label": _("告知对象"), "value": _("%(place)s住建局") % {"place": plan.prefecture}},
        {"label": _("告知时间"), "value": told},
    ]


class Row(NamedTuple):
    """One exam of a plan, theory or practice, as its line shows it. ``kind`` stands in addresses;
    ``people`` have a seat or a turn, ``placed`` of them hear when it is called off.
    """

    exam: Exam
    kind: str
    kind_label: str | Promise
    url: str
    begins: datetime
    length: str
    subject: str
    badge: Any
    people: int
    placed: int
    leave_url: str  # where it is taken out of its plan, while nobody was told of it


def row(exam: Exam, now: datetime) -> Row:
    """``exam`` comes with its counts."""
    return _session(exam, now) if isinstance(exam, Session) else _sitting(exam, now)


def _sitting(exam: Sitting, now: datetime) -> Row:
    seated: int = getattr(exam, "seated", 0)
    return Row(
        exam,
        "sittings",
        gettext_lazy("理论"),
        reverse("exams:detail", args=[exam.pk]),
        exam.starts_at,
        _("%(minutes)d 分钟") % {"minutes": exam.minutes},
        held.subject(exam),
        sittings_shown.badge(exam, now),
        seated,
        seated,
        _leave_url(exam, "plans:leave-out"),
    )


def _session(exam: Session, now: datetime) -> Row:
    taken: int = getattr(exam, "taken", 0)
    return Row(
        exam,
        "sessions",
        gettext_lazy("实操"),
        reverse("practical:session", args=[exam.pk]),
        exam.opens_at,
        _("到 %(time)s") % {"time": f"{timezone.localtime(exam.closes_at):%H:%M}"},
        held.subject(exam),
        sessions_shown.badge(exam, now),
        taken,
        taken if exam.state in ARRANGED else 0,
        _leave_url(exam, "plans:leave-out-session"),
    )


def _leave_url(exam: Exam, name: str) -> str:
    leaves = exam.plan_id and held.is_draft(exam)
    return reverse(name, args=[exam.plan_id, exam.pk]) if leaves else ""


def figures(rows: Sequence[Row]) -> list[dict[str, Any]]:
    stand = [one for one in rows if one.exam.state not in CALLED_OFF]
    practice = sum(isinstance(one.exam, Session) for one in stand)
    return [
        {
            "label": _("场次"),
            "value": len(stand),
            "note": _("其中实操 %(practice)d 场") % {"practice": practice} if practice else "",
        },
        {"label": _("考场"), "value": len({one.exam.room_id for one in stand})},
        {"label": _("岗位工种"), "value": len({one.subject for one in stand})},
        {"label": _("考生"), "value": sum(one.people for one in stand)},
        {"label": _("已公布成绩"), "value": sum(one.exam.state in RELEASED for one in stand)},
    ]


MOVE_ICONS = {"notify": "speakerphone", "cancel": "ban"}


def moves(plan: Plan, user: User, rows: Sequence[Row], now: datetime) -> list[dict[str, Any]]:
    """The buttons of this user, each with what it will cause here, or why not yet."""
    stand = [one for one in rows if one.exam.state not in CALLED_OFF]
    drafted = sum(held.is_draft(one.exam) for one in stand)
    counts = {"count": drafted, "held": len(stand), "placed": sum(one.placed for one in stand)}
    words = {
        "notify": _("住建局收到一份告知，里面是全部 %(count)d 场。告知不是审批。"),
        "cancel": _cancelling(plan, placed=counts["placed"]),
    }
    begun = any(one.begins <= now and not held.is_draft(one.exam) for one in stand)
    blocked = {
        "notify": _("计划里还没有场次。") if not drafted else "",
        "cancel": _("已经有场次开考，请逐场取消还没有开考的。") if begun else "",
    }
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "consequence": words[move.name] % counts,
            "blocked": blocked[move.name],
        }
        for move in PLAN.available(plan, user)
    ]


def _cancelling(plan: Plan, *, placed: int) -> str:
    """Whom it will reach."""
    if placed and plan.number:
        return _("%(held)d 场全部取消，住建局、已安排的 %(placed)d 名考生和考评员收到通知。")
    if placed:
        return _("%(held)d 场全部取消，已安排座位的 %(placed)d 名考生收到通知。")
    if plan.number:
        return _("%(held)d 场全部取消，住建局收到通知。")
    return _("%(held)d 场全部取消；还没有告知，不用通知别人。")
