"""The sheet of scores: of the bureau, or of an expert. What was typed is never lost."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhupei.core.errors import Refused, beside
from zhupei.evaluation import words
from zhupei.evaluation.access import may_score_locally
from zhupei.evaluation.actions import experts, scores
from zhupei.evaluation.forms.evaluations import SheetForm
from zhupei.evaluation.models import (
    Answer,
    Appointment,
    Block,
    Evaluation,
    Score,
    Seat,
    SeatState,
    Source,
    State,
)
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.settle import Stage
from zhupei.evaluation.views import frame
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """All that is for this person to score, in one form."""
    found = frame.load(request, pk)
    seat = _seat(request, found)
    if seat is None and not (
        found.state == State.REPORTED and may_score_locally(request.user, found)
    ):
        raise Http404
    answers, latest = _answers(found, seat), _latest(request, found, seat)
    form = SheetForm(answers, latest, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            made = _save(request, found, seat, form)
            messages.success(request, _("保存了 %(n)s 项评分。") % {"n": len(made)})
            return redirect("evaluation:sheet", pk=pk)
    context = _context(found, seat, form)
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "evaluation/sheet.html", context, status=status)


def _seat(request: SignedIn, found: Evaluation) -> Appointment | None:
    if found.state != State.SCORED:
        return None
    seats = found.appointments.filter(expert=request.user.pk, state=SeatState.CALLED)
    seat: Appointment | None = seats.first()
    if seat:
        seat.evaluation = found
    return seat


def _save(
    request: SignedIn, found: Evaluation, seat: Appointment | None, form: SheetForm
) -> list[Score]:
    """What others scored meanwhile counts as seen when the page is sent again. Raises as the verbs
    do.
    """
    try:
        if seat is None:
            return scores.score_locally(found, form.entries(), by=request.user)
        return experts.review(seat, form.entries(), by=request.user)
    except Refused as refusal:
        if refusal.code == "scored_meanwhile":
            form.show_newest()
        raise


def _answers(found: Evaluation, seat: Appointment | None) -> list[Answer]:
    """What this person may score: the bureau its part and whatever is checked by people; experts
    all but the bureau's part; who comes back or third, what the two are apart on.
    """
    rows = found.answers.exclude(indicator__source=Source.AUTO)
    if seat is not None:
        rows = rows.exclude(indicator__block=Block.BUREAU)
        if seat.seat == Seat.THIRD or seat.ended_at is not None:
            own = Q(scores__stage=Stage.THIRD) if seat.seat == Seat.THIRD else Q(pk__in=[])
            rows = rows.filter(Q(differ=True) | own).distinct()
    else:
        rows = rows.exclude(indicator__block=Block.BONUS)
    return list(rows.select_related("indicator").order_by("indicator__position"))


def _latest(request: SignedIn, found: Evaluation, seat: Appointment | None) -> dict[int, Score]:
    """The newest score beside each: of anybody at the bureau, or an expert's own."""
    stage, by = Stage.BUREAU, None
    if seat is not None:
        stage, by = Stage.THIRD if seat.seat == Seat.THIRD else Stage.EXPERT, request.user
    return scores.newest(found, stage, by=by)


def _must(answer: Answer, seat: Appointment | None) -> bool:
    """Can nobody else tell: the bureau its part, experts the rest as far as it applies, a third
    one what the two are apart on?
    """
    if seat is not None and seat.seat == Seat.THIRD:
        return answer.differ
    if answer.indicator.source != Source.HUMAN:
        return False
    if seat is None:
        return answer.indicator.block == Block.BUREAU
    if answer.indicator.block == Block.BUREAU:
        return False
    known = answer.computed_status == Status.NOT_APPLICABLE
    return not known or answer.indicator.block == Block.BONUS


def left(
    request: SignedIn, found: Evaluation, seat: Appointment | None, answers: Iterable[Answer]
) -> int:
    """How many of all ``answers`` this person still has to score before they can hand in."""
    again = seat is not None and (seat.seat == Seat.THIRD or seat.ended_at is not None)
    wanted = [one for one in answers if _must(one, seat) and (one.differ or not again)]
    latest = _latest(request, found, seat) if wanted else {}
    return sum(one.pk not in latest for one in wanted)


def _context(found: Evaluation, seat: Appointment | None, form: SheetForm) -> dict[str, Any]:
    others: dict[int, list[Score]] = {}
    if seat is not None and (seat.seat == Seat.THIRD or seat.ended_at is not None):
        others = scores.of_others(found, seat.expert)
    lines = [
        line
        | {
            "indicator": line["answer"].indicator,
            "block": Block(line["answer"].indicator.block).label,
            "because": words.because(line["answer"].because, line["answer"].said)
            if line["answer"].indicator.rule
            else "",
            "computed": frame.points(
                line["answer"].computed_status,
                line["answer"].computed,
                line["answer"].indicator.points,
            ),
            "others": others.get(line["answer"].pk, []),
        }
        for line in form.lines()
    ]
    return {
        "evaluation": found,
        "seat": seat,
        "form": form,
        "lines": lines,
        "must": sum(_must(line["answer"], seat) and line["last"] is None for line in lines),
    }
