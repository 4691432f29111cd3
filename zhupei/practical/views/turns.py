"""One turn on the workbench: its sheets, what happened, what an examiner can do; its paper."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import ASSIGNED
from zhupei.people.requests import SignedIn
from zhupei.practical.access import may_run, sees_scores
from zhupei.practical.actions import results, timetable
from zhupei.practical.actions import turns as actions
from zhupei.practical.forms import AgainForm, AssessorForm
from zhupei.practical.models import Picture, Sheet, State, Turn
from zhupei.practical.rules import marks
from zhupei.practical.views import shown
from zhupei.practical.views.fields import plain

UNPROCESSABLE = 422


def load(request: SignedIn, pk: int) -> Turn:
    """A turn of a session this person works with or looks on."""
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED:
        raise Http404
    turns = Turn.objects.visible_to(request.user).select_related(
        "person",
        "enrolment__training_class__organization",
        "session__organization",
        "session__rubric__job",
        "session__room",
        "instead_of",
    )
    return get_object_or_404(turns, pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One turn. Points are shown once all who judge have handed in."""
    return _page(request, load(request, pk))


def _page(request: SignedIn, turn: Turn, **forms: Any) -> HttpResponse:
    sheets = list(turn.sheets.select_related("assessor").order_by("place"))
    runs = may_run(request.user, turn.session)
    open_turn = runs and turn.session.state == State.FIXED and not turn.void
    unsettled = open_turn and turn.settled_at is None
    third = unsettled and bool(turn.differences) and len(sheets) == marks.PAIR
    judging = [one.assessor_id for one in sheets]
    members = timetable.assessors_of(turn.session).exclude(user__in=judging)
    context = {
        "turn": turn,
        "session": turn.session,
        "state": shown.standing(turn, sheets, timezone.now()),
        "difference": shown.difference(turn),
        "sheets": sheets,
        "scores": scores(turn, sheets) if sees_scores(request.user, turn) else None,
        "may_accuse": runs
        and not turn.void
        and turn.starts_at <= timezone.now()
        and turn.session.state in {State.FIXED, State.CLOSED, State.RELEASED},
        "may_arrive": unsettled and turn.arrived_at is None,
        "may_miss": unsettled and turn.arrived_at is None and not turn.absent,
        "third_form": forms.get("third") or (AssessorForm(members) if third else None),
        "again_form": forms.get("again") or (AgainForm(turn) if unsettled else None),
        "replace_form": forms.get("replace")
        or (AssessorForm(members, note=True, sheets=sheets) if unsettled else None),
        "evidence": list(
            Picture.objects.visible_to(request.user)
            .filter(sheet__turn=turn)
            .select_related("file", "sheet__assessor")
        ),
        "timeline": audit.timeline(turn),
    }
    status = UNPROCESSABLE if forms else 200
    return render(request, "practical/turn.html", context, status=status)


def scores(turn: Turn, sheets: list[Sheet]) -> list[dict[str, Any]]:
    """What each sheet gave for each criterion, task by task."""
    found = [results.reading(sheet.taps.all()) for sheet in sheets]
    return [
        {
            "task": task,
            "criteria": [
                {
                    "one": one,
                    "given": [
                        plain(said.points[one.key]) if one.key in said.points else "—"
                        for said in found
                    ],
                    "notes": [said.notes[one.key] for said in found if one.key in said.notes],
                }
                for one in task.criteria
            ],
        }
        for task in turn.session.rubric.values.tasks
    ]


def fatal_seen(turn: Turn, sheets: list[Sheet]) -> list[tuple[str, int]]:
    """The fatal errors somebody saw, with how many did."""
    found = [results.reading(sheet.taps.all()).fatal for sheet in sheets]
    rows = [
        (one.text, sum(one.key in seen for seen in found))
        for one in turn.session.rubric.values.fatal
    ]
    return [row for row in rows if row[1]]


@login_required
@require_POST
def arrive(request: SignedIn, pk: int) -> HttpResponse:
    """The candidate is here."""
    actions.arrive(load(request, pk), by=request.user)
    return redirect("practical:turn", pk=pk)


@login_required
@require_POST
def miss(request: SignedIn, pk: int) -> HttpResponse:
    """The candidate did not come."""
    actions.miss(load(request, pk), by=request.user)
    return redirect("practical:turn", pk=pk)


@login_required
@require_POST
def third(request: SignedIn, pk: int) -> HttpResponse:
    """Ask a third assessor."""
    turn = load(request, pk)
    form = AssessorForm(timetable.assessors_of(turn.session), request.POST)
    if form.is_valid():
        try:
            actions.call_third(turn, form.member(), by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("assessor", str(refusal))
        else:
            return redirect("practical:turn", pk=pk)
    return _page(request, turn, third=form)


@login_required
@require_POST
def replace(request: SignedIn, pk: int) -> HttpResponse:
    """Another assessor instead of one who has not begun."""
    turn = load(request, pk)
    sheets = list(turn.sheets.select_related("assessor").order_by("place"))
    form = AssessorForm(
        timetable.assessors_of(turn.session), request.POST, note=True, sheets=sheets
    )
    if form.is_valid():
        said = form.cleaned_data
        old = next(one for one in sheets if str(one.pk) == said["sheet"])
        try:
            actions.replace(old, form.member(), by=request.user, note=said["note"])
        except NotAllowed:
            raise
        except Refused as refusal:
            refusal.beside(form)
        else:
            return redirect("practical:turn", pk=pk)
    return _page(request, turn, replace=form)


@login_required
@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    """The turn does not count; the candidate takes it again."""
    turn = load(request, pk)
    form = AgainForm(turn, request.POST)
    if form.is_valid():
        try:
            made = actions.take_again(turn, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            refusal.beside(form)
        else:
            return redirect("practical:turn", pk=made.pk)
    return _page(request, turn, again=form)


@login_required
@require_GET
def paper(request: SignedIn, pk: int) -> HttpResponse:
    """The score sheets of a turn on paper, with who signed when; for the archive."""
    turn = load(request, pk)
    if not sees_scores(request.user, turn):
        raise Refused("scores_open", _("所有考评员提交以后才能打印评分表。"))
    sheets = list(turn.sheets.select_related("assessor").prefetch_related("taps"))
    context = {
        "turn": turn,
        "session": turn.session,
        "sheets": sheets,
        "scores": scores(turn, sheets),
        "fatal": fatal_seen(turn, sheets),
        "difference": shown.difference(turn),
        "printed_at": timezone.now(),
    }
    return render(request, "practical/paper.html", context)


@login_required
@require_http_methods(["GET"])
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """One picture or recording, for whoever sees the sheet it belongs to."""
    rows = Picture.objects.visible_to(request.user).select_related("file")
    return files.respond(get_object_or_404(rows, pk=pk).file, inline=True)
