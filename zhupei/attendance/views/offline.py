"""The roll on a phone without network: its page, its service worker, where marks come in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.attendance import actions
from zhupei.attendance.actions.shared import describe
from zhupei.attendance.incoming import batch
from zhupei.attendance.models import Attendance
from zhupei.attendance.views.shared import kept_lesson, on_the_roll, way_here
from zhupei.classes.models import Lesson
from zhupei.core import offline
from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The service worker; it stands here because it rules over the addresses below its own."""
    return offline.worker()


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
    try:
        sent = batch(request.body)
    except offline.Malformed as fault:
        return JsonResponse({"code": "malformed", "sentence": str(fault)}, status=400)
    try:
        outcomes = _taken(request, lesson, sent)
    except Refused as refusal:
        said = {"code": refusal.code, "sentence": str(refusal)}
        return JsonResponse(said, status=refusal.status)
    return JsonResponse(
        {
            "now": offline.milliseconds(),
            "marks": [one.said() for one in outcomes],
            "rows": _said(lesson),
        }
    )


def _taken(
    request: SignedIn, lesson: Lesson, sent: offline.Batch[actions.Sent]
) -> list[offline.Outcome]:
    if sent.user != request.user.pk:
        raise Refused("other_person", _("这些是另一个账号点的名。请由点名的人登录后上传。"))
    return actions.sync(
        lesson,
        by=request.user,
        phone=sent.phone,
        phone_now=sent.phone_now,
        marks=sent.marks,
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
