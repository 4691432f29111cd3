"""What waits because of an institution's own classes: plans, lessons, records, what comes after."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from zhupei.attendance.models import Correction
from zhupei.classes.models import (
    EFFECTIVE,
    Enrolment,
    EnrolmentState,
    Lesson,
    State,
    TrainingClass,
)
from zhupei.feedback.actions import HELD
from zhupei.feedback.models import FollowUp, SelfEvaluation, SelfState
from zhupei.feedback.parameters import SELF_WORKDAYS
from zhupei.organizations.models import Role
from zhupei.portal.todo.line import Kind, Lines, Now, by_state, counted, or_empty, rows
from zhupei.teaching.models import ClassBook, HandOut, LessonLog, TeachingCheck, Verdict
from zhupei.teaching.parameters import LOG_HOURS

# fmt: off
KINDS = {
    "plan_returned": Kind("arrow-back-up", _("退回补正"), "%(title)s", "%(number)s", _("住建局"),
                          "classes:detail", _("补正")),
    "plan_draft": Kind("edit", _("草稿"), "%(title)s", _("%(number)s还没有提交"), _("本机构"),
                       "classes:detail", _("继续")),
    "finish": Kind("flag", _("结班"), "%(title)s", "%(number)s", _("学员"),
                   "classes:detail", _("结班")),
    "lesson": Kind("qrcode", _("今天上课"), "%(title)s", "%(unit)s，%(room)s", _("学员"),
                   "attendance:roll", _("签到")),
    "log": Kind("notebook", _("教学日志"), "%(title)s", _("%(unit)s，%(starts_at)s"), _("本班记录"),
                "teaching:lesson", _("写日志")),
    "logs": Kind("notebook", _("教学日志"), "%(title)s", _("%(n)s 节课过了时限还没有日志"),
                 _("任课教师"),
                 "teaching:class", _("查看")),
    "fault": Kind("alert-triangle", _("教学检查"), "%(title)s", "%(found)s", "%(organization)s",
                  "teaching:checks", _("查看整改")),
    "books": Kind("book-2", _("发教材"), "%(title)s", _("《%(book)s》还有 %(n)s 人没领"), _("学员"),
                  "teaching:books", _("发教材")),
    "corrections": Kind("user-check", _("考勤确认"), _("%(n)s 条考勤更正等第二个人确认"),
                        _("确认后才改点名册和学时"), _("本机构"), "attendance:corrections",
                        _("确认"), args=()),
    "self": Kind("report", _("质量自评"), "%(title)s", "%(number)s", _("属地住建局"),
                 "feedback:self", _("填写"), workdays=True),
    "calls": Kind("phone", _("学员回访"), _("%(n)s 位学员该回访了"), _("问就业、满意度和教材"),
                  _("学员"), "feedback:calls", _("回访"), args=()),
}
# fmt: on


def own(user: Any, now: Now) -> Iterator[Lines]:
    """Plans sent back or not submitted yet; classes whose last day passed and nobody closed."""
    visible = TrainingClass.objects.visible_to(user)
    unsent = visible.filter(state__in=[State.RETURNED, State.DRAFT])
    facts = {"title": "title", "number": or_empty("number")}
    kind = by_state("plan")
    yield rows(kind, unsent, facts, "-state", "starts_on")
    over = visible.filter(state__in=EFFECTIVE, frozen_since=None, ends_on__lt=now.today)
    yield rows("finish", over, facts, "ends_on")


def lessons_today(user: Any, now: Now) -> Iterator[Lines]:
    """The lessons whose roll one keeps, still to be held today or past midnight, until they end."""
    lessons = Lesson.objects.visible_to(user).filter(
        starts_at__date__lte=now.today,
        ends_at__gt=now.moment,
        training_class__state__in=EFFECTIVE,
        training_class__frozen_since=None,
    )
    if user.acting.role == Role.TEACHER:  # a colleague's lesson is not theirs to open
        lessons = lessons.filter(teacher__person=user.person_id)
    ahead = When(starts_at__gt=now.moment, then="starts_at")
    due = Case(ahead, default="ends_at")
    facts = {"title": "training_class__title", "unit": "unit__title", "room": "room__name"}
    yield rows("lesson", lessons, facts, "starts_at", due=due)


def _unlogged(now: Now, *, late: bool) -> QuerySet[Lesson]:
    """Lessons of classes that are or were held, over, without a log; or also past its time."""
    before = now.moment - _log_time(now) if late else now.moment
    unlogged = Lesson.objects.filter(ends_at__lt=before, training_class__state__in=HELD)
    return unlogged.filter(~Exists(LessonLog.objects.filter(lesson=OuterRef("pk"))))


def _log_time(now: Now) -> timedelta:
    return timedelta(hours=now.figure(LOG_HOURS))


def own_logs(user: Any, now: Now) -> Iterator[Lines]:
    """The lessons a teacher gave and has not written down, the newest first."""
    mine = _unlogged(now, late=False).filter(
        teacher__person=user.person_id, training_class__organization=user.acting.organization_id
    )
    due = F("ends_at") + Value(_log_time(now))
    facts = {"title": "training_class__title", "unit": "unit__title", "starts_at": "starts_at"}
    yield rows("log", mine, facts, "-ends_at", due=due)


def late_logs(user: Any, now: Now) -> Iterator[Lines]:
    """Classes with lessons whose log is past its time, one line each."""
    late = _unlogged(now, late=True).filter(training_class=OuterRef("pk")).order_by()
    one = late.values("training_class")
    first = Subquery(one.annotate(first=Min("ends_at")).values("first"))
    classes = TrainingClass.objects.visible_to(user).filter(
        Exists(late), organization=user.acting.organization_id
    )
    facts = {"title": F("title"), "n": Subquery(one.annotate(n=Count("pk")).values("n"))}
    due = first + Value(_log_time(now))
    yield rows("logs", classes, facts, "-starts_on", due=due)


def faults(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """What a teaching check found and nobody has put right."""
    checks = TeachingCheck.objects.visible_to(user)
    open_ones = checks.filter(verdict=Verdict.BAD, corrected_at=None)
    facts = {
        "title": "training_class__title",
        "found": "found",
        "organization": "training_class__organization__name",
    }
    key = "training_class_id"
    yield rows("fault", open_ones, facts, "checked_on", key=key)


def corrections(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Lines of rolls somebody else would have corrected: one line for all."""
    yield counted("corrections", Correction.objects.for_second_person(user), user)


