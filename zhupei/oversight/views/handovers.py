"""Matters handed over: the list, one of them for sender and receiver, its letter and papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.organizations.models import Kind, Organization
from zhupei.oversight.access import may_keep, may_receive, may_take_measures
from zhupei.oversight.actions import handovers as actions
from zhupei.oversight.actions import reports
from zhupei.oversight.forms.handovers import (
    STEPS,
    EvidenceForm,
    HandoverFilters,
    HandoverForm,
    ReceiptForm,
    ReportForm,
)
from zhupei.oversight.models import Handover, HandoverPaper, HandoverReport, HandoverState, Measure
from zhupei.oversight.views import frame
from zhupei.oversight.workflow import HANDOVER
from zhupei.people.requests import SignedIn

MOVES: dict[str, Callable[..., Any]] = {
    "send": actions.send,
    "cancel": actions.cancel,
    "decline": reports.decline,
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The matters somebody sent or received, the newest first."""
    user = frame.worker(request)
    filters = HandoverFilters(request.GET)
    rows = Handover.objects.visible_to(user)
    rows = rows.select_related("organization__prefecture", "authority", "receiver", "basis")
    if filters.is_valid():
        rows = rows.found_by(filters.cleaned_data["q"])
        if filters.cleaned_data["state"]:
            rows = rows.filter(state=filters.cleaned_data["state"])
    page = Paginator(rows.order_by("-drafted_at", "-pk"), frame.A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [{"handover": one, "badge": frame.handover_badge(one)} for one in shown],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "receives": user.acting.organization.kind == Kind.HR,
        "today": timezone.localdate(),
    }
    return render(request, "oversight/handovers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn, institution: int) -> HttpResponse:
    """Write a matter up, perhaps out of a measure."""
    organization = frame.institution(request, institution)
    if not may_take_measures(request.user, organization):
        raise NotAllowed("not_allowed", _("由属地住建局或者自治区住建厅移送。"))
    measure = _measure(request, organization)
    first = {"facts": measure.facts if measure else ""}
    form = HandoverForm(organization, request.POST or None, initial=first)
    if form.is_valid():
        said = form.cleaned_data | {"measure": measure}
        made = frame.tried(form, lambda: actions.draft(organization, by=request.user, **said))
        if made:
            return redirect("oversight:handover", pk=made.pk)
    context = {"organization": organization, "form": form, "measure": measure}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "oversight/handover_new.html", context, status=status)


def _measure(request: SignedIn, organization: Organization) -> Measure | None:
    wanted = request.GET.get("measure", "")
    rows = Measure.objects.visible_to(request.user).filter(organization=organization)
    return rows.filter(pk=wanted).first() if wanted.isdecimal() else None


