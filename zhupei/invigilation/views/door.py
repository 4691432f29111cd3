"""The door: who is not here yet, finding a candidate, letting in or sending away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core.errors import Refused, beside
from zhupei.exams import slips
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.actions import door as actions
from zhupei.invigilation.forms import CheckInForm, RefusalForm, UndoForm
from zhupei.invigilation.identity import Evidence
from zhupei.invigilation.models import CheckIn, Verdict
from zhupei.invigilation.views.shared import head, load, seat_in
from zhupei.people.requests import SignedIn

LISTS = ("waiting", "admitted", "refused")


@login_required
@require_GET
def door(request: SignedIn, pk: int) -> HttpResponse:
    """Find by slip, seat, name or the last four; below, who is not here yet."""
    sitting = load(request, pk)
    words = request.GET.get("q", "").strip()
    if words.startswith(slips.MARK):
        seat = slips.read(words)
        if seat.sitting_id != sitting.pk:
            raise Refused(
                "other_sitting", _("这张准考证是另一场的：“%(other)s”。"), other=seat.sitting
            )
        return redirect("invigilation:check_in", pk=pk, candidate=seat.pk)
    rows = _rows(sitting)
    found = [row for row in rows if _matches(row["seat"], words)] if words else []
    if len(found) == 1:
        return redirect("invigilation:check_in", pk=pk, candidate=found[0]["seat"].pk)
    listed = request.GET.get("list", "waiting")
    lists = {name: [row for row in rows if row["list"] == name] for name in LISTS}
    context = head(request, sitting, "door") | {
        "words": words,
        "found": found,
        "list": listed if listed in LISTS else "waiting",
        "rows": lists.get(listed, lists["waiting"]),
        "counts": {name: len(members) for name, members in lists.items()},
        "expected": len(rows),
        "entry": actions.entry_now(sitting, timezone.now()),
    }
    return render(request, "invigilation/door.html", context)


def _rows(sitting: Sitting) -> list[dict[str, Any]]:
    """Every seat with the last thing that happened to it at the door, in two queries."""
    last: dict[int, CheckIn] = {}
    for one in sitting.check_ins.select_related("by").order_by("at"):
        before = last.get(one.candidate_id)
        if one.undone_at is None and (before is None or before.verdict != Verdict.ADMITTED):
            last[one.candidate_id] = one
    seats = sitting.candidates.select_related("person").order_by("seat")
    return [_row(seat, last.get(seat.pk)) for seat in seats]


def _row(seat: Candidate, check_in: CheckIn | None) -> dict[str, Any]:
    names = {None: "waiting", Verdict.ADMITTED: "admitted", Verdict.REFUSED: "refused"}
    verdict = Verdict(check_in.verdict) if check_in else None
    return {"seat": seat, "check_in": check_in, "list": names[verdict]}


def _matches(seat: Candidate, words: str) -> bool:
    """By seat, by a part of the name, by the last four of the document."""
    if words.isdigit() and int(words) == seat.seat:
        return True
    return words in seat.person.name or words.upper() == seat.person.id_last_four.upper()


@login_required
@require_http_methods(["GET", "POST"])
def check_in(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """One candidate at the door: the document, the human, the verdict."""
    sitting = load(request, pk)
    seat = seat_in(request, sitting, candidate)
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        evidence = Evidence(form.cleaned_data["last_four"], form.cleaned_data["note"])
        with beside(form):
            actions.admit(
                seat, by=request.user, method=form.cleaned_data["method"], evidence=evidence
            )
            messages.success(request, _("%(name)s 已入场，%(seat)d 号座位。") % _named(seat))
            return redirect("invigilation:door", pk=pk)
    return _check_in(request, sitting, seat, form=form)


@login_required
@require_POST
def refuse(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Send one away, with the reason."""
    sitting = load(request, pk)
    seat = seat_in(request, sitting, candidate)
    form = RefusalForm(request.POST)
    if form.is_valid():
        with beside(form):
            actions.refuse(seat, by=request.user, **form.cleaned_data)
            said = _("已记录不予 %(name)s 入场，%(seat)d 号座位。") % _named(seat)
            messages.warning(request, said)
            return redirect("invigilation:door", pk=pk)
    return _check_in(request, sitting, seat, refusal=form)


@login_required
@require_POST
def undo(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Somebody was let in by mistake."""
    sitting = load(request, pk)
    seat = seat_in(request, sitting, candidate)
    form = UndoForm(request.POST)
    if form.is_valid():
        with beside(form):
            actions.undo(seat, by=request.user, note=form.cleaned_data["note"])
            messages.warning(request, _("已撤销 %(name)s 的入场，%(seat)d 号座位。") % _named(seat))
            return redirect("invigilation:check_in", pk=pk, candidate=candidate)
    return _check_in(request, sitting, seat, undoing=form)


def _named(seat: Candidate) -> dict[str, Any]:
    return {"name": seat.person.name, "seat": seat.seat}


def _check_in(request: SignedIn, sitting: Sitting, seat: Candidate, **given: Any) -> HttpResponse:
    """The page, with the one form that was given back."""
    past = list(seat.check_ins.select_related("by", "undone_by"))
    forms = {"form": CheckInForm(), "refusal": RefusalForm(), "undoing": UndoForm()} | given
    context = head(request, sitting, "door") | {
        "seat": seat,
        **forms,
        "past": past,
        "inside": next((one for one in past if one.lets_in), None),
        "begun": bool(getattr(seat, "attempt", None) and seat.attempt.started_at),
        "entry": actions.entry_now(sitting, timezone.now()),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "invigilation/check_in.html", context, status=status)
