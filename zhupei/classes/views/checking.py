"""The pre-check while somebody types: what is not saved yet is judged as if it were."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhupei.classes import precheck
from zhupei.classes.access import may_draft
from zhupei.classes.actions import plan, timetable
from zhupei.classes.actions.trial import trial
from zhupei.classes.forms import LessonFormSet, Parts, PlanForm
from zhupei.classes.models import TrainingClass
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.timetable import WEEK, monday_of, written
from zhupei.core.errors import NotAllowed, Refused

NEEDED = ("syllabus", "division", "starts_on", "ends_on", "seats", "room")
STANDING_IN = {"title": "—", "contact_phone": "—", "practice_scheme": ""}


@login_required
@require_POST
def check_draft(request: HttpRequest) -> HttpResponse:
    """Judge a plan nobody has saved; what a check needs and is not typed yet is named."""
    user = me(request)
    owner = user.acting.organization
    if not may_draft(user, owner):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能起草开班计划。"))
    form = PlanForm(request.POST, instance=TrainingClass(), organization=owner, user=user)
    form.is_valid()
    said = STANDING_IN | form.cleaned_data
    found = _unless_open(form, lambda: plan.draft(owner, by=user, **said))
    context = {"form": form, "new": True, "check_url": reverse("classes:check_draft")}
    return _answer(request, "classes/edit.html", context | found)


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge a plan as its form stands; a field that is not right yet keeps its old value."""
    user, found = me(request), load(request, pk)
    form = PlanForm(request.POST, instance=found, organization=found.organization, user=user)
    form.is_valid()
    judged = _judged(lambda: plan.change(load(request, pk), by=user, **form.cleaned_data))
    context = frame(request, load(request, pk), "") | {
        "form": form,
        "seen": request.POST.get("seen", ""),
        "check_url": reverse("classes:check", args=[pk]),
    }
    return _answer(request, "classes/edit.html", context | judged)


@login_required
@require_POST
def check_week(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the plan with a week of its timetable as it is typed; unfinished rows are left out."""
    user, found = me(request), load(request, pk)
    monday = monday_of(request, found)
    parts = Parts(found, user)
    rows: Any = LessonFormSet(request.POST, prefix="rows", form_kwargs={"parts": parts})
    rows.is_valid()
    lessons = [form.lesson() for form in rows.filled() if not form.errors]
    between = (monday, monday + WEEK - timedelta(days=1))
    judged = _judged(
        lambda: timetable.set_timetable(found, by=user, lessons=lessons, between=between)
    )
    if request.headers.get("HX-Request"):
        return _answer(request, "classes/timetable.html", {"class": found} | judged)
    return written(request, found, parts, rows=rows, judged=judged)


def _unless_open(form: BaseForm, deed: Callable[[], TrainingClass]) -> dict[str, Any]:
    missing = [form.fields[name].label for name in NEEDED if name not in form.cleaned_data]
    return {"missing": missing} if missing else _judged(deed)


def _judged(deed: Callable[[], TrainingClass]) -> dict[str, Any]:
    """The panel: what was found, or why nothing could be."""
    try:
        report = trial(deed)
    except (Refused, ValidationError) as no:
        words = no.messages if isinstance(no, ValidationError) else [str(no)]
        return {"check_fault": " ".join(words)}
    return panel(report)


def panel(report: precheck.Report) -> dict[str, Any]:
    """What ``classes/_check.html`` shows of a report."""
    return {
        "checked": True,
        "check_rows": [check for check in report.checks if check.tone != "ok"],
        "check_good": [check for check in report.checks if check.tone == "ok"],
        "check_bars": precheck.bars(report.plan.units, report.plan.lessons),
        "tally": {tone: report.count(tone) for tone in ("bad", "warn", "ok")},
    }


def _answer(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """The panel alone for htmx, otherwise the whole page with everything typed still in it."""
    template = "classes/_check.html" if request.headers.get("HX-Request") else page
    return render(request, template, context)
