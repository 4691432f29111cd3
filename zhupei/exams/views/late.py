"""What came too late or by hand: the answers that wait for a decision, the file that is carried."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.actions import carried, late
from zhupei.exams.forms import CarriedForm
from zhupei.exams.models import Attempt, Sitting, State
from zhupei.people.requests import SignedIn


def _load(request: SignedIn, pk: int) -> Sitting:
    if request.user.acting is None:
        raise Http404
    sittings = Sitting.objects.visible_to(request.user).select_related("organization", "job")
    sitting = get_object_or_404(sittings, pk=pk)
    if not may_invigilate(request.user, sitting):
        raise NotAllowed("not_allowed", _("只有这场考试的监考员和考务员能看。"))
    return sitting


def _shown(
    request: SignedIn, sitting: Sitting, form: CarriedForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "sitting": sitting,
        "lines": late.lines(sitting),
        "may_decide": may_run(request.user, sitting) and sitting.state != State.RELEASED,
        "released": sitting.state == State.RELEASED,
        "form": form or CarriedForm(),
    }
    return render(request, "exams/late.html", context, status=status)


@login_required
@require_GET
def index(request: SignedIn, pk: int) -> HttpResponse:
    """Everything of this sitting that arrived after the end."""
    return _shown(request, _load(request, pk))


@login_required
@require_POST
def carry(request: SignedIn, pk: int) -> HttpResponse:
    """Hand in an answer file for the candidate it belongs to."""
    sitting = _load(request, pk)
    form = CarriedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, sitting, form, 422)
    try:
        taken = carried.take(sitting, form.cleaned_data["file"].read(), by=request.user)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _shown(request, sitting, form, 422)
    said = {
        "person": taken.attempt,
        "counted": len(taken.counted),
        "late": len(taken.late),
        "known": len(taken.known),
    }
    words = _("%(person)s：计入 %(counted)d 题，迟到留存 %(late)d 题，服务器早已有 %(known)d 题。")
    messages.success(request, words % said)
    return redirect("exams:late", pk=pk)


@login_required
@require_POST
def decide(request: SignedIn, pk: int, attempt: int) -> HttpResponse:
    """Count what came too late, or leave it."""
    rows = Attempt.objects.visible_to(request.user).filter(sitting=_load(request, pk))
    late.decide(
        get_object_or_404(rows, pk=attempt),
        by=request.user,
        counts=request.POST.get("counts") == "yes",
        note=request.POST.get("note", ""),
    )
    return redirect("exams:late", pk=pk)
