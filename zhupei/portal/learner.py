"""A learner's day: the next lesson, what waits for their word, the hours so far, the next exam."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from zhupei.attendance import parameters as p
from zhupei.attendance import rules
from zhupei.attendance.models import Attendance
from zhupei.classes.models import EFFECTIVE, Enrolment, Invitation, Lesson, Waiting
from zhupei.core.parameters import value
from zhupei.exams.models import Candidate
from zhupei.feedback.actions import may_still_speak_of
from zhupei.teaching.models import HandOut

SECONDS_PER_HOUR = 45 * 60  # one 学时
MAY_STILL_RUN = timedelta(hours=12)  # after its start an exam is no longer looked for


def day(user: Any) -> dict[str, Any]:
    """What the learner's home shows; a handful of queries whatever there is."""
    now = timezone.now()
    enrolments = list(
        Enrolment.objects.visible_to(user)
        .active()
        .select_related("training_class__organization", "training_class__syllabus__job")
        .annotate(to_rate=Exists(may_still_speak_of(user).filter(pk=OuterRef("pk"))))
        .order_by("-training_class__starts_on")
    )
    frozen = [one for one in enrolments if one.training_class.frozen_since]
    classes = [one.training_class_id for one in enrolments if one.training_class.in_effect]
    lessons = Lesson.objects.visible_to(user).filter(training_class__in=classes, ends_at__gte=now)
    mine = Attendance.objects.visible_to(user).filter(enrolment__person=user.person_id)
    signed = mine.filter(lesson=OuterRef("pk"), arrived_at__isnull=False)
    lesson = (
        lessons.annotate(signed_at=Subquery(signed.values("arrived_at")[:1]))
        .select_related("unit", "room", "teacher__person", "training_class")
        .order_by("starts_at")
        .first()
    )
    exam = (
        Candidate.objects.visible_to(user)
        .filter(sitting__starts_at__gte=now - MAY_STILL_RUN, attempt__handed_in_at=None)
        .select_related("sitting__room", "sitting__organization")
        .order_by("sitting__starts_at")
        .first()
    )
    current = _current(enrolments, lesson)
    opens = _sign_in_opens(lesson) if lesson else None
    return {
        "now": now,
        "lesson": lesson,
        "opens": opens,
        "signing": opens is not None and now >= opens,
        "enrolments": enrolments,
        "frozen": frozen,
        "waiting": Waiting.objects.visible_to(user)
        .in_line()
        .with_number()
        .filter(training_class__state__in=EFFECTIVE)
        .select_related("training_class__organization", "training_class__division"),
        "current": current,
        "units": unit_hours(current) if current else [],
        "exam": exam,
        "exam_runs": exam is not None and exam.sitting.starts_at <= now,
        "invitations": Invitation.objects.visible_to(user)
        .public()
        .open()
        .select_related("training_class"),
        "books": HandOut.objects.visible_to(user).unconfirmed().select_related("book__textbook"),
        "to_rate": [one for one in enrolments if getattr(one, "to_rate", False)],
    }


def _current(enrolments: list[Enrolment], lesson: Lesson | None) -> Enrolment | None:
    """The enrolment whose hours are shown: that of the next lesson, else the newest."""
    for enrolment in enrolments:
        if lesson and enrolment.training_class_id == lesson.training_class_id:
            return enrolment
    return enrolments[0] if enrolments else None


def _sign_in_opens(lesson: Lesson) -> datetime:
    return rules.sign_in_opens(lesson.starts_at, minutes_before=value(p.OPENS_BEFORE))


def unit_hours(enrolment: Enrolment) -> list[dict[str, Any]]:
    """Each unit of the syllabus: the seconds credited and the hours asked for."""
    credited = Attendance.objects.credited_by_unit(enrolment)
    return [
        {
            "title": f"{unit.position} {unit.title}",
            "credited": credited.get(unit.pk, 0),
            "required": unit.hours,
            "required_seconds": unit.hours * SECONDS_PER_HOUR,
            "complete": credited.get(unit.pk, 0) >= unit.hours * SECONDS_PER_HOUR,
        }
        for unit in enrolment.training_class.syllabus.units.all()
    ]