def _load(request: SignedIn, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.user).select_related(
        "organization__prefecture",
        "authority",
        "receiver",
        "basis",
        "measure",
        "letter",
        "drafted_by",
        "sent_by",
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def handover(request: SignedIn, pk: int) -> HttpResponse:
    """One matter: facts, law, evidence, what the receiver reported, what the law wants by when."""
    return render(request, "oversight/handover.html", _page(request, _load(request, pk)))


def _page(request: SignedIn, found: Handover, **bound: Any) -> dict[str, Any]:
    user, state = request.user, found.state
    drafts = state == HandoverState.DRAFT and may_keep(user, found)
    answers = may_receive(user, found)
    today = timezone.localdate()
    steps = list(found.reports.select_related("file", "reported_by"))
    return {
        "handover": found,
        "badge": frame.handover_badge(found),
        "moves": [one for one in HANDOVER.available(found, user) if one.name in MOVES],
        "facts": _facts(found),
        "barred": drafts and actions.may_be_barred(found),
        "papers": found.papers.select_related("file"),
        "reports": steps,
        "clocks": [
            {"what": what, "day": day, "law": law, "late": day < today}
            for what, day, law in reports.clocks(found, steps)
        ],
        "drafts": drafts,
        "evidence_form": bound.get("evidence") or (EvidenceForm() if drafts else None),
        "receipt_form": bound.get("receipt")
        or (ReceiptForm() if answers and state == HandoverState.SENT else None),
        "report_form": bound.get("report")
        or (ReportForm(state, initial={"day": today}) if answers and state in STEPS else None),
        "falls": frame.falls_with(found) if state == HandoverState.PENALISED else "",
        "may_record": state == HandoverState.PENALISED
        and may_take_measures(user, found.organization),
        "timeline": audit.timeline(found),
    }


def _facts(found: Handover) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("涉嫌违法的事实"), "value": found.facts},
        {"label": _("行为终了日期"), "value": dated(found.happened_until)},
        {"label": _("法律依据"), "value": found.basis, "note": found.basis.get_rank_display()},
        {"label": _("适用的情形"), "value": found.basis.matter},
        {"label": _("罚则"), "value": found.basis.penalty},
        {"label": _("移送机关"), "value": found.authority},
        {"label": _("接收机关"), "value": found.receives},
        {"label": _("拟办人"), "value": found.drafted_by, "note": beijing(found.drafted_at)},
    ]
    if found.sent_at:
        facts.append({"label": _("移送人"), "value": found.sent_by, "note": beijing(found.sent_at)})
    if found.receipt_number:
        receipt = {"label": _("回执文号"), "value": found.receipt_number}
        facts.append(receipt | {"note": beijing(found.received_at)})
    return facts


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Send, cancel, or send back."""
    if name not in MOVES:
        raise Http404
    found = _load(request, pk)
    MOVES[name](found, by=request.user, note=request.POST.get("note", ""))
    return redirect("oversight:handover", pk=pk)


def _said(request: SignedIn, found: Handover, name: str, form: Any, verb: Any) -> HttpResponse:
    """Do what a form of the page says; what it refuses stands beside its field."""
    if form.is_valid() and frame.tried(form, lambda: verb(**form.cleaned_data)):
        return redirect("oversight:handover", pk=found.pk)
    context = _page(request, found, **{name: form})
    return render(request, "oversight/handover.html", context, status=frame.UNPROCESSABLE)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Add a line to the list of evidence."""
    found = _load(request, pk)
    form = EvidenceForm(request.POST, request.FILES)

    def verb(file: Any, **said: Any) -> Any:
        return actions.attach(found, by=request.user, upload=file, **said)

    return _said(request, found, "evidence", form, verb)


@login_required
@require_POST
def remove(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Take a line off the list."""
    found = _load(request, pk)
    row: HandoverPaper = get_object_or_404(found.papers.select_related("handover"), pk=paper)
    actions.remove(row, by=request.user)
    return redirect("oversight:handover", pk=pk)


@login_required
@require_POST
def receive(request: SignedIn, pk: int) -> HttpResponse:
    """Take it on, under a number of one's own."""
    found = _load(request, pk)
    form = ReceiptForm(request.POST)

    def verb(receipt: str) -> Any:
        return reports.receive(found, by=request.user, receipt=receipt)

    return _said(request, found, "receipt", form, verb)


@login_required
@require_POST
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Report a step."""
    found = _load(request, pk)
    form = ReportForm(found.state, request.POST, request.FILES)

    def verb(**said: Any) -> Any:
        made = reports.report(found, by=request.user, **said)
        messages.success(request, _("已反馈移送机关。"))
        return made

    return _said(request, found, "report", form, verb)


@login_required
@require_GET
def letter(request: SignedIn, pk: int) -> FileResponse:
    """The letter as it was sent; the look is an event."""
    found = _load(request, pk)
    if found.letter is None:
        raise Http404
    return files.respond(actions.look(found, found.letter, by=request.user))


@login_required
@require_GET
def paper(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """A paper of the list; the look is an event."""
    found = _load(request, pk)
    row: HandoverPaper = get_object_or_404(found.papers.select_related("file"), pk=paper)
    return files.respond(actions.look(found, row.file, by=request.user))


@login_required
@require_GET
def reported(request: SignedIn, pk: int, report: int) -> FileResponse:
    """The paper of a step; the look is an event."""
    found = _load(request, pk)
    rows = found.reports.select_related("file").filter(file__isnull=False)
    row: HandoverReport = get_object_or_404(rows, pk=report)
    assert row.file is not None, "filtered above"
    return files.respond(actions.look(found, row.file, by=request.user))
