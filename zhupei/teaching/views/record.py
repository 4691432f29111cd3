"""The record of a class: its lessons, what is missing, the log of a lesson, the checks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.models import Lesson
from zhupei.classes.views.frame import load
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn
from zhupei.teaching import record
from zhupei.teaching.access import may_add, may_check, may_log
from zhupei.teaching.actions import checks as check_actions
from zhupei.teaching.actions import logs
from zhupei.teaching.forms import CheckForm, LogForm
from zhupei.teaching.models import Evidence, LessonLog, TeachingCheck
from zhupei.teaching.views.shared import UNPROCESSABLE, beside, part


@login_required
@require_GET
def of_class(request: SignedIn, pk: int) -> HttpResponse:
    """What the record of a class holds, what is missing, and who owes it."""
    found = load(request, pk)
    context = part(request, found, "lessons") | {
        "record": record.of(found),
        "lessons": list(record.lessons_over(found)),
        "may_add": may_add(request.user, found),
    }
    return render(request, "teaching/class.html", context)


def _lesson(request: SignedIn, pk: int) -> Lesson:
    visible = Lesson.objects.visible_to(request.user).select_related(
        "training_class__organization", "unit", "room", "teacher__person"
    )
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def lesson(request: SignedIn, pk: int) -> HttpResponse:
    """The log of one lesson, for a phone: filled in already, only exceptions are written."""
    found = _lesson(request, pk)
    writes = may_log(request.user, found)
    if request.user.acting is None:
        raise Http404
    log = LessonLog.objects.visible_to(request.user).filter(lesson=found).first()
    initial = None if log else logs.planned(found)
    form = LogForm(found, request.POST or None, instance=log, initial=initial) if writes else None
    if form and request.method == "POST" and form.is_valid() and _written(request, form, found):
        return redirect("teaching:class", found.training_class_id)
    pieces = Evidence.objects.visible_to(request.user).standing().filter(lesson=found)
    context = {
        "lesson": found,
        "log": log,
        "form": form,
        "pieces": pieces.select_related("file"),
        "over": found.ends_at <= timezone.now(),
        "timeline": audit.timeline(log) if log else [],
        "crumbs": _way_here(found),
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "teaching/lesson.html", context, status=status)


def _way_here(found: Lesson) -> list[dict[str, str]]:
    training_class = found.training_class
    return [
        {"label": _("开班计划"), "url": reverse("classes:index")},
        {
            "label": training_class.number or training_class.title,
            "url": reverse("teaching:class", args=[training_class.pk]),
        },
        {"label": _("教学日志")},
    ]


def _written(request: SignedIn, form: LogForm, found: Lesson) -> bool:
    try:
        logs.write(found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        beside(form, refusal)
        return False
    messages.success(request, _("教学日志已记下。"))
    return True


@login_required
@require_POST
def as_planned(request: SignedIn, pk: int) -> HttpResponse:
    """One tap: the lesson was as the timetable has it."""
    found = _lesson(request, pk)
    logs.write(found, by=request.user)
    messages.success(request, _("已记下：按课表上课。"))
    return redirect("teaching:class", found.training_class_id)


@login_required
@require_http_methods(["GET", "POST"])
def checks(request: SignedIn, pk: int) -> HttpResponse:
    """The checks of the teaching; one more."""
    found = load(request, pk)
    writes = may_check(request.user, found)
    initial = {"checked_on": min(timezone.localdate(), found.ends_on)}
    form = CheckForm(found, request.POST or None, initial=initial) if writes else None
    if form and request.method == "POST" and form.is_valid():
        try:
            check_actions.check(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            messages.success(request, _("教学检查已记下。"))
            return redirect("teaching:checks", pk)
    rows = TeachingCheck.objects.visible_to(request.user).filter(training_class=found)
    context: dict[str, Any] = part(request, found, "checks") | {
        "form": form,
        "rows": rows.select_related("lesson__unit", "checker").order_by("-checked_on", "-pk"),
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "teaching/checks.html", context, status=status)


@login_required
@require_POST
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """How a fault was put right."""
    rows = TeachingCheck.objects.visible_to(request.user)
    row = get_object_or_404(rows, pk=pk)
    check_actions.correct(row, by=request.user, corrected=request.POST.get("corrected", ""))
    messages.success(request, _("整改已记下。"))
    return redirect("teaching:checks", row.training_class_id)
