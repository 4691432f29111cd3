"""Corrections that wait for a second person, and what became of the others."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhupei.attendance import actions
from zhupei.attendance.actions.corrections import change, why_not
from zhupei.attendance.actions.shared import describe
from zhupei.attendance.forms import CorrectionFilters
from zhupei.attendance.models import Correction, CorrectionQuerySet, CorrectionState, PaperSheet
from zhupei.attendance.views.shared import way_here
from zhupei.attendance.workflow import CORRECTION
from zhupei.classes.models import Lesson
from zhupei.core import audit
from zhupei.people.models import User
from zhupei.people.requests import SignedIn

PER_PAGE = 25
SOME = 20  # sheets and lessons shown above the list
Deed = Callable[[Correction, User, str], Any]
MOVES: dict[str, Deed] = {
    "confirm": lambda found, user, _note: actions.confirm_correction(found, by=user),
    "reject": lambda found, user, note: actions.reject_correction(found, by=user, note=note),
    "take_back": lambda found, user, _note: actions.take_back_correction(found, by=user),
}
SAID = {
    "confirm": gettext_lazy("已确认，点名册和学时已改，学员收到消息。"),
    "reject": gettext_lazy("已记下不同意，提出的人收到理由。"),
    "take_back": gettext_lazy("已收回。"),
}
LOOKS = {
    CorrectionState.PROPOSED: ("hourglass", "warn"),
    CorrectionState.CONFIRMED: ("circle-check", "ok"),
    CorrectionState.REJECTED: ("x", ""),
    CorrectionState.TAKEN_BACK: ("arrow-back-up", ""),
}
ICONS = {"confirm": "check", "reject": "x", "take_back": "arrow-back-up"}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """What waits for somebody: lines to correct, sheets of paper, sign-ins from shared phones."""
    if request.user.acting is None:
        raise Http404
    filters = CorrectionFilters(request.GET or None)
    rows = _narrowed(Correction.objects.visible_to(request.user), filters)
    related = rows.select_related(
        "enrolment__person", "lesson__unit", "lesson__training_class", "proposed_by", "decided_by"
    )
    page = Paginator(related.order_by("proposed_at", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"correction": one, "change": change(one), "badge": badge(one)} for one in page],
        "sheets": _sheets(request),
        "lessons": _shared_phones(request),
    }
    return render(request, "attendance/corrections.html", context)


def _narrowed(rows: CorrectionQuerySet, filters: CorrectionFilters) -> CorrectionQuerySet:
    """The open ones unless asked for more; those of an open sheet stand on their sheet."""
    said = filters.cleaned_data if filters.is_valid() else {"q": "", "state": ""}
    for word in said["q"].split():
        rows = rows.filter(
            Q(enrolment__person__name__icontains=word)
            | Q(lesson__training_class__title__icontains=word)
        )
    if said["state"] == "all":
        return rows
    if said["state"]:
        return rows.filter(state=said["state"])
    return rows.open().filter(sheet=None)


def _sheets(request: SignedIn) -> list[PaperSheet]:
    open_lines = Count("corrections", filter=Q(corrections__state=CorrectionState.PROPOSED))
    sheets = PaperSheet.objects.visible_to(request.user).annotate(waiting=open_lines)
    related = sheets.select_related("lesson__unit", "lesson__training_class", "entered_by")
    return list(related.filter(waiting__gt=0).order_by("entered_at")[:SOME])


def _shared_phones(request: SignedIn) -> list[Lesson]:
    """Lessons in which a sign-in from somebody else's phone waits for the teacher."""
    count = Count("attendance", filter=Q(attendance__waiting=True))
    lessons = Lesson.objects.visible_to(request.user).annotate(waiting=count)
    related = lessons.select_related("unit", "training_class", "teacher__person")
    mine = related.filter(
        waiting__gt=0, training_class__organization=request.user.acting.organization_id
    )
    return list(mine.order_by("starts_at")[:SOME])


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One correction: what the roll says, what is proposed, why, and what one may do."""
    found = _load(request, pk)
    before = describe(found.was_arrived_at, found.was_left_at)
    after = describe(found.arrived_at, found.left_at)
    context = {
        "correction": found,
        "badge": badge(found),
        "facts": [
            {"label": _("点名册上"), "value": before},
            {"label": _("更正为"), "value": after},
        ],
        "moves": moves(found, request.user),
        "base_url": reverse("attendance:correction", args=[found.pk]),
        "timeline": audit.timeline(found),
        "crumbs": _crumbs(found),
    }
    return render(request, "attendance/correction.html", context)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Confirm it, refuse it, take it back."""
    if name not in MOVES:
        raise Http404
    found = _load(request, pk)
    MOVES[name](found, request.user, request.POST.get("note", ""))
    messages.success(request, SAID[name])
    return redirect("attendance:correction", pk=found.pk)


def moves(found: Correction, user: Any) -> list[dict[str, Any]]:
    """The buttons somebody has; who proposed it reads why they cannot confirm it."""
    buttons: list[dict[str, Any]] = [
        {
            "name": one.name,
            "label": one.label,
            "consequence": one.consequence,
            "tone": one.tone,
            "needs_note": one.needs_note,
            "icon": ICONS[one.name],
        }
        for one in CORRECTION.available(found, user)
    ]
    refusal = why_not(found, user) if found.state == CorrectionState.PROPOSED else None
    if refusal is not None:
        confirm = CORRECTION.moves["confirm"]
        blocked = {"name": "confirm", "label": confirm.label, "icon": "check"}
        buttons.insert(0, blocked | {"blocked": str(refusal)})
    return buttons


def badge(found: Correction) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = LOOKS[CorrectionState(found.state)]
    return {"icon": icon, "tone": tone, "word": found.get_state_display()}


def _load(request: SignedIn, pk: int) -> Correction:
    visible = Correction.objects.visible_to(request.user).select_related(
        "enrolment__person",
        "lesson__unit",
        "lesson__room",
        "lesson__teacher__person",
        "lesson__training_class__organization",
        "sheet",
        "proposed_by",
        "decided_by",
    )
    return get_object_or_404(visible, pk=pk)


def _crumbs(found: Correction) -> list[dict[str, str]]:
    back = {"label": _("考勤待确认"), "url": reverse("attendance:corrections")}
    return [way_here(found.lesson)[0], back, {"label": str(found.enrolment.person)}]
