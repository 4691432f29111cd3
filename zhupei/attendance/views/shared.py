"""What the pages of a lesson share: the lesson as somebody may know it, and the way to it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import EnrolmentState, Lesson
from zhupei.classes.models.enrolment import EnrolmentQuerySet
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422


def any_lesson(request: SignedIn, pk: int) -> Lesson:
    """A lesson of a class this person may see."""
    visible = Lesson.objects.visible_to(request.user).select_related(
        "training_class__organization", "unit", "room", "teacher__person"
    )
    return get_object_or_404(visible, pk=pk)


def kept_lesson(request: SignedIn, pk: int) -> Lesson:
    """A lesson whose roll this person keeps; for anybody else there is no such page."""
    lesson = any_lesson(request, pk)
    if not may_keep_roll(request.user, lesson):
        raise Http404
    return lesson


def on_the_roll(lesson: Lesson) -> EnrolmentQuerySet:
    """The learners of a lesson in the order of the roll."""
    enrolled: EnrolmentQuerySet = lesson.training_class.enrolments.filter(
        state=EnrolmentState.ENROLLED
    )
    return enrolled.select_related("person").order_by("person__name", "pk")


def way_here(lesson: Lesson, *, roll: bool = False) -> list[dict[str, str]]:
    """From the classes to the timetable this lesson stands in, and to its roll."""
    found = lesson.training_class
    way = [
        {"label": _("开班计划"), "url": reverse("classes:index")},
        {"label": found.number or found.title, "url": reverse("classes:detail", args=[found.pk])},
        {"label": _("课程表"), "url": reverse("classes:timetable", args=[found.pk])},
    ]
    if roll:
        way.append({"label": _("点名册"), "url": reverse("attendance:roll", args=[lesson.pk])})
    return way
