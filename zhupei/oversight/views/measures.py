"""The list of measures, drafting one, the page of one and its papers."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.core.workflow import Move
from zhupei.corrections.models import Order
from zhupei.organizations.models import AUTHORITIES, Kind, Organization
from zhupei.oversight import letters
from zhupei.oversight.access import may_handle, may_state, may_take_measures
from zhupei.oversight.actions import decisions
from zhupei.oversight.actions import measures as actions
from zhupei.oversight.forms.measures import MeasureFilters, MeasureForm, PaperForm
from zhupei.oversight.models import Measure, MeasurePaper, MeasureState
from zhupei.oversight.models.measures import HOLDING, MeasureQuerySet
from zhupei.oversight.views import frame
from zhupei.oversight.views.steps import steps_of
from zhupei.oversight.workflow import MEASURE
from zhupei.people.requests import SignedIn

MOVES = {
    "notify": actions.notify,
    "acknowledge": decisions.acknowledge,
    "drop": decisions.drop,
    "revoke": decisions.revoke,
}
CLOSED = {MeasureState.DROPPED, MeasureState.REVOKED, MeasureState.DONE, MeasureState.LIFTED}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The measures somebody may see, the newest first."""
    user = frame.worker(request)
    filters = MeasureFilters(request.GET)
    if user.acting.organization.kind != Kind.REGION_AUTHORITY:
        del filters.fields["prefecture"]
    rows = _narrowed(Measure.objects.visible_to(user), filters)
    page = Paginator(rows, frame.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            {"measure": one, "badge": frame.badge(one), "icon": frame.KINDS[one.kind]}  # type: ignore[index]  # a member by its value
            for one in page
        ],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "own": user.acting.organization.kind not in AUTHORITIES,
    }
    return render(request, "oversight/measures.html", context)


def _narrowed(rows: MeasureQuerySet, filters: MeasureFilters) -> MeasureQuerySet:
    rows = rows.select_related("organization__prefecture", "authority")
    rows = rows.order_by("-drafted_at", "-pk")
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    rows = rows.found_by(said["q"])
    if said["kind"]:
        rows = rows.filter(kind=said["kind"])
    if said.get("prefecture"):
        rows = rows.filter(organization__prefecture=said["prefecture"])
    if said["state"] == "overdue":
        return rows.overdue(timezone.localdate())
    return rows.filter(state=said["state"]) if said["state"] else rows


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn, institution: int) -> HttpResponse:
    """Write a measure up."""
    organization = frame.institution(request, institution)
    if not may_take_measures(request.user, organization):
        raise NotAllowed("not_allowed", _("管理措施由属地住建局或者自治区住建厅办理。"))
    order = _order(request, organization)
    first = {"facts": "\n".join(one.text for one in order.findings.all()) if order else ""}
    form = MeasureForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        said = form.cleaned_data | {"source": order}
        upload = said.pop("file")
        said["uploads"] = [upload] if upload else []
        made = frame.tried(form, lambda: actions.draft(organization, by=request.user, **said))
        if made:
            messages.success(
                request, _("已拟办 %(number)s，机构还看不到。") % {"number": made.number}
            )
            return redirect("oversight:measure", pk=made.pk)
    context = {"organization": organization, "form": form, "order": order}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "oversight/measure_new.html", context, status=status)


def _order(request: SignedIn, organization: Organization) -> Order | None:
    """The order to put things right that the measure comes from, when the address names one."""
    wanted = request.GET.get("order", "")
    rows = Order.objects.visible_to(request.user).of(organization)
    return rows.filter(pk=wanted).first() if wanted.isdecimal() else None


