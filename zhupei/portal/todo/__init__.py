"""What waits for somebody, sorted by deadline: the home page of everybody who works here.

Nothing is stored: each line is a row of an app below, reached through ``visible_to``. All lines of
a role are asked for in one question, whatever they are about (see ``line.rows``).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhupei.organizations.access import holds
from zhupei.organizations.models import Kind as Body
from zhupei.organizations.models import Role
from zhupei.portal.todo import (
    analysis,
    away,
    bank,
    classes,
    marks,
    others,
    plans,
    practical,
    standing,
    venues,
)
from zhupei.portal.todo.line import Kind, Lines, Now, Todo

__all__ = ["Todo", "grouped", "late", "time_left", "todos"]

KINDS: dict[str, Kind] = {
    **plans.KINDS,
    **away.KINDS,
    **classes.KINDS,
    **standing.KINDS,
    **others.KINDS,
    **practical.KINDS,
    **venues.KINDS,
    **marks.KINDS,
    **bank.KINDS,
    **analysis.KINDS,
}
Source = Callable[[Any, Now], Iterator[Lines]]
BY_ROLE: dict[str, tuple[Source, ...]] = {
    Role.REVIEWER: (
        plans.reviews,
        plans.objections,
        away.to_decide,
        away.unread_copies,
        venues.designations,
        standing.suspensions,
        classes.faults,
        others.pool,
        marks.appealed,
        analysis.leads,
    ),
    Role.REGISTRAR: (
        standing.own,
        classes.own,
        away.own,
        classes.lessons_today,
        classes.corrections,
        classes.late_logs,
        classes.faults,
        classes.afterwards,
    ),
    Role.TEACHER: (
        classes.lessons_today,
        classes.own_logs,
        classes.corrections,
        classes.books,
    ),
    Role.INVIGILATOR: (venues.watching,),
    Role.ASSESSOR: (venues.watching, marks.to_mark, practical.sheets),
    Role.EXAMINER: (marks.doubted, others.sittings, practical.sessions),
    Role.REGULATOR: (
        plans.of_the_region,
        standing.to_admit,
        others.drafts,
        practical.rubrics,
        bank.of_the_region,
        analysis.leads,
        others.failed_messages,
    ),
    Role.EXPERT: (bank.to_read, bank.to_mend),
}


def todos(user: Any) -> list[Todo]:
    """Everything that waits for ``user`` in the role they wear, the most urgent first."""
    lines = _asked(user)
    if user.acting.organization.kind == Body.INSTITUTION and holds(
        user, Role.REGISTRAR, user.acting.organization
    ):
        lines += standing.own_file(user)
    far = datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return sorted(lines, key=lambda line: line.due or far)


def _asked(user: Any) -> list[Todo]:
    """The lines of all sources, in their order, with one question to the database."""
    now = Now()
    parts = [part for source in BY_ROLE.get(user.acting.role, ()) for part in source(user, now)]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True)
    return [KINDS[kind].line(key, due, facts, now) for kind, key, due, facts in found]


def grouped(lines: list[Todo]) -> list[dict[str, Any]]:
    """The lines by urgency; the first button of the page is the primary one."""
    now = timezone.now()
    tonight = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    groups: dict[str, list[dict[str, Any]]] = {
        _("已逾期"): [], _("今天"): [], _("之后"): [], _("没有时限"): [],
    }  # fmt: skip
    late, today, later, open_end = groups
    for line in lines:
        if line.due is None:
            label, tone = open_end, ""
        elif line.due < now:
            label, tone = late, "late"
        elif line.due <= tonight:
            label, tone = today, "soon"
        else:
            label, tone = later, ""
        groups[label].append(_row(line, now, tone))
    filled = [{"label": label, "items": items} for label, items in groups.items() if items]
    if filled:
        filled[0]["items"][0]["primary"] = True  # type: ignore[index]  # a list of rows
    return filled


def late(lines: list[Todo]) -> int:
    """How many are past their deadline."""
    now = timezone.now()
    return sum(line.due is not None and line.due < now for line in lines)


def _row(line: Todo, now: datetime, tone: str) -> dict[str, Any]:
    names = ("icon", "kind", "title", "note", "who", "url", "due", "step")
    row = {name: getattr(line, name) for name in names}
    left = line.left or time_left(line.due, now)
    return row | {"tone": tone, "left": left, "primary": False}


def time_left(due: datetime | None, now: datetime) -> str:
    """How long until ``due``, in the largest unit that says something."""
    if due is None:
        return "—"
    late = due < now
    minutes = int(abs(due - now).total_seconds() // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        text = ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
    elif hours:
        text = _("%(h)s 小时 %(m)s 分") % {"h": hours, "m": minutes % 60}
    else:
        text = _("%(m)s 分钟") % {"m": minutes}
    return (_("逾期 %(time)s") if late else _("剩 %(time)s")) % {"time": text}
