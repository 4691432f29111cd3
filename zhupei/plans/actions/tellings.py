"""Who is told what about a plan: lines in inboxes, written with their cause."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.core import messages
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import Plan
from zhupei.organizations.offices import reviewers
from zhupei.plans.held import begins, subject
from zhupei.practical.models import Exam, Session

MOST_LINES = 30  # exams a message names one by one


def notified(plan: Plan, told: Sequence[Exam]) -> None:
    """The bureau is told once, of everything.

    Source: Measures, art. 20.
    """
    rows = sorted(told, key=begins)
    lines = [_line(one) for one in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append(_("……共 %(count)d 场，其余见计划页面。") % {"count": len(rows)})
    practice = sum(isinstance(one, Session) for one in rows)
    title = (
        _("收到考核计划告知 %(number)s：%(title)s（%(count)d 场，其中实操 %(practice)d 场）")
        if practice
        else _("收到考核计划告知 %(number)s：%(title)s（%(count)d 场）")
    )
    _tell(plan, title, body="\n".join(lines), count=len(rows), practice=practice)


def _line(exam: Exam) -> str:
    kind = _("实操") if isinstance(exam, Session) else _("理论")
    return f"{beijing(begins(exam))}　{exam.room}　{subject(exam)} {kind}　{exam.title}"


def reworded(plan: Plan) -> None:
    _tell(plan, _("考核计划 %(number)s 的名称或说明有变化：%(title)s"))


def called_off(plan: Plan, note: str) -> None:
    _tell(plan, _("考核计划 %(number)s 已整个取消：%(title)s"), body=note)


def _tell(plan: Plan, title: str, *, body: str = "", **words: int) -> None:
    said = title % {"number": plan.number, "title": plan.title, **words}
    page = reverse("plans:detail", args=[plan.pk])
    messages.tell(reviewers(plan.prefecture_id), said, body=body, url=page)
