"""The roll of one lesson, and correcting a line of it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.attendance import actions, rules
from zhupei.attendance import parameters as p
from zhupei.attendance.actions.shared import describe
from zhupei.attendance.actions.signing import sign_out_window
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.forms import HERE, CorrectionForm
from zhupei.attendance.models import Attendance, Correction
from zhupei.attendance.parameters import Figures
from zhupei.attendance.views.shared import kept_lesson, on_the_roll, way_here
from zhupei.classes.models import Enrolment, Lesson
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.models import User
from zhupei.people.requests import SignedIn

Deed = Callable[[Attendance, User, str], Any]
PRESENCE: dict[str, Deed] = {
    "confirm": lambda row, user, _note: actions.confirm_presence(row, by=user),
    "deny": lambda row, user, note: actions.deny_presence(row, by=user, note=note),
    "stay": lambda row, user, _note: actions.confirm_stay(row, by=user),
}


@login_required
@require_GET
def roll(request: SignedIn, pk: int) -> HttpResponse:
    """The roll of one lesson, for a phone: who is there, who is not, what waits for somebody."""
    lesson = kept_lesson(request, pk)
    rows = _rows(request, lesson)
    corrected: dict[str, Any] = {
        "verb": AttendanceEvent.CORRECTED,
        "facts__lesson": str(lesson),
    }
    context = {
        "lesson": lesson,
        "rows": rows,
        "present": sum(1 for row in rows if row["attendance"] and row["attendance"].arrived_at),
        "waiting": sum(1 for row in rows if row["attendance"] and row["attendance"].waiting),
        "owing": sum(1 for row in rows if row["owes"]),
        "proposed": sum(1 for row in rows if row["correction"]),
        "expected": len(rows),
        "timeline": audit.timeline(lesson.training_class, **corrected),
        "crumbs": [*way_here(lesson), {"label": _("点名册")}],
    }
    return render(request, "attendance/roll.html", context)


def _rows(request: SignedIn, lesson: Lesson) -> list[dict[str, Any]]:
    """One line a learner, with everything said about it; the same number of queries for any."""
    now, figures = timezone.now(), p.figures(lesson.training_class.prefecture_id)
    there = {row.enrolment_id: row for row in lesson.attendance.all()}
    open_ones = Correction.objects.visible_to(request.user).open().filter(lesson=lesson)
    proposed = {one.enrolment_id: one for one in open_ones.select_related("proposed_by")}
    learners = list(on_the_roll(lesson))
    phones = _phones(learners, there)
    return [
        {
            "enrolment": one,
            "attendance": there.get(one.pk),
            "correction": proposed.get(one.pk),
            "proposal": _proposal(proposed.get(one.pk)),
            "same_phone": _others(one, there.get(one.pk), phones),
        }
        | _how(lesson, there.get(one.pk), figures, now)
        for one in learners
    ]


def _phones(learners: list[Enrolment], there: dict[int, Attendance]) -> dict[str, list[Enrolment]]:
    """Who signed in from which phone."""
    phones: dict[str, list[Enrolment]] = defaultdict(list)
    for one in learners:
        row = there.get(one.pk)
        if row is not None and row.device:
            phones[row.device].append(one)
    return phones


def _others(
    one: Enrolment, row: Attendance | None, phones: dict[str, list[Enrolment]]
) -> list[str]:
    if row is None or not row.waiting:
        return []
    return [other.person.name for other in phones.get(row.device, []) if other.pk != one.pk]


def _proposal(correction: Correction | None) -> str:
    return describe(correction.arrived_at, correction.left_at) if correction else ""


def _how(lesson: Lesson, row: Attendance | None, figures: Figures, now: datetime) -> dict[str, Any]:
    """迟到、早退、未签退 of one line, by rule."""
    if row is None or row.arrived_at is None:
        return {"late": 0, "early": 0, "owes": False}
    grace, leaving = figures.late_after, figures.early_leave
    late = rules.late_by(lesson.starts_at, row.arrived_at, grace=timedelta(minutes=grace))
    early = rules.left_early_by(lesson.ends_at, row.left_at, grace=timedelta(minutes=leaving))
    owes = figures.sign_out == "yes" and rules.owes_sign_out(
        now,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        signed_out_at=row.signed_out_at,
        closes=sign_out_window(lesson, figures)[1],
    )
    minutes = timedelta(minutes=1)
    return {"late": late // minutes, "early": early // minutes, "owes": owes}


@login_required
@require_POST
def presence(request: SignedIn, pk: int, enrolment: int, name: str) -> HttpResponse:
    """The teacher looks up: was there, was not, stayed to the end."""
    lesson = kept_lesson(request, pk)
    if name not in PRESENCE:
        raise Http404
    rows = Attendance.objects.visible_to(request.user).filter(lesson=lesson)
    row = get_object_or_404(rows, enrolment=enrolment)
    PRESENCE[name](row, request.user, request.POST.get("note", ""))
    messages.success(request, _("已记下。"))
    return redirect("attendance:roll", pk=lesson.pk)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedIn, pk: int, enrolment: int) -> HttpResponse:
    """Propose to correct one line of the roll, with a reason."""
    lesson = kept_lesson(request, pk)
    learners = Enrolment.objects.visible_to(request.user).filter(
        training_class=lesson.training_class_id
    )
    learner = get_object_or_404(learners.select_related("person"), pk=enrolment)
    row = lesson.attendance.filter(enrolment=learner).first()
    form = CorrectionForm(lesson, request.POST or None, initial=_initial(lesson, row))
    if request.method == "POST" and form.is_valid() and _proposed(request, form, learner):
        messages.success(request, _("已提出更正，等第二个人确认；确认以前学时不变。"))
        return redirect("attendance:roll", pk=lesson.pk)
    crumbs = [*way_here(lesson, roll=True), {"label": _("更正")}]
    context = {"lesson": lesson, "learner": learner, "form": form, "row": row, "crumbs": crumbs}
    return render(request, "attendance/correct.html", context)


def _initial(lesson: Lesson, row: Attendance | None) -> dict[str, Any]:
    if row is None or row.arrived_at is None:
        return {"present": HERE, "arrived": timezone.localtime(lesson.starts_at).time()}
    clock = {
        name: timezone.localtime(moment).time() if moment else None
        for name, moment in [("arrived", row.arrived_at), ("left", row.left_at)]
    }
    return clock | {"present": HERE}


def _proposed(request: SignedIn, form: CorrectionForm, learner: Enrolment) -> bool:
    try:
        actions.correct(form.lesson, learner, by=request.user, **form.moments())
    except Refused as refusal:
        fields = {"arrived_at": "arrived", "left_at": "left", "note": "note"}
        form.add_error(fields.get(refusal.field or ""), str(refusal))
        return False
    return True
