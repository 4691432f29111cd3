"""The room's screen, a learner's sign-in, the teacher's roll, the hours of one learner."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.attendance import actions, qr, rules
from zhupei.attendance import parameters as p
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.forms import ABSENT, HERE, CodeForm, CorrectionForm
from zhupei.attendance.models import Attendance
from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import Enrolment, EnrolmentState, Lesson
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.core.parameters import value
from zhupei.people.requests import SignedIn

SEEN = "attendance_seen"  # session key: the code that was scanned, and when


def _lesson(request: SignedIn, pk: int) -> Lesson:
    visible = Lesson.objects.visible_to(request.user).select_related(
        "training_class__organization", "unit", "room", "teacher__person"
    )
    return get_object_or_404(visible, pk=pk)


def _kept_lesson(request: SignedIn, pk: int) -> Lesson:
    """A lesson whose roll this person keeps; for anybody else there is no such page."""
    lesson = _lesson(request, pk)
    if not may_keep_roll(request.user, lesson):
        raise Http404
    return lesson


@login_required
@require_GET
def screen(request: SignedIn, pk: int) -> HttpResponse:
    """The page for the screen in the room."""
    lesson = _kept_lesson(request, pk)
    context = {"code_url": reverse("attendance:code", args=[lesson.pk]), "lesson": lesson}
    return render(request, "core/screen.html", context)


@login_required
@require_GET
@never_cache
def code(request: SignedIn, pk: int) -> JsonResponse:
    """The code of this moment as the screen shows it."""
    lesson = _kept_lesson(request, pk)
    now = timezone.now()
    digits = actions.code_now(lesson, now)
    address = request.build_absolute_uri(reverse("attendance:scan", args=[lesson.pk, digits]))
    roll = lesson.training_class.enrolments.filter(state=EnrolmentState.ENROLLED)
    return JsonResponse(
        {
            "code": digits,
            "svg": qr.drawn(address),
            "seconds_left": rules.seconds_left(now, every=value(p.CODE_SECONDS)),
            "lesson": f"{lesson.training_class}　{lesson.unit.title}",
            "present": lesson.attendance.filter(arrived_at__isnull=False).count(),
            "expected": roll.count(),
        }
    )


@require_GET
@never_cache
def scan(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Where the QR code leads: remember what was seen and when, then ask who it was."""
    seen = {"lesson": pk, "code": code, "at": timezone.now().isoformat()}
    request.session[SEEN] = seen
    return redirect("attendance:sign", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: int) -> HttpResponse:
    """A learner signs in: one tap after scanning, or six digits."""
    lesson = _lesson(request, pk)
    posted = request.method == "POST"
    form = CodeForm(request.POST if posted else None)
    if posted and (_scanned(request, pk) or form.is_valid()) and _signed(request, lesson, form):
        return redirect("attendance:sign", pk=pk)
    mine = Attendance.objects.visible_to(request.user).filter(lesson=lesson).first()
    context = {"lesson": lesson, "form": form, "scanned": _scanned(request, pk), "mine": mine}
    return render(request, "attendance/sign.html", context)


def _scanned(request: SignedIn, pk: int) -> bool:
    return bool((request.session.get(SEEN) or {}).get("lesson") == pk)


def _signed(request: SignedIn, lesson: Lesson, form: CodeForm) -> bool:
    """Try the typed digits, or else what was scanned; a refusal goes beside the field."""
    seen = request.session.pop(SEEN, None) or {}
    typed = request.POST.get("code", "").strip()
    try:
        if typed or seen.get("lesson") != lesson.pk:
            actions.sign_in(lesson, by=request.user, code=typed)
        else:
            moment = datetime.fromisoformat(seen["at"])
            actions.sign_in(lesson, by=request.user, code=seen["code"], seen_at=moment)
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.full_clean()
        form.errors.clear()  # after a scan nothing was typed, and nothing is missing
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("签到成功。"))
    return True


@login_required
@require_GET
def roll(request: SignedIn, pk: int) -> HttpResponse:
    """The roll of one lesson, for a phone: who is there, who is not."""
    lesson = _kept_lesson(request, pk)
    there = {row.enrolment_id: row for row in lesson.attendance.all()}
    enrolments = lesson.training_class.enrolments.filter(state=EnrolmentState.ENROLLED)
    rows = [
        {"enrolment": enrolment, "attendance": there.get(enrolment.pk)}
        for enrolment in enrolments.select_related("person").order_by("person__name", "pk")
    ]
    present = sum(1 for row in there.values() if row.arrived_at)
    corrected: dict[str, Any] = {
        "verb": AttendanceEvent.CORRECTED,
        "facts__lesson": str(lesson),
    }
    context = {
        "lesson": lesson,
        "rows": rows,
        "present": present,
        "expected": len(rows),
        "timeline": audit.timeline(lesson.training_class, **corrected),
        "crumbs": [*_way_here(lesson), {"label": _("点名册")}],
    }
    return render(request, "attendance/roll.html", context)


def _way_here(lesson: Lesson) -> list[dict[str, str]]:
    """From the classes to the timetable this lesson stands in."""
    found = lesson.training_class
    return [
        {"label": _("开班计划"), "url": reverse("classes:index")},
        {"label": found.number or found.title, "url": reverse("classes:detail", args=[found.pk])},
        {"label": _("课程表"), "url": reverse("classes:timetable", args=[found.pk])},
    ]


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedIn, pk: int, enrolment: int) -> HttpResponse:
    """Correct one line of the roll, with a reason."""
    lesson = _kept_lesson(request, pk)
    learners = Enrolment.objects.visible_to(request.user).filter(
        training_class=lesson.training_class_id
    )
    learner = get_object_or_404(learners.select_related("person"), pk=enrolment)
    row = lesson.attendance.filter(enrolment=learner).first()
    form = CorrectionForm(lesson, request.POST or None, initial=_initial(lesson, row))
    if request.method == "POST" and form.is_valid() and _corrected(request, form, learner):
        messages.success(request, _("已更正，学员会收到消息。"))
        return redirect("attendance:roll", pk=lesson.pk)
    crumbs = [
        *_way_here(lesson),
        {"label": _("点名册"), "url": reverse("attendance:roll", args=[lesson.pk])},
        {"label": _("更正")},
    ]
    context = {"lesson": lesson, "learner": learner, "form": form, "row": row, "crumbs": crumbs}
    return render(request, "attendance/correct.html", context)


def _initial(lesson: Lesson, row: Attendance | None) -> dict[str, Any]:
    if row is None:
        return {"present": HERE, "arrived": timezone.localtime(lesson.starts_at).time()}
    clock = {
        name: timezone.localtime(moment).time() if moment else None
        for name, moment in [("arrived", row.arrived_at), ("left", row.left_at)]
    }
    return clock | {"present": HERE if row.arrived_at else ABSENT}


def _corrected(request: SignedIn, form: CorrectionForm, learner: Enrolment) -> bool:
    try:
        actions.correct(form.lesson, learner, by=request.user, **form.moments())
    except Refused as refusal:
        form.add_error(
            {"arrived_at": "arrived", "left_at": "left"}.get(refusal.field or "", refusal.field),
            str(refusal),
        )
        return False
    return True


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
    total = sum(row.credited_seconds for row in there.values())
    shell = shell_of(request)
    context = {"enrolment": enrolment, "rows": rows, "total": total, "shell": shell}
    return render(request, "attendance/hours.html", context | {"now": timezone.now()})
