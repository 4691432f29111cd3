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
    assistance,
    away,
    bank,
    classes,
    complaints,
    corrections,
    credit,
    evaluation,
    inspections,
    leads,
    marks,
    measures,
    others,
    patrols,
    plans,
    practical,
    standing,
    venues,
)
from zhupei.portal.todo.line import AT_MOST, Kind, Lines, Now, Todo

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
    **assistance.KINDS,
    **leads.KINDS,
    **corrections.KINDS,
    **complaints.KINDS,
    **credit.KINDS,
    **patrols.KINDS,
    **inspections.KINDS,
    **measures.KINDS,
    **evaluation.KINDS,
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
        assistance.to_confirm,
        leads.to_judge,
        corrections.to_verify,
        complaints.to_handle,
        credit.to_answer,
        patrols.to_plan,
        patrols.own,
        inspections.to_run,
        measures.to_decide,
        measures.to_report,
        evaluation.to_score,
        evaluation.to_review,
    ),
    Role.REGISTRAR: (
        corrections.to_correct,
        assistance.own,
        standing.own,
        classes.own,
        away.own,
        classes.lessons_today,
        classes.corrections,
        classes.late_logs,
        classes.faults,
        classes.afterwards,
        complaints.to_explain,
        credit.own,
        measures.own,
        evaluation.own,
    ),
    Role.TEACHER: (
        classes.lessons_today,
        classes.own_logs,
        classes.corrections,
        classes.books,
    ),
    Role.INVIGILATOR: (venues.watching,),
    Role.ASSESSOR: (venues.watching, marks.to_mark, practical.sheets),
    Role.EXAMINER: (
        corrections.to_correct,
        marks.doubted,
        others.sittings,
        practical.sessions,
        complaints.to_explain,
    ),
    Role.REGULATOR: (
        plans.of_the_region,
        standing.to_admit,
        others.drafts,
        practical.rubrics,
        marks.to_correct,
        bank.of_the_region,
        analysis.leads,
        leads.to_judge,
        corrections.to_verify,
        others.failed_messages,
        complaints.of_the_region,
        credit.to_answer,
        patrols.of_the_region,
        patrols.own,
        inspections.to_run,
        measures.to_decide,
        evaluation.of_the_region,
    ),
    Role.EXPERT: (bank.to_read, bank.to_mend, evaluation.to_review),
    Role.INSPECTOR: (patrols.own, inspections.to_inspect, complaints.assigned),
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
    return [
        KINDS[kind].line(key, due, facts, now, more=whole - place if place == AT_MOST else 0)
        for kind, key, due, facts, place, whole in found
    ]


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


def late(lines: list[Todo]) -> tuple[int, bool]:
    """How many are past their deadline, and whether some that are not shown may be, too."""
    now = timezone.now()
    past = [line for line in lines if line.due is not None and line.due < now]
    return len(past), any(line.more for line in past)


def _row(line: Todo, now: datetime, tone: str) -> dict[str, Any]:
    names = ("icon", "kind", "title", "note", "who", "url", "due", "step", "more")
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
