"""How a session, a turn and a sheet look on a page: words, icons and tones, no rule."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import PlanState
from zhupei.people.models import User
from zhupei.practical.models import Session, Sheet, State, Turn
from zhupei.practical.rules import marks
from zhupei.practical.sentences import how_they_differ
from zhupei.practical.workflow import SESSION


class Badge(NamedTuple):
    icon: str
    word: str | Promise
    tone: str


BADGES = {
    State.DRAFT: ("pencil", ""),
    State.NOTIFIED: ("speakerphone", "info"),
    State.FIXED: ("calendar-event", "info"),
    State.CLOSED: ("clipboard-check", "info"),
    State.RELEASED: ("circle-check", "ok"),
    State.CANCELLED: ("ban", "bad"),
}
MOVE_ICONS = {
    "notify": "speakerphone",
    "fix": "lock",
    "close": "player-stop",
    "release": "send",
    "cancel": "ban",
}
RUNNING = Badge("player-play", gettext_lazy("进行中"), "warn")


def badge(session: Session, now: datetime) -> Badge:
    """The state; a fixed session whose time has come is under way."""
    if session.state == State.FIXED and session.opens_at <= now < session.closes_at:
        return RUNNING
    icon, tone = BADGES[State(session.state)]
    return Badge(icon, session.get_state_display(), tone)


def times(starts_at: datetime, ends_at: datetime) -> str:
    return f"{beijing(starts_at)}–{timezone.localtime(ends_at):%H:%M}"


def facts(session: Session) -> list[dict[str, Any]]:
    """The line under the name."""
    return [
        {"label": _("编号"), "value": session.number or _("告知时编号")},
        {"label": _("工种"), "value": session.rubric.subject},
        {
            "label": _("时间（北京时间）"),
            "value": times(session.opens_at, session.closes_at),
        },
        {"label": _("场地"), "value": f"{session.room}，{session.stations} 个工位"},
        {"label": _("考核机构"), "value": session.organization},
    ]


class Standing(NamedTuple):
    """Where a turn stands, for a badge and for its cell on the board (see theme, .seat)."""

    icon: str
    word: str
    tone: str
    seat: str


def standing(turn: Turn, sheets: list[Sheet], now: datetime) -> Standing:
    """Planned, here, being scored, waiting for a third, settled, absent, void: the first that
    holds.
    """
    handed = sum(one.handed_in_at is not None for one in sheets)
    third = _("第三人评分中") if len(sheets) > marks.PAIR else _("待指定第三人")
    late = now >= turn.starts_at and turn.session.state == State.FIXED
    said = [
        (turn.void, Standing("refresh", _("作废"), "", "off")),
        (turn.annulled, Standing("ban", _("成绩无效"), "bad", "done")),
        (turn.absent, Standing("user-off", _("缺考"), "", "absent")),
        (turn.settled_at, Standing("circle-check", _("成绩已定"), "ok", "done")),
        (turn.differences, Standing("scale", third, "warn", "hand")),
        (handed, Standing("pencil", _("已提交 %(n)d/2") % {"n": handed}, "info", "writing")),
        (turn.arrived_at, Standing("user-check", _("已签到"), "info", "writing")),
        (late, Standing("clock", _("未签到"), "warn", "weak")),
    ]
    planned = Standing("circle", _("未开始"), "", "off")
    return next((word for holds, word in said if holds), planned)


def difference(turn: Turn) -> str:
    return how_they_differ(turn.differences)


def moves(session: Session, user: User, figures: dict[str, int]) -> list[dict[str, Any]]:
    """The buttons of this user, each with what it will cause here, or why not yet."""
    now = timezone.now()
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "consequence": _consequence(move.name, move.consequence, figures),
            "blocked": _blocked(move.name, session, figures, now),
        }
        for move in SESSION.available(session, user)
    ]


def _consequence(name: str, words: str | Promise, figures: dict[str, int]) -> str:
    if name == "fix":
        return _("%(turns)d 名考生收到时间和工位，考评员收到通知，之后不能再改。") % figures
    if name == "release":
        return _("%(settled)d 名考生收到通知，能看到每个评分点的结果。") % figures
    if name == "cancel" and figures["turns"]:
        return _("住建局、%(turns)d 名考生和考评员收到通知，轮次全部作废。") % figures
    return str(words)


def _blocked(name: str, session: Session, figures: dict[str, int], now: datetime) -> str:
    """Only what can be said without asking the rules again; the action asks them."""
    if name == "notify" and session.plan and session.plan.state == PlanState.DRAFT:
        return _("这场在计划“%(plan)s”里，请在计划的页面一起告知。") % {"plan": session.plan}
    never_told = name == "cancel" and session.state == State.DRAFT
    if name in {"notify", "fix", "cancel"} and now >= session.opens_at and not never_told:
        return _("第一轮的时间已到，不能再做这一步。")
    if name == "fix" and not figures["turns"]:
        return _("还没有考生。请先选考生和考评员。")
    if name == "fix" and figures["short"]:
        return _("还有 %(short)d 个轮次不够两名考评员。") % figures
    if name == "close" and figures["open"]:
        return _("还有 %(open)d 个轮次没有定成绩。") % figures
    return ""
