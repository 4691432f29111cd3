"""The sheet of paper: printed, signed by hand, photographed, entered, compared by a second one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.attendance import actions, qr
from zhupei.attendance.actions.corrections import change
from zhupei.attendance.forms import SheetForm
from zhupei.attendance.models import Correction, CorrectionState, PaperSheet
from zhupei.attendance.views.corrections import badge, moves
from zhupei.attendance.views.shared import UNPROCESSABLE, kept_lesson, on_the_roll, way_here
from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.people.requests import SignedIn

Deed = Callable[[PaperSheet, User, str], Any]
MOVES: dict[str, Deed] = {
    "confirm": lambda found, user, _note: actions.confirm_sheet(found, by=user),
    "reject": lambda found, user, note: actions.reject_sheet(found, by=user, note=note),
    "take_back": lambda found, user, _note: actions.take_back_sheet(found, by=user),
}


@login_required
@require_GET
def paper(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet to print: names, boxes to sign in, and the way back into the system."""
    lesson = kept_lesson(request, pk)
    entry = request.build_absolute_uri(reverse("attendance:enter", args=[lesson.pk]))
    context = {
        "lesson": lesson,
        "number": str(PaperSheet(lesson=lesson)),
        "learners": list(on_the_roll(lesson)),
        "spare": range(3),
        "entry": entry,
        "qr": qr.as_picture(entry),
        "crumbs": [*way_here(lesson, roll=True), {"label": _("纸质签到表")}],
    }
    return render(request, "attendance/paper.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a signed sheet: its photo, and a tick and times for everybody who signed."""
    lesson = kept_lesson(request, pk)
    posted = request.method == "POST"
    people = list(on_the_roll(lesson))
    form = SheetForm(
        lesson, people, request.POST if posted else None, request.FILES if posted else None
    )
    if posted and form.is_valid():
        sheet = _entered(request, form)
        if sheet is not None:
            messages.success(request, _("已录入，等第二个人对照照片确认；确认以前学时不变。"))
            return redirect("attendance:sheet", pk=sheet.pk)
    context = {
        "lesson": lesson,
        "number": str(PaperSheet(lesson=lesson)),
        "form": form,
        "rows": list(form.rows()),
        "crumbs": [*way_here(lesson, roll=True), {"label": _("录入纸质签到表")}],
    }
    wrong = posted and not form.is_valid()
    return render(request, "attendance/enter.html", context, status=UNPROCESSABLE if wrong else 200)


def _entered(request: SignedIn, form: SheetForm) -> PaperSheet | None:
    upload = form.cleaned_data["photo"]
    try:
        return actions.enter_sheet(form.lesson, by=request.user, lines=form.lines(), upload=upload)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("photo" if refusal.field == "photo" else None, str(refusal))
        return None


@login_required
@require_GET
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The photo beside what was entered from it."""
    found = _load(request, pk)
    lines = Correction.objects.visible_to(request.user).filter(sheet=found)
    related = lines.select_related(
        "enrolment__person",
        "lesson__unit",
        "lesson__training_class__organization",
        "proposed_by",
    )
    rows = list(related.order_by("enrolment__person__name", "pk"))
    open_ones = [one for one in rows if one.state == CorrectionState.PROPOSED]
    context = {
        "sheet": found,
        "lesson": found.lesson,
        "rows": [{"correction": one, "change": change(one), "badge": badge(one)} for one in rows],
        "open": len(open_ones),
        "picture": found.photo.media_type.startswith("image/"),
        "moves": moves(open_ones[0], request.user) if open_ones else [],
        "base_url": reverse("attendance:sheet", args=[found.pk]),
        "crumbs": _crumbs(found),
    }
    return render(request, "attendance/sheet.html", context)


@login_required
@require_GET
def photo(request: SignedIn, pk: int) -> Any:
    """The photo itself, for those who may see the sheet."""
    return files.respond(_load(request, pk).photo, inline=True)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Confirm, refuse or take back everything entered from one sheet."""
    if name not in MOVES:
        raise Http404
    found = _load(request, pk)
    count = MOVES[name](found, request.user, request.POST.get("note", ""))
    messages.success(request, _("已处理 %(count)s 行。") % {"count": count})
    return redirect("attendance:sheet", pk=found.pk)


def _load(request: SignedIn, pk: int) -> PaperSheet:
    visible = PaperSheet.objects.visible_to(request.user).select_related(
        "lesson__unit",
        "lesson__room",
        "lesson__training_class",
        "lesson__teacher__person",
        "photo",
        "entered_by",
    )
    return get_object_or_404(visible, pk=pk)


def _crumbs(found: PaperSheet) -> list[dict[str, str]]:
    back = {"label": _("考勤待确认"), "url": reverse("attendance:corrections")}
    return [way_here(found.lesson)[0], back, {"label": _("签到表 %(n)s") % {"n": found}}]
