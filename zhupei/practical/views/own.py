"""The page of a candidate: where and when, and after the release the result of every criterion."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhupei.people.requests import SignedIn
from zhupei.practical.access import sees_result
from zhupei.practical.models import State, Turn
from zhupei.practical.views.turns import fatal_seen, scores

TOLD = (State.FIXED, State.CLOSED, State.RELEASED, State.CANCELLED)  # states candidates know of


@login_required
@require_GET
@never_cache
def turn(request: SignedIn, pk: int) -> HttpResponse:
    """My turn."""
    rows = Turn.objects.own(request.user).filter(session__state__in=TOLD)
    found = get_object_or_404(
        rows.select_related(
            "person", "session__room", "session__rubric__job", "session__organization"
        ),
        pk=pk,
    )
    context: dict[str, Any] = {
        "turn": found,
        "session": found.session,
        "rubric": found.session.rubric.values,
        "over": timezone.now() >= found.ends_at,
    }
    if sees_result(found) and found.settled_at is not None:
        sheets = list(found.sheets.prefetch_related("taps"))
        context |= {
            "released": True,
            "sheets": sheets,
            "scores": scores(found, sheets),
            "fatal": fatal_seen(found, sheets),
        }
    return render(request, "practical/own_turn.html", context)