def load(request: SignedIn, pk: int) -> Measure:
    """One measure somebody may see, with what its page shows."""
    rows = Measure.objects.visible_to(request.user).select_related(
        "organization__prefecture",
        "organization__admission",
        "authority",
        "basis",
        "suspension",
        "drafted_by",
        "stated_by",
        "decided_by",
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def measure(request: SignedIn, pk: int) -> HttpResponse:
    """One measure: where it stands, what can be done now, all that was said."""
    return render(request, "oversight/measure.html", _page(request, load(request, pk)))


def _page(request: SignedIn, found: Measure, paper_form: PaperForm | None = None) -> dict[str, Any]:
    user = request.user
    theirs = may_state(user, found)
    moves = MEASURE.available(found, user, among=MOVES)
    return {
        "measure": found,
        "badge": frame.badge(found),
        "theirs": theirs,
        "moves": [_told(one, found) if one.name == "revoke" else one for one in moves],
        "steps": steps_of(found, user),
        "stages": _stages(found),
        "facts": _facts(found, theirs=theirs),
        "papers": found.papers.select_related("file", "added_by"),
        "paper_form": paper_form or (PaperForm() if _may_add(user, found) else None),
        "timeline": audit.timeline(found),
    }


def _told(revoke: Move, found: Measure) -> Move:
    """Taking a decision back, with the names of what falls with it."""
    falls = frame.falls_with(found)
    words = _("决定自始不算；%(falls)s") % {"falls": falls}
    return replace(revoke, consequence=words) if falls else revoke


def _may_add(user: Any, found: Measure) -> bool:
    if may_state(user, found):
        return found.listening or found.state in HOLDING
    return found.state not in CLOSED and may_handle(user, found)


def _stages(found: Measure) -> list[dict[str, Any]]:
    """The way of a measure, for the line of steps at the top."""
    passed = [
        (_("拟办"), found.drafted_at),
        (_("告知"), found.noticed_at),
        (_("陈述申辩"), found.stated_at),
        (_("决定"), found.decided_at),
        (_("送达"), found.served_at),
        (_("办结"), found.ended_at),
    ]
    last = max(n for n, (_label, at) in enumerate(passed) if at)
    return [
        {
            "label": label,
            "state": "current" if n == last else "done" if at or n < last else "todo",
        }
        for n, (label, at) in enumerate(passed)
    ]


def _facts(found: Measure, *, theirs: bool) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("办理机关"), "value": found.authority},
        {
            "label": _("依据"),
            "value": found.basis,
            "note": found.basis.get_rank_display(),
        },
        {"label": _("拟办人"), "value": found.drafted_by, "note": beijing(found.drafted_at)},
    ]
    if found.source_label:
        url = "" if theirs else found.source_path
        facts.append({"label": _("来源"), "value": found.source_label, "url": url})
    if found.statement_until:
        facts.append({"label": _("陈述申辩到"), "value": beijing(found.statement_until)})
        facts.append({"label": _("要求听证到"), "value": dated(found.hearing_until)})
    if found.waived_at:
        facts.append({"label": _("放弃听证，不再补充"), "value": beijing(found.waived_at)})
    if found.hearing_at:
        when = f"{beijing(found.hearing_at)} {found.hearing_place}"
        facts.append({"label": _("听证"), "value": when})
    if found.suspension:
        stop = found.suspension
        facts.append(
            {
                "label": _("暂停"),
                "value": beijing(stop.ordered_at),
                "url": reverse("oversight:suspension", args=[stop.pk]),
                "note": _("已恢复") if stop.lifted_at else _("暂停中"),
            }
        )
    return facts


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Tell, acknowledge, drop or take back."""
    if name not in MOVES:
        raise Http404
    found = load(request, pk)
    MOVES[name](found, by=request.user, note=request.POST.get("note", ""))
    if name == "drop" and not Measure.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("oversight:measures")
    return redirect("oversight:measure", pk=pk)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Lay a paper beside it."""
    found = load(request, pk)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if frame.tried(form, lambda: actions.attach(found, by=request.user, upload=upload)):
            return redirect("oversight:measure", pk=pk)
    context = _page(request, found, form)
    return render(request, "oversight/measure.html", context, status=frame.UNPROCESSABLE)


@login_required
@require_GET
def paper(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """Open a paper; the look is an event."""
    found = load(request, pk)
    kept: MeasurePaper = get_object_or_404(found.papers.select_related("file", "measure"), pk=paper)
    return files.respond(actions.look(kept, by=request.user))


@login_required
@require_GET
def letter(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """The notice or the decision as a letter."""
    found = load(request, pk)
    written = {"notice": found.noticed_at, "decision": found.decided_at}
    if not written.get(name):
        raise Http404
    content = letters.notice(found) if name == "notice" else letters.decision(found)
    word = _("事先告知书") if name == "notice" else _("决定书")
    return files.attachment(
        content, name=f"{found.number} {word}.pdf", media_type="application/pdf"
    )
