"""How designations, rooms and seats look on a page: words, icons and tones, no rule."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.core.templatetags.ui import dated
from zhupei.venues import rules
from zhupei.venues.access import may_sign
from zhupei.venues.models import Condition, Designation, Seat, State
from zhupei.venues.sentences import FINDINGS
from zhupei.venues.workflow import DESIGNATION

BADGES = {
    State.DRAFT: ("pencil", ""),
    State.SIGNED: ("hourglass", "warn"),
    State.IN_FORCE: ("circle-check", "ok"),
    State.SUSPENDED: ("player-pause", "bad"),
    State.WITHDRAWN: ("ban", "bad"),
    State.DROPPED: ("x", ""),
}
MOVE_ICONS = {
    "sign": "writing-sign",
    "complete": "writing-sign",
    "return": "arrow-back-up",
    "suspend": "player-pause",
    "lift": "player-play",
    "withdraw": "ban",
    "drop": "trash",
}
TONE_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "circle-x"}


class Badge(NamedTuple):
    icon: str
    word: str
    tone: str


def badge(designation: Designation, today: Any) -> Badge:
    """The state; one whose days are over is not in force any more."""
    if designation.state == State.IN_FORCE and designation.valid_until < today:
        return Badge("calendar-off", _("已到期"), "bad")
    icon, tone = BADGES[State(designation.state)]
    return Badge(icon, str(designation.get_state_display()), tone)


def facts(one: Designation) -> list[dict[str, Any]]:
    """What a designation says, in the order of the paper."""
    days = {"first": dated(one.valid_from), "last": dated(one.valid_until)}
    kin = [body.name for body in one.affiliates.all()]
    return [
        {"label": _("编号"), "value": one.number or _("两个部门签署后编号")},
        {"label": _("考核机构"), "value": one.organization, "law": "第十九条"},
        {"label": _("地州市"), "value": one.prefecture},
        {"label": _("岗位、工种"), "value": "、".join(job.name for job in one.jobs.all()) or "—"},
        {"label": _("有效期"), "value": _("%(first)s 至 %(last)s") % days},
        {"label": _("条件和要求"), "value": one.conditions or "—"},
        {"label": _("同属一个单位的培训机构"), "value": "、".join(kin) or _("没有")},
    ]


def signatures(one: Designation) -> list[dict[str, Any]]:
    """Both departments, each with who signed when, or that it has not."""
    return [
        {"department": one.housing, "by": one.housing_signed_by, "at": one.housing_signed_at},
        {"department": one.hr, "by": one.hr_signed_by, "at": one.hr_signed_at},
    ]


def moves(one: Designation, user: Any, *, papers: int) -> list[dict[str, Any]]:
    """The buttons of this user, or why not yet."""
    blocked = "" if papers else _("还没有上传评审材料。请先上传，再签署。")
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "consequence": move.consequence,
            "blocked": blocked if move.name == "sign" else "",
        }
        for move in DESIGNATION.available(one, user)
    ]


def waits_for(one: Designation, user: Any) -> str:
    """Whose turn it is, said to this person."""
    if one.state != State.SIGNED:
        return ""
    return _("等您签署") if may_sign(user, one) else _("等待%(body)s签署") % {"body": one.awaited}


# ── Seats ────────────────────────────────────────────────────────────────────────────────────


class Cell(NamedTuple):
    """One seat of the map: everything ``exams/_seat_map.html`` asks for."""

    key: int
    number: int
    row: int
    column: int
    state: str
    icon: str
    word: str
    label: str = ""
    note: str = ""
    url: str = ""
    share: int | None = None  # percent, drawn as a bar
    current: bool = False


def seat_map(cells: Iterable[Cell]) -> list[list[Cell | None]]:
    """Rows from the front to the back; ``None`` where no seat stands."""
    by_place = {(cell.row, cell.column): cell for cell in cells}
    if not by_place:
        return []
    rows = sorted({row for row, _column in by_place})
    last = max(column for _row, column in by_place)
    return [
        [by_place.get((row, column)) for column in range(1, last + 1)]
        for row in range(rows[0], rows[-1] + 1)
    ]


def plain_cells(seats: Iterable[Seat]) -> list[Cell]:
    """The seats of a room as they stand, nobody on them."""
    return [_plain(seat) for seat in seats]


def _plain(seat: Seat) -> Cell:
    state, icon, word = _standing(seat)
    return Cell(
        key=seat.pk,
        number=seat.number,
        row=seat.row,
        column=seat.column,
        state=state,
        icon=icon,
        word=word,
        label=seat.machine,
        note=seat.note,
        url=reverse("venues:seat", args=[seat.pk]),
    )


def _standing(seat: Seat) -> tuple[str, str, str]:
    if not seat.usable:
        return "gone", "x", _("不用")
    if seat.condition == Condition.BROKEN:
        return "off", "plug-x", _("故障")
    if seat.spare:
        return "spare", "replace", _("备用")
    return "free", "armchair", _("考试用")


def findings(found: Iterable[rules.Finding]) -> list[dict[str, Any]]:
    """What the rules say of a room, for a list."""
    return [
        {"tone": one.tone, "icon": TONE_ICONS[one.tone], "text": _sentence(one.code, one.facts)}
        for one in found
    ]


def _sentence(code: str, said: Mapping[str, Any]) -> str:
    return str(FINDINGS[code]) % said
