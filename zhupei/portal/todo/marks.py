"""What waits after an exam: written answers, reviews of marks, appeals, cases of misconduct."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models import Appeal, CaseState, Misconduct, ReviewRequest
from zhupei.marking.models import Script
from zhupei.portal.todo.line import Kind, Lines, Now, counted, rows

# fmt: off
KINDS = {
    "scripts": Kind("pencil", _("阅卷"), _("%(n)s 份主观题答案待您评"), _("只显示密号"), _("考生"),
                    "marking:queue", _("开始评"), args=()),
    "review_request": Kind("clipboard-check", _("成绩复核"), "%(sitting)s", "%(person)s", _("考生"),
                           "appeals:review", _("答复"), workdays=True),
    "appeal": Kind("message-report", _("成绩申诉"), "%(sitting)s", "%(person)s", _("考生"),
                   "appeals:review", _("办理"), workdays=True),
    "case_opened": Kind("alert-triangle", _("考核违纪"), "%(person)s", "%(sitting)s", _("当事人"),
                        "appeals:case", _("告知当事人")),
    "case_stated": Kind("alert-triangle", _("考核违纪"), "%(person)s", "%(sitting)s", _("当事人"),
                        "appeals:case", _("作出决定")),
}
# fmt: on


def to_mark(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Written answers dealt to an assessor."""
    yield counted("scripts", Script.objects.visible_to(user).waiting_for(user), user)


def doubted(user: Any, now: Now) -> Iterator[Lines]:
    """Reviews and cases the examiners of a body have to answer."""
    facts = {
        "sitting": F("attempt__sitting__title"),
        "person": F("attempt__candidate__person__name"),
    }
    open_ones = ReviewRequest.objects.visible_to(user).open()
    yield rows("review_request", open_ones, facts, "due_at", due="due_at")
    facts = {"sitting": F("candidate__sitting__title"), "person": F("candidate__person__name")}
    cases = Misconduct.objects.visible_to(user)
    opened = cases.filter(state=CaseState.OPENED)
    yield rows("case_opened", opened, facts, "opened_at")
    heard = cases.filter(state=CaseState.STATED)
    over = cases.filter(state=CaseState.NOTICED, statement_until__lt=now.moment)
    yield rows("case_stated", heard | over, facts, "opened_at")


def appealed(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Appeals the bureau of the place decides."""
    facts = {
        "sitting": F("review__attempt__sitting__title"),
        "person": F("review__attempt__candidate__person__name"),
    }
    yield rows("appeal", Appeal.objects.visible_to(user).open(), facts, "due_at", due="due_at")
