"""What waits for the region, the association and the assessment bodies, classes apart."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zhupei.core.messages import CHANNELS
from zhupei.core.models import Delivery
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.organizations.models import Kind as Body
from zhupei.portal.todo.line import NEVER, Kind, Lines, Now, by_state, counted, or_empty, rows
from zhupei.questions.models import QuestionSet
from zhupei.questions.models import State as QuestionState
from zhupei.syllabus.models import BookState, Syllabus, Textbook
from zhupei.syllabus.models import State as SyllabusState
from zhupei.teachers.models import Study, Teacher

SITTING_STEPS = {
    SittingState.DRAFT: _("告知"),
    SittingState.NOTIFIED: _("排座、封卷"),
    SittingState.SEALED: _("查看"),
    SittingState.CLOSED: _("公布成绩"),
}
# fmt: off
KINDS = {
    **{
        f"sitting_{state}": Kind("clipboard-check", _("考核"), "%(title)s", "%(number)s %(room)s",
                                 _("考生"), "exams:detail", step)
        for state, step in SITTING_STEPS.items()
    },
    "syllabus": Kind("books", _("培训大纲"), "%(job)s %(version)s", _("起草中"), _("培训机构"),
                     "syllabus:detail", _("发布")),
    "questions": Kind("file-check", _("题库"), "%(title)s", "%(job)s", _("考核机构"),
                      "questions:detail", _("发布")),
    "textbook": Kind("book-2", _("教材"), "《%(title)s》", "%(publisher)s %(isbn)s",
                     "%(organization)s",
                     "syllabus:textbook", _("认定")),
    "failed_phone": Kind("send", _("短信"), _("%(n)s 条短信没有发出去"), _("看原因，修好后再发"),
                         _("收信人"),
                         "organizations:deliveries", _("查看"), args=("phone",)),
    "failed_mail": Kind("send", _("邮件"), _("%(n)s 封邮件没有发出去"), _("看原因，修好后再发"),
                        _("收信人"),
                        "organizations:deliveries", _("查看"), args=("mail",)),
    "teacher": Kind("school", _("师资入库"), "%(name)s", "%(title)s", "%(organization)s",
                    "teachers:detail", _("审核"), workdays=True),
    "studies": Kind("award", _("师资研修"), _("%(n)s 条研修记录待确认"), _("确认后计入教师档案"),
                    _("教师"),
                    "teachers:studies", _("确认"), args=()),
}
# fmt: on


def sittings(user: Any, now: Now) -> Iterator[Lines]:
    """Sittings an assessment body still has to bring to their end. A plan waits until its start,
    a sealed sitting until it ends; marks have no date set.
    """
    open_ones = Sitting.objects.visible_to(user).filter(state__in=list(SITTING_STEPS))
    length = ExpressionWrapper(
        F("minutes") * Value(timedelta(minutes=1)), output_field=DurationField()
    )
    ends_at = ExpressionWrapper(F("starts_at") + length, output_field=DateTimeField())
    begun = Q(state=SittingState.SEALED, starts_at__lte=now.moment)
    closed = When(state=SittingState.CLOSED, then=NEVER)
    due = Case(closed, When(begun, then=ends_at), default=F("starts_at"))
    kind = by_state("sitting")
    number = or_empty("number")
    facts = {"title": F("title"), "number": number, "room": F("room__name")}
    yield rows(kind, open_ones, facts, "starts_at", due=due)


def drafts(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Syllabi and question sets that are not published yet, textbooks nobody has decided on."""
    syllabi = Syllabus.objects.visible_to(user).filter(state=SyllabusState.DRAFT)
    yield rows("syllabus", syllabi, {"job": "job__name", "version": "version"})
    sets = QuestionSet.objects.visible_to(user).filter(state=QuestionState.DRAFT)
    yield rows("questions", sets, {"title": "title", "job": "job__name"})
    proposed = Textbook.objects.visible_to(user).filter(state=BookState.PROPOSED)
    facts = {
        "title": "title",
        "publisher": "publisher",
        "isbn": "isbn",
        "organization": "proposed_by__name",
    }
    yield rows("textbook", proposed, facts)


def failed_messages(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """What could not be delivered: one line a channel."""
    for channel, model in CHANNELS.items():
        failed = model.objects.visible_to(user).filter(delivery=Delivery.FAILED)
        yield counted(f"failed_{channel}", failed, user)


def pool(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Teachers the association has to review, studies it has to confirm."""
    if user.acting.organization.kind != Body.ASSOCIATION:  # others see them, and wait as well
        return
    waiting = Teacher.objects.visible_to(user).awaiting_review()
    facts = {
        "name": F("person__name"),
        "title": F("title"),
        "organization": Coalesce("proposed_by__name", "person__name"),
    }
    yield rows("teacher", waiting, facts, "due_at", due="due_at")
    yield counted("studies", Study.objects.visible_to(user).awaiting_confirmation(), user)
