"""How a sitting and its people look on a page: words, icons and tones, no rule."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.templatetags.ui import beijing
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.actions import late as late_answers
from zhupei.exams.actions.seating import rooms_of
from zhupei.exams.models import Candidate, PlanState, Sitting, State
from zhupei.exams.workflow import SITTING
from zhupei.people.models import User


class Badge(NamedTuple):
    icon: str
    word: str | Promise
    tone: str


BADGES = {
    State.DRAFT: ("pencil", ""),
    State.NOTIFIED: ("speakerphone", "info"),
    State.SEALED: ("lock", "warn"),
    State.CLOSED: ("clipboard-check", "info"),
    State.RELEASED: ("circle-check", "ok"),
    State.CANCELLED: ("ban", "bad"),
}
MOVE_ICONS = {
    "notify": "speakerphone",
    "seal": "lock",
    "close": "player-pause",
    "release": "send",
    "cancel": "ban",
}
RUNNING = Badge("player-play", gettext_lazy("考试中"), "warn")


def badge(sitting: Sitting, now: datetime) -> Badge:
    """The state; a sealed sitting whose time has come is under way."""
    if sitting.state == State.SEALED and sitting.starts_at <= now < sitting.ends_at:
        return RUNNING
    icon, tone = BADGES[State(sitting.state)]
    return Badge(icon, sitting.get_state_display(), tone)


class SeatBadge(NamedTuple):
    """A badge, and how the seat is drawn on the map."""

    icon: str
    word: str
    tone: str
    seat: str


def candidate_badge(candidate: Candidate, *, over: bool) -> SeatBadge:
    """Where one candidate is: not started, answering, handed in, absent."""
    attempt = getattr(candidate, "attempt", None)
    if attempt is None or attempt.started_at is None:
        if over:
            return SeatBadge("user-off", _("缺考"), "", "absent")
        return SeatBadge("circle", _("未开始"), "", "absent")
    if attempt.paused_at:
        return SeatBadge("player-pause", _("暂停"), "warn", "writing")
    if attempt.handed_in_at is None:
        return SeatBadge("pencil", _("作答中"), "info", "writing")
    if attempt.handed_in_by_clock:
        return SeatBadge("clock", _("到时收卷"), "ok", "done")
    return SeatBadge("circle-check", _("已交卷"), "ok", "done")


def facts(sitting: Sitting) -> list[dict[str, Any]]:
    """The line under the name."""
    return [
        {"label": _("编号"), "value": sitting.number or _("告知时编号")},
        {"label": _("岗位"), "value": sitting.job},
        {
            "label": _("时间（北京时间）"),
            "value": f"{beijing(sitting.starts_at)}–{timezone.localtime(sitting.ends_at):%H:%M}",
        },
        {"label": _("考场"), "value": _rooms(sitting)},
        {"label": _("细目表"), "value": sitting.blueprint},
        {"label": _("考核机构"), "value": sitting.organization},
    ]


def _rooms(sitting: Sitting) -> str:
    return "、".join(room.name for room in rooms_of(sitting))


def moves(sitting: Sitting, user: User, seated: int) -> list[dict[str, Any]]:
    """The buttons of this user, each with what it will cause here, or why not yet."""
    now = timezone.now()
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "consequence": _consequence(move.name, move.consequence, sitting, seated),
            "blocked": _blocked(move.name, sitting, seated, now),
            "page": _step(move.name, sitting),
        }
        for move in SITTING.available(sitting, user)
    ]


def _step(name: str, sitting: Sitting) -> str:
    """The page that says what a step will cause, for those nothing brings back."""
    return reverse("exams:step", args=[sitting.pk, name]) if name in {"seal", "release"} else ""


def _consequence(name: str, words: str | Promise, sitting: Sitting, seated: int) -> str:
    if name == "seal":
        numbers = {"seated": seated, "forms": sitting.forms}
        return _("给 %(seated)d 名考生组 %(forms)d 份平行卷并封存，之后不能再改。") % numbers
    if name == "cancel" and seated:
        return _("%(seated)d 名考生和住建局收到通知，座位全部取消。") % {"seated": seated}
    return str(words)


def _blocked(name: str, sitting: Sitting, seated: int, now: datetime) -> str:
    """Only what can be said without asking the rules again; the action asks them."""
    started = now >= sitting.starts_at
    if name == "notify" and sitting.plan and sitting.plan.state == PlanState.DRAFT:
        return _("这场在计划“%(plan)s”里，请在计划的页面一起告知。") % {"plan": sitting.plan}
    never_told = name == "cancel" and sitting.state == State.DRAFT
    if name in {"notify", "seal", "cancel"} and started and not never_told:
        return _("开考时间已到，不能再做这一步。")
    if name == "seal" and not seated:
        return _("还没有考生。请先安排座位。")
    if name == "close" and not started:
        return _("还没有开考。")
    return ""


def late(sitting: Sitting, user: User) -> int | None:
    """How many late answers wait for a decision; None where their page is not for this user."""
    if sitting.state not in {State.SEALED, State.CLOSED, State.RELEASED}:
        return None
    if not may_invigilate(user, sitting):
        return None
    return late_answers.waiting(sitting)


def may_change(sitting: Sitting, user: User) -> bool:
    return may_run(user, sitting) and sitting.state in {State.DRAFT, State.NOTIFIED}


def waits(left: timedelta) -> str:
    """How long until something, in the two largest units."""
    seconds = max(int(left.total_seconds()), 0)
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    if days:
        return _("%(days)d 天 %(hours)d 小时") % {"days": days, "hours": hours}
    minutes, seconds = divmod(rest, 60)
    if hours:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": seconds}
