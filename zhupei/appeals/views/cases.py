"""Cases of misconduct: the examiners' list, the page of one, the person's own page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.appeals import grounds, rules, words
from zhupei.appeals.access import may_handle, may_open_case, may_state
from zhupei.appeals.actions import cases as actions
from zhupei.appeals.forms import CaseForm, EvidenceForm, StatementForm
from zhupei.appeals.models import CaseEvidence, CaseState, Misconduct
from zhupei.appeals.models.exams import exam_of
from zhupei.appeals.parameters import RECORD_YEARS
from zhupei.appeals.rules import Breach
from zhupei.appeals.views.shared import shell
from zhupei.appeals.workflow import CASE
from zhupei.core import audit, files
from zhupei.core.errors import beside
from zhupei.core.parameters import value
from zhupei.exams.models import Candidate
from zhupei.invigilation.models import Incident
from zhupei.people.requests import SignedIn
from zhupei.practical.models import Turn

MOVES = {"notify": actions.notify, "decide": actions.decide, "drop": actions.drop}
ON_RECORD = "on_record"  # in the filter of the list
CLOSED = {CaseState.DECIDED, CaseState.DROPPED}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The cases somebody may see, open ones first."""
    rows = Misconduct.objects.visible_to(request.user).with_exam()
    state = request.GET.get("state", "")
    if state == ON_RECORD:
        rows = rows.on_record(timezone.localdate())
    elif state in CaseState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-opened_at", "pk"), 25).get_page(request.GET.get("page"))
    states = [*CaseState.choices, (ON_RECORD, _("未到期的记录"))]
    context = {
        "shell": shell(request),
        "page": page,
        "rows": [{"case": one, "badge": words.case_badge(one)} for one in page],
        "states": states,
        "state": state,
    }
    return render(request, "appeals/cases.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_case(request: SignedIn, pk: int) -> HttpResponse:
    """Open a case against one candidate, beginning with what was noted of them."""
    seats = Candidate.objects.visible_to(request.user).select_related(
        "person", "sitting__organization"
    )
    candidate = get_object_or_404(seats, pk=pk)
    known = grounds.noted(request.user, candidate, request.GET.get("incident", ""))
    back = reverse("exams:detail", args=[candidate.sitting_id])
    return _opening(request, candidate, known, back)


@login_required
@require_http_methods(["GET", "POST"])
def open_turn_case(request: SignedIn, pk: int) -> HttpResponse:
    """Open a case against somebody at a station of a practical exam."""
    turns = Turn.objects.visible_to(request.user).standing()
    turn = get_object_or_404(turns.select_related("person", "session__organization"), pk=pk)
    return _opening(request, turn, [], reverse("practical:turn", args=[pk]))


def _opening(
    request: SignedIn, about: Candidate | Turn, known: list[Incident], back: str
) -> HttpResponse:
    if request.user.acting is None or not may_open_case(request.user, about):
        raise Http404
    form = CaseForm(
        request.POST or None, request.FILES or None, initial=grounds.proposed(about, known)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with beside(form):
            made = actions.open_case(
                about,
                by=request.user,
                breach=said["breach"],
                facts=said["facts"],
                uploads=[said["file"]] if said["file"] else [],
                photos=[one.photo for one in known if one.photo],
            )
            return redirect("appeals:case", pk=made.pk)
    context = {
        "about": about,
        "exam": exam_of(about),
        "form": form,
        "known": known,
        "photos": sum(one.photo is not None for one in known),
        "cancel_url": back,
        "cases": Misconduct.objects.visible_to(request.user)
        .open()
        .filter(pk__in=about.cases.all()),
    }
    return render(request, "appeals/open_case.html", context, status=422 if form.errors else 200)


def _load(request: SignedIn, pk: int) -> Misconduct:
    rows = Misconduct.objects.visible_to(request.user).with_exam()
    rows = rows.select_related("opened_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    """One case; the person it is about sees what they were told, and may speak."""
    return render(request, "appeals/case.html", _page(request, _load(request, pk)))


def _page(request: SignedIn, found: Misconduct, form: Any = None) -> dict[str, Any]:
    own = request.user.acting is None
    category = rules.categories(value(RECORD_YEARS))[Breach(found.breach)]
    open_still = found.state not in CLOSED
    return {
        "shell": shell(request),
        "case": found,
        "badge": words.case_badge(found),
        "waits": words.case_waits(found),
        "own": own,
        "category": category,
        "touched": actions.touched(found, category).number() if open_still and not own else 0,
        "moves": [move for move in CASE.available(found, request.user) if move.name in MOVES],
        "may_state": found.listening and may_state(request.user, found),
        "may_add": open_still and not own and may_handle(request.user, found),
        "evidence": list(found.evidence.select_related("file")),
        "form": form or (StatementForm() if own else EvidenceForm()),
        "timeline": [] if own else audit.timeline(found),
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make it known, decide, or drop it."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("appeals:case", pk=pk)


@login_required
@require_POST
def state(request: SignedIn, pk: int) -> HttpResponse:
    """The person speaks."""
    found = _load(request, pk)
    form = StatementForm(request.POST)
    if form.is_valid():
        with beside(form):
            actions.state(found, by=request.user, **form.cleaned_data)
            return redirect("appeals:case", pk=pk)
    return render(request, "appeals/case.html", _page(request, found, form), status=422)


@login_required
@require_POST
def add_evidence(request: SignedIn, pk: int) -> HttpResponse:
    """Lay a paper beside it."""
    found = _load(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with beside(form):
            actions.add_evidence(found, by=request.user, upload=form.cleaned_data["file"])
            return redirect("appeals:case", pk=pk)
    return render(request, "appeals/case.html", _page(request, found, form), status=422)


@login_required
@require_GET
def evidence(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """Open a paper; the look is an event. The person it is about may open them, too."""
    found = _load(request, pk)
    kept: CaseEvidence = get_object_or_404(found.evidence.select_related("file"), pk=paper)
    return files.respond(actions.look(kept, by=request.user))
