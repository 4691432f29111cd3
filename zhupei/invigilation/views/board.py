"""The board: which sittings, one sitting live, its seats and what can be done."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import tickets
from zhupei.exams.models import Sitting
from zhupei.exams.views import shown as sittings
from zhupei.exams.views.page import hot_address
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.models import HelpCall, watched
from zhupei.invigilation.views import shown
from zhupei.invigilation.views.shared import head, load
from zhupei.people.requests import SignedIn

PER_PAGE = 25
PURPOSE = "invigilation.board"  # of the tickets, as the hot process reads it
TICKET_LASTS = timedelta(minutes=5)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sittings of today and later that one may look into, the next first."""
    if request.user.acting is None:
        raise Http404
    now = timezone.now()
    rows = watched(Sitting.objects.visible_to(request.user), now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(sitting, now) for sitting in page]}
    return render(request, "invigilation/index.html", context)


def _row(sitting: Sitting, now: datetime) -> dict[str, Any]:
    return {
        "sitting": sitting,
        "state": sittings.badge(sitting, now),
        "url": reverse("invigilation:board", args=[sitting.pk]),
    }


@login_required
@require_GET
@never_cache
def board(request: SignedIn, pk: int) -> HttpResponse:
    """One sitting live: seats, who needs somebody, what happened."""
    sitting = load(request, pk)
    context = head(request, sitting, "board") | shown.board(sitting, request.GET.get("state", ""))
    context |= {
        "ticket": _ticket(sitting),
        "hot": hot_address(request),
        "words": shown.words(),
    }
    return render(request, "invigilation/board.html", context)


@login_required
@require_GET
@never_cache
def events(request: SignedIn, pk: int) -> HttpResponse:
    """The list beside the seats, fetched again when something happened."""
    sitting = load(request, pk)
    context = head(request, sitting, "board") | shown.news(sitting)
    return render(request, "invigilation/board.html#events", context)


@login_required
@require_GET
@never_cache
def ticket(request: SignedIn, pk: int) -> HttpResponse:
    """Another ticket for the stream: asked every few minutes, so that who was relieved loses it."""
    return JsonResponse({"ticket": _ticket(load(request, pk))})


def _ticket(sitting: Sitting) -> str:
    return tickets.issue(PURPOSE, sitting.pk, timezone.now() + TICKET_LASTS)


@login_required
@require_POST
def answer(request: SignedIn, pk: int, call: int) -> HttpResponse:
    """Somebody goes to the hand that is up."""
    calls = HelpCall.objects.visible_to(request.user).filter(sitting=load(request, pk))
    found = calls.filter(pk=call).first()
    if found is None:
        raise Http404
    helping.answer(found, by=request.user)
    return redirect("invigilation:board", pk=pk)
