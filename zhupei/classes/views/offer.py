"""What the pages of joining have in common: the public classes, the facts of one, the consents."""

from itertools import groupby
from typing import Any

from django.http import Http404
from django.utils import timezone

from zhupei.classes.access import may_enrol
from zhupei.classes.models import Enrolment, Lesson, TrainingClass, Waiting, WaitingState
from zhupei.classes.models.plan import ClassQuerySet
from zhupei.classes.rules.enrolment import Booking, missed_seconds, why_closed
from zhupei.people.forms import ConsentForm
from zhupei.people.models import Person, Purpose
from zhupei.people.requests import SignedIn

REQUIRED = (Purpose.TRAINING,)


def public_classes() -> ClassQuerySet:
    """Those anybody may know of, with what their rows and pages show."""
    return (
        TrainingClass.objects.public()
        .with_places()
        .with_bureau()
        .select_related("organization", "prefecture", "division", "room", "syllabus__job")
    )


def places_left(found: Any) -> int:
    """How many places of a class ``with_places`` are free: neither taken nor kept for somebody."""
    left: int = found.seats - found.taken - found.kept
    return max(left, 0)


def offer(request: Any, found: Any) -> dict[str, Any]:
    """The facts of a class as its page shows them, and whether this person can join."""
    lessons = list(found.lessons.select_related("unit", "room"))
    units = list(found.syllabus.units.all())
    bookings = [Booking(lesson.starts_at, lesson.ends_at, "") for lesson in lessons]
    now = timezone.now()
    last = lessons[-1].starts_at if lessons else None
    closed = why_closed(in_effect=found.in_effect, last_begins=last, now=now)
    mine = Enrolment.objects.visible_to(request.user).active().filter(training_class=found)
    works = request.user.is_authenticated and not may_enrol(request.user)
    joined = not works and mine.exists()
    waiting = None if works or joined else _waiting(request, found)
    left = places_left(found)
    if waiting and waiting.state == WaitingState.OFFERED:
        left += 1  # one is kept for this very person
    return {
        "found": found,
        "left": left,
        "closed": closed,
        "joined": joined,
        "works": works,
        "waiting": waiting,
        "line": found.waiting.in_line().count() if not left or waiting else 0,
        "can_join": left and not closed and not works,
        "missed": missed_seconds(bookings, now),
        "units": units,
        "hours": sum(unit.hours for unit in units),
        "days": _days(lessons),
    }


def _waiting(request: Any, found: TrainingClass) -> Any:
    """One's own place in the line, with ``number``, counted from 1."""
    mine = Waiting.objects.visible_to(request.user).in_line().filter(training_class=found)
    return mine.with_number().first()


def _days(lessons: list[Lesson]) -> list[dict[str, Any]]:
    """The timetable, day by day."""

    def day_of(lesson: Lesson) -> Any:
        return timezone.localdate(lesson.starts_at)

    return [{"day": day, "lessons": list(of_day)} for day, of_day in groupby(lessons, key=day_of)]


def consent_form(request: SignedIn) -> ConsentForm:
    """Bound whenever something was sent, also when nothing was left to tick."""
    sent = request.POST if request.method == "POST" else None
    return ConsentForm(person(request), sent, required=REQUIRED)


def person(request: SignedIn) -> Person:
    """Who is signed in, as a person; staff accounts are nobody here."""
    if request.user.person is None:
        raise Http404
    return request.user.person
