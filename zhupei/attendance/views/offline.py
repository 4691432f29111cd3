"""The roll on a phone without network: its page, and where marks come in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.attendance import actions
from zhupei.attendance.actions.shared import describe
from zhupei.attendance.incoming import read
from zhupei.attendance.models import Attendance
from zhupei.attendance.views.shared import kept_lesson, on_the_roll, way_here
from zhupei.classes.models import Lesson
from zhupei.core import offline
from zhupei.people.requests import SignedIn


@login_required
@never_cache
@require_GET
def roll(request: SignedIn, pk: int) -> HttpResponse:
    """The page a phone keeps: names, and big buttons. Nothing else about anybody is on it."""
    lesson = kept_lesson(request, pk)
    context = {
        "lesson": lesson,
        "data": _data(request, lesson),
        "crumbs": [*way_here(lesson, roll=True), {"label": _("离线点名")}],
    }
    return render(request, "attendance/offline.html", context)


@login_required
@never_cache
@require_POST
def sync(request: SignedIn, pk: int) -> JsonResponse:
    """Take in what a phone kept; the same twice is once. Answers JSON, whatever happens."""
    lesson = kept_lesson(request, pk)
    return offline.answer(
        request, read, lambda sent: _taken(request, lesson, sent), lambda: {"rows": _said(lesson)}
    )


def _taken(
    request: SignedIn, lesson: Lesson, sent: offline.Batch[actions.Sent]
) -> list[offline.Outcome]:
    return actions.sync(
        lesson, by=request.user, phone=sent.phone, phone_now=sent.phone_now, marks=sent.marks
    )


def _data(request: SignedIn, lesson: Lesson) -> dict[str, Any]:
    """What the page's script works with."""
    known = _said(lesson)
    return {
        "lesson": lesson.pk,
        "user": request.user.pk,
        "sync": reverse("attendance:sync", args=[lesson.pk]),
        "page": reverse("attendance:offline", args=[lesson.pk]),
        "worker": reverse("attendance:worker"),
        "rows": [
            {"enrolment": one.pk, "name": one.person.name}
            | known.get(one.pk, {"said": "", "differ": False})
            for one in on_the_roll(lesson)
        ],
    }


def _said(lesson: Lesson) -> dict[int, dict[str, Any]]:
    """What the roll says of everybody who is on it, in words."""
    return {row.enrolment_id: _words(row) for row in lesson.attendance.all()}


def _words(row: Attendance) -> dict[str, Any]:
    words = describe(row.arrived_at, row.left_at)
    said = f"{words}（{row.get_method_display()}）"
    return {"said": said, "differ": row.phones_differ, "waiting": row.waiting}
