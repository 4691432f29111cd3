"""One institution in one year: the tree with its points, what is next, everything that happened."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.workflow import Move
from zhupei.evaluation.access import (
    may_object,
    may_reckon,
    may_regulate,
    may_report,
    may_score_locally,
    stages_shown,
)
from zhupei.evaluation.actions import computing, experts, reporting, results, scores
from zhupei.evaluation.events import EvaluationEvent as E
from zhupei.evaluation.forms.evaluations import SummaryForm
from zhupei.evaluation.models import (
    Appointment,
    Evaluation,
    SeatState,
    State,
)
from zhupei.evaluation.models.evaluation import SEEN_BY_ALL
from zhupei.evaluation.verify import recompute
from zhupei.evaluation.views import frame, sheets
from zhupei.evaluation.workflow import APPOINTMENT, EVALUATION
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn

MOVES: dict[str, Callable[..., Evaluation]] = {
    "report": reporting.report,
    "send_back": reporting.send_back,
    "finish": scores.finish,
    "reopen": results.reopen,
    "withdraw": results.withdraw,
    "exit": results.leave,
}
OPENLY = (
    E.COMPUTED,
    E.STATED,
    E.SUMMED_UP,
    E.REPORTED,
    E.REPORTS_CLOSED,
    E.SENT_BACK,
    E.REASSIGNED,
    E.LOCALLY_SCORED,
    E.REVIEWED,
    E.REOPENED,
    E.EXITED,
)
HANDS_IN = {"finish", "hand_in"}  # what ends the scoring
SEATS: dict[str, Callable[..., Appointment]] = {
    "hand_in": experts.hand_in,
    "talk_again": experts.talk_again,
    "recuse": experts.recuse,
}


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One evaluation as far as the person may know it."""
    found = frame.load(request, pk)
    shown = stages_shown(request.user, found)
    final = bool(shown)
    answers = list(found.answers.select_related("indicator").order_by("indicator__position"))
    seat = None if regulates(request.user) else _own_seat(request, found)
    above = may_regulate(request.user, found)
    may = _may(request, found, seat, above=above)
    left = sheets.left(request, found, seat, answers) if may["score"] else 0
    seat_moves = APPOINTMENT.available(seat, request.user) if seat else []
    context = {
        "evaluation": found,
        "badge": frame.badge(found),
        "grade": frame.grade_badge(found.grade) if found.state in SEEN_BY_ALL else None,
        "score": frame.number(found.score) if final else None,
        "blocks": frame.blocks(found.sums) if final else None,
        "tree": frame.tree(answers, final=final, reasons=scores.behind(answers, shown)),
        "final": final,
        "differ": [one.indicator.code for one in answers if one.differ] if final else [],
        "left_to_score": left,
        "moves": _offered(_moves(request, found, above=above), left),
        "seat": seat,
        "seat_moves": _offered(seat_moves, left),
        "vetoes": _vetoes(request, found),
        "objections": found.objections.select_related("answer__indicator"),
        "may": may,
        "timeline": _timeline(request, found),
    }
    return render(request, "evaluation/detail.html", context)


def _offered(moves: Sequence[Move], left: int) -> list[dict[str, Any]]:
    """The moves with what they cause; handing in scores waits for those that are missing."""
    missing = _("还有 %(count)d 项必须评") % {"count": left} if left else ""
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "blocked": missing if move.name in HANDS_IN else "",
        }
        for move in moves
    ]


def _timeline(request: SignedIn, found: Evaluation) -> list[audit.Line]:
    """Everything for the region, and for everybody once it is published; before that only what
    says nothing of scores, experts and vetoes.
    """
    if found.state in SEEN_BY_ALL or regulates(request.user):
        return audit.timeline(found)
    return audit.timeline(found, verb__in=OPENLY)


def _moves(request: SignedIn, found: Evaluation, *, above: bool) -> list[Move]:
    """The moves offered here; whether the region may is asked once, as it costs questions."""
    here = [EVALUATION.moves[name] for name in MOVES]
    return [
        move
        for move in here
        if found.state in move.sources
        and (above if move.who is may_regulate else move.who(request.user, found))
    ]


