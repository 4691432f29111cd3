"""When a teacher teaches, month by month, across institutions."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhupei.classes.forms import WEEKDAYS
from zhupei.classes.models import Lesson
from zhupei.core.frames import shell_of
from zhupei.people.access import is_person
from zhupei.people.requests import SignedIn
from zhupei.teachers.models import Teacher

YEARS = range(2000, 2200)  # nobody looks for more; a strange address is this month


@never_cache
@login_required
@require_GET
def teacher_calendar(request: SignedIn, pk: int) -> HttpResponse:
    """A month of a teacher. Of classes one may not see: the hours, and whose they are.

    Source: notice, part 2, section 2 (one teacher shared by several institutions).
    """
    visible = Teacher.objects.visible_to(request.user).select_related("person")
    teacher = get_object_or_404(visible, pk=pk)
    first = _month(request.GET.get("month", ""))
    days = [day for week in Calendar().monthdatescalendar(first.year, first.month) for day in week]
    lessons = _lessons(request, teacher, days[0], days[-1])
    shown = [one for found in lessons.values() for one in found if one["day"].month == first.month]
    context = {
        "teacher": teacher,
        "shell": shell_of(request),
        "crumbs": _crumbs(teacher) if request.user.acting else None,
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{days[15].replace(day=28) + timedelta(days=4):%Y-%m}",
        "weekdays": [label for _number, label in WEEKDAYS],
        "days": [_day(day, first, lessons[day]) for day in days],
        "seconds": sum(one["seconds"] for one in shown),
        "places": sorted({one["place"] for one in shown}),
    }
    return render(request, "classes/teacher_calendar.html", context)


def _month(words: str) -> date:
    """The first day of the month an address names; of this month when it names none."""
    try:
        first = datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        first = timezone.localdate().replace(day=1)
    return first if first.year in YEARS else timezone.localdate().replace(day=1)


def _lessons(
    request: SignedIn, teacher: Teacher, first: date, last: date
) -> dict[date, list[dict[str, Any]]]:
    """The booked lessons of these days by day, each with what this person may know of it."""
    start = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    booked = teacher.lessons.filter(booked=True, starts_at__gte=start, starts_at__lt=end)
    related = booked.select_related("training_class__organization", "unit", "room")
    if is_person(request.user, teacher.person):
        known = set(booked.values_list("pk", flat=True))
    else:
        seen = Lesson.objects.visible_to(request.user).filter(pk__in=booked.values("pk"))
        known = set(seen.values_list("pk", flat=True))
    return _by_day(related.order_by("starts_at"), known, may_open=bool(request.user.acting))


def _by_day(
    lessons: Iterable[Lesson], known: set[int], *, may_open: bool
) -> dict[date, list[dict[str, Any]]]:
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for lesson in lessons:
        day = timezone.localdate(lesson.starts_at)
        told = _told(lesson, may_open=may_open) if lesson.pk in known else {}
        found[day].append(
            {
                "day": day,
                "starts_at": timezone.localtime(lesson.starts_at),
                "ends_at": timezone.localtime(lesson.ends_at),
                "place": lesson.training_class.organization.name,
                "seconds": lesson.seconds,
                **told,
            }
        )
    return found


def _told(lesson: Lesson, *, may_open: bool) -> dict[str, Any]:
    """What is said of a lesson of one's own institution, or of the area one looks after."""
    plan = lesson.training_class
    url = reverse("classes:timetable", args=[plan.pk]) if may_open else ""
    return {"title": plan.title, "unit": lesson.unit.title, "room": str(lesson.room), "url": url}


def _day(day: date, first: date, lessons: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "day": day,
        "weekday": WEEKDAYS[day.weekday()][1],
        "outside": day.month != first.month,
        "today": day == timezone.localdate(),
        "lessons": lessons,
    }


def _crumbs(teacher: Teacher) -> list[dict[str, Any]]:
    return [
        {"label": _("师资库"), "url": reverse("teachers:index")},
        {"label": str(teacher), "url": reverse("teachers:detail", args=[teacher.pk])},
        {"label": _("课表日历")},
    ]