def books(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Books of classes a teacher teaches which somebody has not got yet."""
    given = HandOut.objects.filter(enrolment=OuterRef("pk"), book=OuterRef(OuterRef("pk")))
    without = Enrolment.objects.filter(
        ~Exists(given),
        training_class=OuterRef("training_class"),
        state=EnrolmentState.ENROLLED,
    )
    mine = ClassBook.objects.visible_to(user).filter(
        Exists(without),
        Q(training_class__lessons__teacher__person=user.person_id),
        training_class__state__in=EFFECTIVE,
        training_class__frozen_since=None,
    )
    number = without.order_by().values("training_class").annotate(n=Count("pk")).values("n")
    facts = {
        "title": F("training_class__title"),
        "book": F("textbook__title"),
        "n": Subquery(number),
    }
    yield rows("books", mine, facts, "training_class__starts_on", key="training_class_id")


def afterwards(user: Any, now: Now) -> Iterator[Lines]:
    """Self-evaluations not handed in; learners to be rung up, one line for all.

    Source: Measures, art. 14 (every class is evaluated by its institution).
    """
    done = SelfEvaluation.objects.filter(training_class=OuterRef("pk"), state=SelfState.HANDED_IN)
    ended = TrainingClass.objects.visible_to(user).filter(
        ~Exists(done),
        organization=user.acting.organization_id,
        state__in=HELD,
        ends_on__lte=now.today,
    )
    facts = {
        "title": F("title"),
        "number": F("number"),
        "last_day": F("ends_on"),
        "workdays": Value(now.figure(SELF_WORKDAYS)),
    }
    yield rows("self", ended, facts, "-ends_on")
    calls = FollowUp.objects.visible_to(user).due().filter(due_on__lte=now.today)
    yield counted("calls", calls, user)
