"""The seat map of a sitting: who sits where, everybody arranged anew, somebody moved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, beside
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.actions import readiness
from zhupei.exams.actions import seating as actions
from zhupei.exams.forms import ReseatForm
from zhupei.exams.models import CHANGEABLE, Candidate, Sitting, State
from zhupei.exams.views.frame import frame, load
from zhupei.people.requests import SignedIn
from zhupei.venues.models import Condition, Seat
from zhupei.venues.views.shown import Cell, findings, seat_map


@login_required
@require_GET
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """Every room with its seats and who sits on them."""
    sitting = load(request, pk)
    context = frame(sitting, "map") | {
        "rooms": maps(sitting, moves=_may_move(request, sitting)),
        "findings": _findings(sitting),
        "may_arrange": may_run(request.user, sitting) and sitting.state in CHANGEABLE,
        "may_move": _may_move(request, sitting),
    }
    return render(request, "exams/map.html", context)


def _findings(sitting: Sitting) -> list[dict[str, Any]]:
    """What is to be put right in the rooms before the sealing."""
    if sitting.state not in CHANGEABLE:
        return []
    return [
        line | {"room": room}
        for room, found in readiness.rooms_found(sitting)
        for line in findings(found)
        if line["tone"] != "ok"
    ]


def _may_move(request: SignedIn, sitting: Sitting) -> bool:
    if sitting.state in CHANGEABLE:
        return may_run(request.user, sitting)
    return sitting.state == State.SEALED and may_invigilate(request.user, sitting)


def maps(sitting: Sitting, *, moves: bool) -> list[dict[str, Any]]:
    """The rooms of a sitting, each with the rows of its map, in two questions."""
    rooms = actions.rooms_of(sitting)
    candidates = sitting.candidates.select_related("person", "attempt__paper")
    sits = {one.place_id: one for one in candidates if one.place_id}
    found = actions.whole_rooms(rooms)
    by_room: dict[int, list[Cell]] = {room.pk: [] for room in rooms}
    for seat in found:
        by_room[seat.room_id].append(_cell(seat, sits.get(seat.pk), moves=moves))
    return [
        {
            "room": room,
            "map_rows": seat_map(by_room[room.pk]),
            "taken": sum(cell.state == "taken" for cell in by_room[room.pk]),
        }
        for room in rooms
    ]


def _cell(seat: Seat, candidate: Candidate | None, *, moves: bool) -> Cell:
    state, icon, word = _standing(seat, candidate)
    attempt = getattr(candidate, "attempt", None)
    url = ""
    if candidate and moves:
        url = reverse("exams:reseat", args=[candidate.sitting_id, candidate.pk])
    return Cell(
        key=seat.pk,
        number=seat.number,
        row=seat.row,
        column=seat.column,
        state=state,
        icon=icon,
        word=word,
        label=candidate.person.name if candidate else "",
        note=attempt.paper.label if attempt else "",
        url=url,
    )


def _standing(seat: Seat, candidate: Candidate | None) -> tuple[str, str, str]:
    if candidate:
        return "taken", "user", _("考生")
    if not seat.usable:
        return "gone", "x", _("不用")
    if seat.condition == Condition.BROKEN:
        return "off", "plug-x", _("故障")
    return ("spare", "replace", _("备用")) if seat.spare else ("free", "armchair", _("空"))


@login_required
@require_POST
def arrange(request: SignedIn, pk: int) -> HttpResponse:
    """Seat everybody anew, by rule."""
    moved = actions.arrange(load(request, pk), by=request.user)
    messages.success(request, _("已重排 %(count)d 名考生的座位。") % {"count": len(moved)})
    return redirect("exams:map", pk)


@login_required
@require_http_methods(["GET", "POST"])
def reseat(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Move one person to another seat, with the reason."""
    sitting = load(request, pk)
    if not _may_move(request, sitting):
        raise NotAllowed("not_allowed", _("封卷前由考务员、封卷后由这场的监考员换座位。"))
    people = Candidate.objects.visible_to(request.user).filter(sitting=sitting)
    one = get_object_or_404(people.select_related("person", "place__room", "sitting"), pk=candidate)
    form = ReseatForm(actions.open_seats(sitting), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            moved = actions.reseat(one, by=request.user, **form.cleaned_data)
            said = {"person": moved.person, "seat": moved.seat}
            messages.success(request, _("%(person)s 已换到 %(seat)s 号座位。") % said)
            return redirect("exams:map", pk)
    context = frame(sitting, "map") | {"form": form, "candidate": one}
    return render(request, "exams/reseat.html", context, status=422 if form.errors else 200)
