"""A candidate asks for a review, the body answers, the bureau decides on an appeal."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.appeals import words
from zhupei.appeals.access import may_answer
from zhupei.appeals.actions import late_answers
from zhupei.appeals.actions import requests as actions
from zhupei.appeals.forms import CorrectionForm, GroundsForm, TurnCorrectionForm
from zhupei.appeals.models import Appeal, ReviewRequest, ReviewState
from zhupei.appeals.models.exams import exam_of
from zhupei.appeals.views.shared import shell
from zhupei.appeals.workflow import APPEAL, REVIEW
from zhupei.core import audit
from zhupei.core.errors import beside
from zhupei.exams.actions import late
from zhupei.exams.models import Attempt
from zhupei.people.requests import SignedIn
from zhupei.practical.models import Turn
from zhupei.practical.views.turns import scores

MOVES: dict[str, Callable[..., Any]] = {"uphold": actions.uphold, "withdraw": actions.withdraw}
APPEAL_MOVES: dict[str, Callable[..., Any]] = {
    "grant": actions.grant,
    "dismiss": actions.dismiss,
    "withdraw": actions.withdraw_appeal,
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The requests somebody may see, those that wait first."""
    rows = ReviewRequest.objects.visible_to(request.user).with_exam().select_related("appeal")
    state = request.GET.get("state", "")
    if state in ReviewState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-state", "due_at", "pk"), 25).get_page(request.GET.get("page"))
    context = {
        "shell": shell(request),
        "page": page,
        "rows": [_row(one) for one in page],
        "states": ReviewState.choices,
        "state": state,
        "now": timezone.now(),
        "own": request.user.acting is None,
    }
    return render(request, "appeals/index.html", context)


def _row(found: ReviewRequest) -> dict[str, Any]:
    appeal = getattr(found, "appeal", None)
    return {
        "review": found,
        "badge": words.review_badge(found),
        "appeal": words.appeal_badge(appeal) if appeal else None,
    }


