"""What waits after an exam: written answers, reviews of marks, appeals, cases of misconduct."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models import Appeal, CaseState, Misconduct, ReviewRequest
from zhupei.certificates.models import Certificate
from zhupei.exams.models import ItemCorrection
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
    "unfounded": Kind("certificate", _("证书失去依据"), _("%(n)s 张证书所依据的成绩不再合格"),
                      _("请逐张决定是否撤销，不会自动撤销"), _("发证单位"),
                      "certificates:index", _("决定"), args=()),
    "correction": Kind("checklist", _("试题更正"), "%(item)s", "%(sitting)s", _("考核机构"),
                       "exams:correction", _("决定")),
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
        "sitting": Coalesce("attempt__sitting__title", "turn__session__title"),
        "person": Coalesce("attempt__candidate__person__name", "turn__person__name"),
    }
    open_ones = ReviewRequest.objects.visible_to(user).open()
    yield rows("review_request", open_ones, facts, "due_at", due="due_at")
    issued = Certificate.objects.visible_to(user).unfounded()
    yield counted("unfounded", issued.filter(organization=user.acting.organization_id), user)
    facts = {
        "sitting": Coalesce("candidate__sitting__title", "turn__session__title"),
        "person": Coalesce("candidate__person__name", "turn__person__name"),
    }
    cases = Misconduct.objects.visible_to(user)
    opened = cases.filter(state=CaseState.OPENED)
    yield rows("case_opened", opened, facts, "opened_at")
    yield rows("case_stated", cases.ripe(now.moment), facts, "opened_at")


def to_correct(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Items the region is asked to put right, but by whoever proposed them."""
    waiting = ItemCorrection.objects.visible_to(user).waiting().exclude(proposed_by=user.pk)
    facts = {"item": F("label"), "sitting": F("sitting__title")}
    yield rows("correction", waiting, facts, "proposed_at")


def appealed(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Appeals the bureau of the place decides."""
    facts = {
        "sitting": Coalesce("review__attempt__sitting__title", "review__turn__session__title"),
        "person": Coalesce(
            "review__attempt__candidate__person__name", "review__turn__person__name"
        ),
    }
    yield rows("appeal", Appeal.objects.visible_to(user).open(), facts, "due_at", due="due_at")
