"""Who watches a sitting: called, answering, relieved; what is still missing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import beside
from zhupei.exams.access import may_run
from zhupei.exams.actions import invigilators as actions
from zhupei.exams.actions import readiness
from zhupei.exams.forms import CallForm
from zhupei.exams.models import RUNNING, Invigilator, InvigilatorState, Sitting
from zhupei.exams.views import shown
from zhupei.exams.views.frame import frame, load
from zhupei.exams.workflow import INVIGILATION
from zhupei.people.requests import SignedIn

MOVES = {"accept": actions.accept, "decline": actions.decline, "relieve": actions.relieve}
BADGES = {
    InvigilatorState.INVITED: ("hourglass", "warn"),
    InvigilatorState.ACCEPTED: ("circle-check", "ok"),
    InvigilatorState.DECLINED: ("x", ""),
    InvigilatorState.RELIEVED: ("ban", ""),
}


@login_required
@require_http_methods(["GET", "POST"])
def watch(request: SignedIn, pk: int) -> HttpResponse:
    """Those called with their answers, what is missing, and calling somebody."""
    sitting = load(request, pk)
    calls = may_run(request.user, sitting) and sitting.state in RUNNING
    form = CallForm(sitting, request.POST or None) if calls else None
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data
        member = said.pop("member").user
        with beside(form, user="member"):
            actions.call(sitting, member, by=request.user, **said)
            return redirect("exams:watch", pk)
    return _watch(request, sitting, form)


def _watch(request: SignedIn, sitting: Sitting, form: CallForm | None) -> HttpResponse:
    rows = Invigilator.objects.visible_to(request.user).filter(sitting=sitting)
    related = rows.select_related("user", "organization", "room", "sitting__organization")
    missing = readiness.watch(sitting) if sitting.state in RUNNING else []
    context = frame(sitting, "watch") | {
        "rows": [_row(one, request.user) for one in related],
        "missing": readiness.watch_words(missing),
        "checked": sitting.state in RUNNING,
        "form": form,
    }
    return render(request, "exams/watch.html", context, status=422 if form and form.errors else 200)


def _row(one: Invigilator, user: Any) -> dict[str, Any]:
    icon, tone = BADGES[InvigilatorState(one.state)]
    moves = [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "consequence": move.consequence,
        }
        for move in INVIGILATION.available(one, user)
    ]
    return {
        "one": one,
        "badge": shown.Badge(icon, one.get_state_display(), tone),
        "moves": moves,
        "base_url": reverse("exams:answer-call", args=[one.sitting_id, one.pk, "x"])[:-2],
    }


@login_required
@require_POST
def answer(request: SignedIn, pk: int, called: int, name: str) -> HttpResponse:
    """They come, they cannot, or somebody else comes instead."""
    if name not in MOVES:
        raise Http404
    rows = Invigilator.objects.visible_to(request.user).filter(sitting=load(request, pk))
    one = get_object_or_404(rows.select_related("sitting__organization", "user"), pk=called)
    verb: Any = MOVES[name]
    verb(one, by=request.user, note=request.POST.get("note", ""))
    if name == "decline" and one.user_id == request.user.pk:
        return redirect("portal:home")  # the sitting is theirs no more
    return redirect("exams:watch", pk)