@login_required
@require_http_methods(["GET", "POST"])
def file(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a review of one's own mark."""
    attempts = Attempt.objects.own(request.user).select_related("sitting__job", "candidate__person")
    asked = ReviewRequest.objects.visible_to(request.user).filter(attempt=pk).first()
    found = get_object_or_404(attempts, pk=pk)
    return _file(request, found, asked, reverse("sit:result", args=[pk]))


@login_required
@require_http_methods(["GET", "POST"])
def file_turn(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a review of the mark of one's own practical turn."""
    turns = Turn.objects.own(request.user).standing().select_related("session", "person")
    asked = ReviewRequest.objects.visible_to(request.user).filter(turn=pk).first()
    found = get_object_or_404(turns, pk=pk)
    return _file(request, found, asked, reverse("practical:own-turn", args=[pk]))


def _file(
    request: SignedIn, about: Attempt | Turn, asked: ReviewRequest | None, back: str
) -> HttpResponse:
    if asked:
        return redirect("appeals:review", pk=asked.pk)
    form = GroundsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            made = actions.file(about, by=request.user, grounds=form.cleaned_data["grounds"])
            return redirect("appeals:review", pk=made.pk)
    context = {
        "exam": exam_of(about),
        "practical": isinstance(about, Turn),
        "back": back,
        "form": form,
        "last_day": actions.last_day_to_ask(exam_of(about)),
        "may_file": actions.may_file(about, by=request.user),
    }
    return render(request, "appeals/file.html", context, status=422 if form.errors else 200)


def _load(request: SignedIn, pk: int) -> ReviewRequest:
    rows = ReviewRequest.objects.visible_to(request.user).with_exam()
    return get_object_or_404(rows.select_related("appeal"), pk=pk)


@login_required
@require_GET
def review(request: SignedIn, pk: int) -> HttpResponse:
    """One request: what is doubted, what was answered, what can be done now."""
    return render(request, "appeals/review.html", _page(request, _load(request, pk)))


def _page(
    request: SignedIn, found: ReviewRequest, form: Any = None, correction: Any = None
) -> dict[str, Any]:
    appeal = Appeal.objects.visible_to(request.user).filter(review=found).first()
    own = request.user.acting is None
    waits = found.state == ReviewState.FILED and not own and may_answer(request.user, found)
    moves = [move for move in REVIEW.available(found, request.user) if move.name in MOVES]
    return {
        "shell": shell(request),
        "review": found,
        "badge": words.review_badge(found),
        "waits": words.review_waits(found),
        "appeal": appeal,
        "appeal_badge": appeal and words.appeal_badge(appeal),
        "own": own,
        "now": timezone.now(),
        "moves": moves,
        "appeal_base": appeal and reverse("appeals:move-appeal", args=[appeal.pk, "x"])[:-2],
        "appeal_moves": APPEAL.available(appeal, request.user) if appeal else [],
        "late": late.of(found.attempt) if waits and found.attempt else None,
        "correction": correction or (_correction(found) if waits else None),
        "correct_url": reverse(f"appeals:{_verb(found)}", args=[found.pk]),
        "judged": _judged(found) if found.turn and not own else None,
        "may_appeal": actions.may_appeal(found, by=request.user),
        "last_day": actions.last_day_to_appeal(found),
        "form": form or GroundsForm(),
        "timeline": audit.timeline(found),
    }


def _verb(found: ReviewRequest) -> str:
    return "correct-turn" if found.turn else "correct"


def _correction(found: ReviewRequest) -> CorrectionForm | TurnCorrectionForm | None:
    """Where points may be put right: what people gave."""
    if isinstance(about := found.about, Turn):
        return TurnCorrectionForm(about)
    scripts = about.scripts.order_by("place")
    return CorrectionForm(scripts) if scripts else None


def _judged(found: ReviewRequest) -> dict[str, Any]:
    """What the assessors gave, for whoever answers."""
    assert found.turn
    sheets = list(found.turn.sheets.select_related("assessor").prefetch_related("taps"))
    return {"sheets": sheets, "scores": scores(found.turn, sheets)}


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Uphold or withdraw."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("appeals:review", pk=pk)


@login_required
@require_POST
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Put the points of written answers right."""
    found = _load(request, pk)
    if found.attempt is None:
        raise Http404
    form = CorrectionForm(found.attempt.scripts.order_by("place"), request.POST)
    if form.is_valid():
        with beside(form):
            note = form.cleaned_data["note"]
            actions.correct(found, form.points, by=request.user, note=note)
            return redirect("appeals:review", pk=pk)
    context = _page(request, found, correction=form)
    return render(request, "appeals/review.html", context, status=422)


@login_required
@require_POST
def correct_turn(request: SignedIn, pk: int) -> HttpResponse:
    """Put the sheets of a practical turn right."""
    found = _load(request, pk)
    if found.turn is None:
        raise Http404
    form = TurnCorrectionForm(found.turn, request.POST)
    if form.is_valid():
        with beside(form):
            note = form.cleaned_data["note"]
            actions.correct_turn(found, form.sheets, by=request.user, note=note)
            return redirect("appeals:review", pk=pk)
    context = _page(request, found, correction=form)
    return render(request, "appeals/review.html", context, status=422)


@login_required
@require_POST
def decide_late(request: SignedIn, pk: int) -> HttpResponse:
    """Count what came too late, or leave it."""
    found = _load(request, pk)
    if found.attempt is None:
        raise Http404
    late_answers.decide(
        found,
        by=request.user,
        counts=request.POST.get("counts") == "yes",
        note=request.POST.get("note", ""),
    )
    return redirect("appeals:review", pk=pk)


@login_required
@require_POST
def appeal(request: SignedIn, pk: int) -> HttpResponse:
    """Go to the bureau."""
    found = _load(request, pk)
    form = GroundsForm(request.POST)
    if form.is_valid():
        with beside(form):
            actions.appeal(found, by=request.user, grounds=form.cleaned_data["grounds"])
            return redirect("appeals:review", pk=pk)
    return render(request, "appeals/review.html", _page(request, found, form), status=422)


@login_required
@require_POST
def move_appeal(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Grant, dismiss or withdraw an appeal."""
    if name not in APPEAL_MOVES:
        raise Http404
    made = get_object_or_404(Appeal.objects.visible_to(request.user), pk=pk)
    APPEAL_MOVES[name](made, by=request.user, note=request.POST.get("note", ""))
    return redirect("appeals:review", pk=made.review_id)
