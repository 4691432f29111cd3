"""What the pages of measures and of matters handed over have in common."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core.errors import Refused
from zhupei.core.rooms import gathered
from zhupei.organizations.models import OFFICERS, Organization
from zhupei.oversight.models import (
    Handover,
    HandoverState,
    Measure,
    MeasureKind,
    MeasureState,
)
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422
KINDS = {
    MeasureKind.TALK: "message-report",
    MeasureKind.CORRECT: "tool",
    MeasureKind.SUSPEND: "player-pause",
    MeasureKind.REMOVE: "logout",
}
MEASURES = {
    MeasureState.DRAFT: ("pencil", ""),
    MeasureState.NOTICED: ("speakerphone", "warn"),
    MeasureState.STATED: ("message-report", "warn"),
    MeasureState.DECIDED: ("send", "warn"),
    MeasureState.SERVED: ("hourglass", "info"),
    MeasureState.DONE: ("circle-check", "ok"),
    MeasureState.LIFTED: ("player-play", "ok"),
    MeasureState.DROPPED: ("x", ""),
    MeasureState.REVOKED: ("ban", ""),
}
HANDOVERS = {
    HandoverState.DRAFT: ("pencil", ""),
    HandoverState.SENT: ("send", "warn"),
    HandoverState.RECEIVED: ("inbox", "info"),
    HandoverState.DECLINED: ("arrow-back-up", "bad"),
    HandoverState.FILED: ("folder", "info"),
    HandoverState.PENALISED: ("scale", "bad"),
    HandoverState.CLEARED: ("circle-check", "ok"),
    HandoverState.REVOKED: ("ban", ""),
    HandoverState.CANCELLED: ("x", ""),
}


def badge(measure: Measure) -> dict[str, Any]:
    """Where a measure stands; one past its day says so."""
    late = is_late(measure, timezone.localdate())
    icon, tone = MEASURES[MeasureState(measure.state)]
    word = measure.get_state_display()
    if late:
        return {"icon": "alert-triangle", "tone": "bad", "word": _("逾期")}
    return {"icon": icon, "tone": tone, "word": word}


def is_late(measure: Measure, today: date) -> bool:
    """Is its day over, and nothing came?"""
    if measure.state in {MeasureState.DECIDED, MeasureState.SERVED}:
        return measure.due_on is not None and measure.due_on < today
    undecided = measure.state in {MeasureState.NOTICED, MeasureState.STATED}
    return undecided and measure.decide_by is not None and measure.decide_by < timezone.now()


def handover_badge(handover: Handover) -> dict[str, Any]:
    """Where a matter stands."""
    icon, tone = HANDOVERS[HandoverState(handover.state)]
    return {"icon": icon, "tone": tone, "word": handover.get_state_display()}


def worker(request: SignedIn) -> Any:
    """Whoever does the work of a body."""
    acting = request.user.acting
    if acting is None or acting.role not in OFFICERS:
        raise Http404
    return request.user


def institution(request: SignedIn, pk: int) -> Organization:
    """One institution of the area."""
    rows = Organization.objects.visible_to(worker(request)).public()
    return get_object_or_404(rows.select_related("prefecture", "admission"), pk=pk)


def tried(form: forms.BaseForm, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field."""
    try:
        return verb() or True
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        refusal.beside(form)
        return None


def falls_with(found: Measure | Handover) -> str:
    """What falls once a decision is taken back, in words; empty: nothing does."""
    names = [name for falling in gathered("effects", "FALLS_WITH") for name in falling(found)]
    said = {"count": len(names), "names": "、".join(names)}
    return _("随即撤下 %(count)d 条信用记录（%(names)s），机构收到通知") % said if names else ""
