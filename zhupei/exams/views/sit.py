"""The pages of a candidate: the list, the door, the paper, the result."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.exams import rules
from zhupei.exams.access import sees_mark
from zhupei.exams.actions import attempts as actions
from zhupei.exams.models import Attempt, Candidate, State
from zhupei.exams.views import page, plain, receipts, shown
from zhupei.exams.views.words import WORDS
from zhupei.people.requests import SignedIn


def _seat(request: SignedIn, pk: int) -> Candidate:
    seats = Candidate.objects.own(request.user).select_related(
        "sitting__room", "sitting__job", "sitting__organization", "attempt__paper", "person"
    )
    return get_object_or_404(seats, pk=pk)


def _attempt(request: SignedIn, pk: int) -> Attempt:
    attempts = Attempt.objects.own(request.user).select_related(
        "paper", "sitting__job", "sitting__room", "candidate__person"
    )
    return get_object_or_404(attempts, pk=pk)


@login_required
@require_GET
@never_cache
def mine(request: SignedIn) -> HttpResponse:
    """Where I sit, when, on which seat; what I reached."""
    now = timezone.now()
    seats = (
        Candidate.objects.own(request.user)
        .exclude(sitting__state=State.DRAFT)
        .select_related("sitting__room", "sitting__organization", "sitting__job", "attempt")
        .order_by("-sitting__starts_at")
    )
    rows = [_row(seat, now) for seat in seats]
    context = {
        "coming": [row for row in reversed(rows) if not row["past"]],
        "past": [row for row in rows if row["past"]],
    }
    return render(request, "sit/mine.html", context)


def _begun(seat: Candidate) -> Attempt | None:
    """What this person began on this seat."""
    attempt: Attempt | None = getattr(seat, "attempt", None)
    return attempt if attempt and attempt.started_at else None


def _row(seat: Candidate, now: Any) -> dict[str, Any]:
    attempt = _begun(seat)
    over = now >= seat.sitting.ends_at or seat.sitting.state == State.CANCELLED
    return {
        "seat": seat,
        "sitting": seat.sitting,
        "attempt": attempt,
        "state": shown.badge(seat.sitting, now),
        "left": shown.waits(seat.sitting.starts_at - now),
        "past": over or bool(attempt and attempt.handed_in_at),
        "mark": attempt.mark if attempt and sees_mark(attempt) else None,
    }


@login_required
@require_GET
@never_cache
def door(request: SignedIn, pk: int) -> HttpResponse:
    """Before the exam: the rules, the countdown by the server's clock, the start button."""
    seat = _seat(request, pk)
    sitting, now = seat.sitting, timezone.now()
    is_open = sitting.state == State.SEALED and rules.may_start_at(
        now, sitting.starts_at, sitting.ends_at
    )
    context = {
        "seat": seat,
        "sitting": sitting,
        "attempt": _begun(seat),
        "items": seat.attempt.paper.place_count if hasattr(seat, "attempt") else None,
        "open": is_open,
        "early": now < sitting.starts_at,
        "left": shown.waits(sitting.starts_at - now),
        "words": WORDS,
        "milliseconds": max(int((sitting.starts_at - now).total_seconds() * 1000), 0),
        "hot": page.hot_address(request),
        "door": page.door_data(request, seat),
    }
    return render(request, "sit/door.html", context)


@login_required
@require_POST
def start(request: SignedIn, pk: int) -> HttpResponse:
    """Begin, or go on where another device stopped."""
    attempt = actions.start(_seat(request, pk), by=request.user)
    return redirect("sit:paper", pk=attempt.pk)


@login_required
@require_GET
@never_cache
def paper(request: SignedIn, pk: int) -> HttpResponse:
    """The exam itself; whoever has not begun is still at the door."""
    attempt = _attempt(request, pk)
    if attempt.started_at is None:
        return redirect("sit:door", pk=attempt.candidate_id)
    if attempt.handed_in_at:
        return redirect("sit:result", pk=pk)
    context = {
        "attempt": attempt,
        "sitting": attempt.sitting,
        "person": attempt.candidate.person,
        "paper": page.paper_data(request, attempt),
        "words": WORDS,
        "plain": plain.drawn(page.shown_items(attempt), attempt.choices()),
    }
    return render(request, "sit/paper.html", context)


@login_required
@require_GET
@never_cache
def ticket(request: SignedIn, pk: int) -> HttpResponse:
    """A fresh ticket and the answers as they are stored now."""
    attempt = _attempt(request, pk)
    return JsonResponse(page.stored(attempt) | {"handedIn": attempt.handed_in_at is not None})


@login_required
@require_POST
def save(request: SignedIn, pk: int) -> HttpResponse:
    """Save the whole form of a browser without scripts; hand in when that was pressed."""
    attempt = _attempt(request, pk)
    actions.save(attempt, plain.read(page.shown_items(attempt), request.POST), by=request.user)
    if "hand_in" in request.POST:
        return hand_in(request, pk)
    return redirect("sit:paper", pk=pk)


@login_required
@require_POST
def hand_in(request: SignedIn, pk: int) -> HttpResponse:
    """Close the attempt for good."""
    actions.hand_in(_attempt(request, pk), by=request.user)
    return redirect("sit:result", pk=pk)


@login_required
@require_GET
@never_cache
def result(request: SignedIn, pk: int) -> HttpResponse:
    """The receipt, and the mark once it may be seen."""
    attempt = _attempt(request, pk)
    if attempt.started_at is None:
        return redirect("sit:door", pk=attempt.candidate_id)
    context = {
        "attempt": attempt,
        "sitting": attempt.sitting,
        "shows_mark": sees_mark(attempt),
    } | receipts.facts(request, attempt)
    return render(request, "sit/result.html", context)
