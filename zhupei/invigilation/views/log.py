"""The invigilators' log: opening, closing, signatures; one page that prints."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import audit, parameters
from zhupei.core.errors import beside
from zhupei.exams.events import AttemptEvent, SittingEvent
from zhupei.exams.models import Sitting
from zhupei.invigilation.actions import log as actions
from zhupei.invigilation.events import (
    DoorEvent,
    HelpEvent,
    IncidentEvent,
    RoomEvent,
    SafeBrowserEvent,
)
from zhupei.invigilation.forms import ClosingForm, OpeningForm
from zhupei.invigilation.models import RoomLog
from zhupei.invigilation.parameters import SIGNATURES
from zhupei.invigilation.views.shared import head, load
from zhupei.people.requests import SignedIn

MOST_LINES = 500
# What happened in the room; who began and handed in when is a figure, not a line each.
IN_THE_ROOM = [
    *DoorEvent,
    *RoomEvent,
    *IncidentEvent,
    *HelpEvent,
    *SafeBrowserEvent,
    AttemptEvent.PAUSED,
    AttemptEvent.RESUMED,
    AttemptEvent.EXTENDED,
    AttemptEvent.ENDED,
    SittingEvent.RESEATED,
    SittingEvent.CLOSED,
]


@login_required
@require_GET
def log(request: SignedIn, pk: int) -> HttpResponse:
    """The log as it stands."""
    return _log(request, load(request, pk), OpeningForm(), ClosingForm())


@login_required
@require_POST
def open_room(request: SignedIn, pk: int) -> HttpResponse:
    """The opening check."""
    sitting = load(request, pk)
    form = OpeningForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with beside(form):
            actions.open_room(sitting, by=request.user, checks=said, note=said["opening_note"])
            messages.success(request, _("开场检查已记入日志，可以开始入场核验。"))
            return redirect("invigilation:log", pk=pk)
    return _log(request, sitting, form, ClosingForm())


@login_required
@require_POST
def close_room(request: SignedIn, pk: int) -> HttpResponse:
    """How it went."""
    sitting = load(request, pk)
    form = ClosingForm(request.POST)
    if form.is_valid():
        actions.close_room(sitting, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("小结已记入日志，请监考员分别签名。"))
        return redirect("invigilation:log", pk=pk)
    return _log(request, sitting, OpeningForm(), form)


@login_required
@require_POST
def sign(request: SignedIn, pk: int) -> HttpResponse:
    """Stand by it."""
    actions.sign(load(request, pk), by=request.user)
    messages.success(request, _("已签名。"))
    return redirect("invigilation:log", pk=pk)


def _log(
    request: SignedIn, sitting: Sitting, opening: OpeningForm, closing: ClosingForm
) -> HttpResponse:
    beside = ("opened_by", "closed_by")
    rows = RoomLog.objects.visible_to(request.user).filter(sitting=sitting)
    kept = rows.select_related(*beside).prefetch_related("signatures__user").first()
    signed = list(kept.signatures.all()) if kept else []
    admitted = sitting.check_ins.entries()
    context = head(request, sitting, "log") | {
        "log": kept,
        "signed": signed,
        "needed": parameters.value(SIGNATURES),
        "may_sign": bool(kept and kept.closed_at)
        and actions.may_sign(request.user, sitting)
        and request.user.pk not in {one.user_id for one in signed},
        "watching": sitting.invigilators.called().select_related("user", "organization"),
        "opening": opening,
        "closing": closing,
        "seats": sitting.candidates.count(),
        "admitted": admitted.count(),
        "late": admitted.filter(late=True).count(),
        "absent": actions.absentees(sitting),
        "incidents": sitting.incidents.select_related("candidate__person", "by").order_by("at"),
        "begun": sitting.attempts.begun().aggregate(
            count=Count("pk"), first=Min("started_at"), last=Max("started_at")
        ),
        "handed": sitting.attempts.filter(handed_in_at__isnull=False).aggregate(
            count=Count("pk"), last=Max("handed_in_at")
        ),
        "lines": _lines(sitting),
    }
    status = 422 if opening.errors or closing.errors else 200
    return render(request, "invigilation/log.html", context, status=status)


def _lines(sitting: Sitting) -> list[dict[str, Any]]:
    """What happened in the room, oldest first; one deed to many is one line."""
    lines = audit.timeline(sitting, newest=MOST_LINES, verb__in=IN_THE_ROOM)[::-1]
    return [
        {"line": first, "more": len(list(rest))}
        for _deed, together in groupby(lines, key=_deed)
        for first, *rest in [list(together)]
    ]


def _deed(line: audit.Line) -> tuple[str, str, str, str]:
    event = line.event
    return event.verb, event.request_id, f"{event.at:%H:%M:%S}", line.note