def _own_seat(request: SignedIn, found: Evaluation) -> Appointment | None:
    seats = found.appointments.standing().filter(expert=request.user.pk)
    seat: Appointment | None = seats.select_related("expert").first()
    if seat:
        seat.evaluation = found
    return seat


def _vetoes(request: SignedIn, found: Evaluation) -> Any:
    """The institution reads of vetoes when the result is published."""
    if may_report(request.user, found) and found.state not in SEEN_BY_ALL:
        return found.vetoes.none()
    return found.vetoes.select_related("file")


def _may(
    request: SignedIn, found: Evaluation, seat: Appointment | None, *, above: bool
) -> dict[str, Any]:
    user, state = request.user, found.state
    term = found.public_until is not None and timezone.now() <= found.public_until
    scoring = seat is not None and seat.state == SeatState.CALLED and state == State.SCORED
    return {
        "sum_up": state == State.OPEN and may_report(user, found),
        "score": (state == State.REPORTED and may_score_locally(user, found)) or scoring,
        "seats": above,
        "reassign": above and state in {State.OPEN, State.REPORTED},
        "veto": above and state not in {*SEEN_BY_ALL, State.EXITED},
        "lift": above and state not in {State.DECIDED, State.EXITED},
        "object": state == State.PUBLIC and term and may_object(user, found),
        "outlook": may_reckon(user, found.organization),
        "refresh": state in computing.OPEN_TO_FACTS and (above or may_report(user, found)),
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Report, send back, finish, leave."""
    if name not in MOVES:
        raise Http404
    MOVES[name](frame.load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("evaluation:detail", pk=pk)


@login_required
@require_POST
def seat_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """An expert hands in, talks again, steps back."""
    if name not in SEATS or request.user.acting is None:
        raise Http404
    rows = Appointment.objects.visible_to(request.user).select_related(
        "evaluation__organization", "evaluation__scheme", "expert"
    )
    seat = get_object_or_404(rows, pk=pk)
    SEATS[name](seat, by=request.user, note=request.POST.get("note", ""))
    if name == "recuse":
        return redirect("evaluation:index")
    return redirect("evaluation:detail", pk=seat.evaluation_id)


@login_required
@require_POST
def refresh(request: SignedIn, pk: int) -> HttpResponse:
    """Read the facts again, while the report is open to them."""
    found = frame.load(request, pk)
    open_still = found.state in computing.OPEN_TO_FACTS
    if not open_still or not (may_regulate(request.user, found) or may_report(request.user, found)):
        raise Http404
    computing.refresh(found, by=request.user)
    messages.success(request, _("已按现在的数据重新取数计分。"))
    return redirect("evaluation:detail", pk=pk)


@login_required
@require_POST
def verify(request: SignedIn, pk: int) -> HttpResponse:
    """Score the kept facts again, and say whether every number is the same."""
    found = frame.load(request, pk)
    wrong = recompute(found)
    count = found.answers.count()
    if wrong:
        codes = "、".join(one.code for one in wrong)
        messages.error(request, _("按留存的事实重算，这些项不一致：%(codes)s。") % {"codes": codes})
    else:
        said = _("按留存的事实和当时的规则重算了 %(n)s 项，每一项都一致。")
        messages.success(request, said % {"n": count})
    return redirect("evaluation:detail", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: SignedIn, pk: int) -> HttpResponse:
    """What the institution says of its year; kept as a draft until the report is handed in."""
    found = frame.load(request, pk)
    if found.state != State.OPEN or not may_report(request.user, found):
        raise Http404
    form = SummaryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: reporting.sum_up(found, by=request.user, **said)):
            messages.success(request, _("已保存。"))
            return redirect("evaluation:detail", pk=pk)
    context = {"evaluation": found, "form": form, "title": _("自评总结")}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "evaluation/form.html", context, status=status)
