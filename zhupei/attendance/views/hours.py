"""The hours of one learner, lesson by lesson."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment
from zhupei.core.frames import shell_of
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def hours(request: SignedIn, pk: int) -> HttpResponse:
    """Every lesson of one learner with what it counted: the hours anybody can add up again."""
    visible = Enrolment.objects.visible_to(request.user).select_related(
        "person", "training_class__syllabus__job"
    )
    enrolment = get_object_or_404(visible, pk=pk)
    there = {row.lesson_id: row for row in enrolment.attendance.all()}
    lessons = enrolment.training_class.lessons.select_related("unit", "room")
    rows = [{"lesson": lesson, "attendance": there.get(lesson.pk)} for lesson in lessons]
    credited = Attendance.objects.visible_to(request.user).credited_by_unit(enrolment)
    total = sum(credited.values())
    here = sum(row.credited_seconds for row in there.values())
    context: dict[str, Any] = {
        "enrolment": enrolment,
        "rows": rows,
        "total": total,
        "brought": total - here,  # from the class they changed from
        "shell": shell_of(request),
        "now": timezone.now(),
    }
    return render(request, "attendance/hours.html", context)
