"""A learner's day: the lesson to sign in to, the hours so far, the next exam."""

from typing import Any

from django.utils import timezone

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, Invitation, Lesson
from zhupei.exams.models import Candidate

SECONDS_PER_HOUR = 45 * 60  # one 学时


def day(user: Any) -> dict[str, Any]:
    """What the learner's home shows; six queries whatever there is."""
    now = timezone.now()
    enrolments = list(
        Enrolment.objects.visible_to(user)
        .active()
        .select_related("training_class__organization", "training_class__syllabus__job")
        .order_by("-training_class__starts_on")
    )
    classes = [enrolment.training_class_id for enrolment in enrolments]
    lessons = Lesson.objects.visible_to(user).filter(training_class__in=classes, ends_at__gte=now)
    current = enrolments[0] if enrolments else None
    return {
        "now": now,
        "lesson": lessons.select_related("unit", "room", "teacher__person", "training_class")
        .order_by("starts_at")
        .first(),
        "enrolments": enrolments,
        "current": current,
        "units": unit_hours(current) if current else [],
        "exam": Candidate.objects.visible_to(user)
        .filter(sitting__starts_at__gte=timezone.localtime(now).replace(hour=0, minute=0))
        .select_related("sitting__room", "sitting__organization")
        .order_by("sitting__starts_at")
        .first(),
        "invitations": Invitation.objects.visible_to(user).open().select_related("training_class"),
    }


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
