"""The record of a class: gathers the facts, asks the rules, finds the words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import EnrolmentState, LessonKind, TrainingClass
from zhupei.core.parameters import settings_of
from zhupei.teaching import parameters as p
from zhupei.teaching import rules
from zhupei.teaching.models import ClassBook, Evidence, EvidenceKind, HandOut, Held, TeachingCheck
from zhupei.teaching.rules import Owner

# fmt: off
WORDS: dict[str, str | Promise] = {
    "log_missing": _("%(what)s：没有教学日志"),
    "roll_missing": _("%(what)s：没有一条考勤"),
    "practice_log_missing": _("%(what)s：没有实操记录（分批、安全交底）"),
    "practice_evidence_missing": _("%(what)s：没有实操照片或录像"),
    "day_evidence_missing": _("%(what)s：这一天没有照片或录像"),
    "checks_missing": _("教学检查还差 %(what)s 次"),
    "faults_open": _("教学检查发现的 %(what)s 个问题还没有整改"),
    "books_missing": _("还没有选定教材"),
    "books_unconfirmed": _("%(what)s 份教材还没有由本人确认收到"),
}
OWNERS = {Owner.TEACHER: _("任课教师"), Owner.REGISTRAR: _("教务员"), Owner.LEARNERS: _("学员")}
# fmt: on


@dataclass(frozen=True)
class Gap:
    """One missing piece as a page shows it."""

    words: str
    owner: str
    url: str
    late: bool


@dataclass(frozen=True)
class Shown:
    """How complete the record of a class is, and what is missing."""

    share: int
    owed: int
    there: int
    gaps: list[Gap]


def of(training_class: TrainingClass) -> Shown:
    """Judge the record of one class as it is now."""
    found = rules.completeness(facts(training_class), _wanted(), now=timezone.now())
    gaps = [_gap(training_class, piece) for piece in found.missing]
    return Shown(found.share, found.owed, found.there, sorted(gaps, key=lambda gap: not gap.late))


def _wanted() -> rules.Wanted:
    figures = settings_of(p.LOG_HOURS, p.EVIDENCE_PER_PRACTICE, p.EVIDENCE_PER_DAY, p.CHECKS)
    return rules.Wanted(*(setting.value for setting in figures.values()))


def lessons_over(training_class: TrainingClass) -> Any:
    """The lessons that have begun, with their log, how many were there and how many files; ``over``
    when they have ended, which is when a log can be written.
    """
    now = timezone.now()
    standing = Q(evidence__withdrawn_at__isnull=True) & ~Q(evidence__kind=EvidenceKind.PAPER)
    return (
        training_class.lessons.filter(starts_at__lte=now)
        .select_related("unit", "teacher__person", "room", "log__taught_by__person")
        .annotate(
            attended=Count(
                "attendance", filter=Q(attendance__arrived_at__isnull=False), distinct=True
            ),
            seen=Count("evidence", filter=standing, distinct=True),
            over=ExpressionWrapper(Q(ends_at__lte=now), output_field=BooleanField()),
        )
        .order_by("starts_at")
    )


def facts(training_class: TrainingClass) -> rules.ClassFacts:
    """What the class has so far, in four questions."""
    now = timezone.now()
    lessons = [_lesson(lesson) for lesson in lessons_over(training_class) if lesson.ends_at <= now]
    checks = TeachingCheck.objects.filter(training_class=training_class).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(verdict="bad", corrected_at__isnull=True))
    )
    hand_outs = HandOut.objects.filter(
        book__training_class=training_class, enrolment__state=EnrolmentState.ENROLLED
    )
    return rules.ClassFacts(
        lessons,
        _by_day(training_class),
        checks["all"],
        checks["open"],
        training_class.enrolments.filter(state=EnrolmentState.ENROLLED).count(),
        ClassBook.objects.filter(training_class=training_class).count(),
        hand_outs.filter(confirmed_at__isnull=False).count(),
        over=timezone.localdate() > training_class.ends_on,
    )


def _lesson(lesson: Any) -> rules.LessonFacts:
    log = getattr(lesson, "log", None)
    return rules.LessonFacts(
        key=lesson.pk,
        title=str(lesson),
        day=timezone.localdate(lesson.starts_at),
        ended_at=lesson.ends_at,
        practice=lesson.kind == LessonKind.PRACTICE,
        teacher=str(lesson.teacher),
        logged=log is not None,
        not_held=log is not None and log.held == Held.NOT_HELD,
        practice_told=log is not None and log.batches is not None,
        attended=lesson.attended,
        evidence=lesson.seen,
    )


def _by_day(training_class: TrainingClass) -> dict[Any, int]:
    """Pictures and recordings by the day of their lesson, or the day they were handed in."""
    rows = Evidence.objects.standing().filter(training_class=training_class)
    rows = rows.exclude(kind=EvidenceKind.PAPER)
    moments = rows.values_list("lesson__starts_at", "added_at")
    return Counter(timezone.localdate(begun or added) for begun, added in moments)


def _gap(training_class: TrainingClass, piece: rules.Missing) -> Gap:
    owner = str(OWNERS[piece.owner])
    if piece.name:
        owner = f"{owner} {piece.name}"
    return Gap(
        str(WORDS[piece.code]) % {"what": piece.what}, owner, _where(training_class, piece),
        piece.late,
    )  # fmt: skip


def _where(training_class: TrainingClass, piece: rules.Missing) -> str:
    """The page on which the piece can be given."""
    if piece.code == "roll_missing":
        return reverse("attendance:roll", args=[piece.lesson])
    if piece.lesson:
        return reverse("teaching:lesson", args=[piece.lesson])
    if piece.code.startswith("books"):
        return reverse("teaching:books", args=[training_class.pk])
    if piece.code in {"checks_missing", "faults_open"}:
        return reverse("teaching:checks", args=[training_class.pk])
    return reverse("teaching:evidence", args=[training_class.pk])
