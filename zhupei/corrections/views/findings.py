"""Findings: the list, noting one, the page of one."""

from typing import Any, cast

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import words
from zhupei.corrections.access import may_add, may_decide, may_note
from zhupei.corrections.actions import disputes as disputing
from zhupei.corrections.actions import findings as actions
from zhupei.corrections.forms import CHECKED, EvidenceForm, FindingFilters, FindingForm
from zhupei.corrections.models import Finding, FindingQuerySet, FindingState
from zhupei.corrections.views.shared import (
    A_PAGE,
    UNPROCESSABLE,
    disputes_of,
    is_own,
    load_finding,
    tried,
    worker,
)
from zhupei.corrections.workflow import FINDING
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn

MOVES = {"settle": actions.settle, "withdraw": actions.withdraw}
MOVE_ICONS = {"settle": "check", "withdraw": "x"}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """What was found, the newest first; open ones can be put into an order."""
    user = worker(request)
    if not may_note(user):
        raise Http404
    filters = FindingFilters(request.GET or None)
    rows = _narrowed(Finding.objects.visible_to(user), filters)
    related = rows.select_related("organization", "authority", "order", "repeats")
    ordered = related.order_by("-found_at", "-pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [_row(one, user) for one in page],
    }
    return render(request, "corrections/findings.html", context)


def _narrowed(rows: FindingQuerySet, filters: FindingFilters) -> FindingQuerySet:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    for word in said["q"].split():
        rows = rows.saying(word)
    for name in ("state", "kind", "severity"):
        if said[name]:
            rows = rows.filter(**{name: said[name]})
    if said["source"]:
        rows = rows.from_app("" if said["source"] == "none" else said["source"])
    rows = rows.repeated() if said["repeated"] else rows
    return rows.disputed() if said["disputed"] else rows


def _row(finding: Finding, user: Any) -> dict[str, Any]:
    waits = finding.state == FindingState.OPEN
    return {
        "finding": finding,
        "badge": words.finding_badge(finding.state),
        "severity": words.severity_badge(finding.severity),
        "source": words.source_kind(finding.source),
        "may_order": waits and may_decide(user, finding),
    }


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Note a finding; ``?source=patrols.patrol/12`` says what it came of, and about whom."""
    user = worker(request)
    if not may_note(user):
        raise Http404
    source = _source(user, request.GET.get("source", ""))
    bodies = _bodies(user, source)
    initial = {"organization": request.GET.get("organization"), "law": _("第二十三条")}
    if source is not None:
        initial["organization"] = source.organization_id
    form = FindingForm(request.POST or None, request.FILES or None, initial=initial, bodies=bodies)
    if form.is_valid():
        said = dict(form.cleaned_data)
        organization, upload = said.pop("organization"), said.pop("file")
        authority = user.acting.organization
        said["uploads"] = [upload] if upload else []
        made = tried(
            form,
            lambda: actions.find(organization, authority, source=source, by=user, **said),
        )
        if made:
            messages.success(request, _("问题已登记。可以下达限期整改通知，也可以接着登记。"))
            return redirect("corrections:finding", pk=made.pk)
    context = {"form": form, "source": source}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/find.html", context, status=status)


def _bodies(user: Any, source: Any) -> Any:
    """Those within reach; of a source the body it is about."""
    seen = Organization.objects.visible_to(user, visiting=True)
    bodies = seen.filter(kind__in=CHECKED).order_by("name")
    return bodies if source is None else bodies.filter(pk=source.organization_id)


def _source(user: Any, key: str) -> Any:
    """The row a finding comes of, when the person may see it; of any app above."""
    label, _slash, pk = key.partition("/")
    if not key:
        return None
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError) as fault:
        raise Http404 from fault
    visible = getattr(cast("Any", model).objects, "visible_to", None)
    if not pk.isdecimal() or visible is None or not hasattr(model, "get_absolute_url"):
        raise Http404
    found = get_object_or_404(visible(user), pk=pk)
    if not hasattr(found, "organization_id"):
        raise Http404
    return found


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One finding: what, on what evidence, what came of it."""
    return _detail(request, load_finding(request, pk))


def _detail(
    request: SignedIn, finding: Finding, status: int = 200, form: Any = None
) -> HttpResponse:
    user = request.user
    own = is_own(user, finding)
    raised = disputes_of(user, [finding]).first()
    until = disputing.term(finding) if own else None
    open_still = finding.state in {FindingState.OPEN, FindingState.ORDERED}
    context = {
        "finding": finding,
        "own": own,
        "dispute": words.disputed(finding, raised),
        "may_dispute": disputing.may_raise(user, finding, until, disputed=raised is not None),
        "may_judge": raised is not None and may_decide(user, finding),
        "badge": words.finding_badge(finding.state),
        "facts": _facts(finding, own=own),
        "evidence": finding.files.select_related("file"),
        "form": form or (EvidenceForm() if open_still and may_add(user, finding) else None),
        "may_order": finding.state == FindingState.OPEN and may_decide(user, finding),
        "moves": _moves(user, finding),
        "timeline": [] if own else audit.timeline(finding),
    }
    return render(request, "corrections/finding.html", context, status=status)


def _moves(user: Any, finding: Finding) -> list[dict[str, Any]]:
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
        }
        for move in FINDING.available(finding, user)
        if move.name in MOVES and (move.name != "settle" or finding.severity == "minor")
    ]


def _facts(finding: Finding, *, own: bool) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("机构"), "value": finding.organization},
        {"label": _("类别"), "value": finding.get_kind_display()},
        {"label": _("程度"), "value": finding.get_severity_display()},
        {"label": _("依据"), "value": finding.law},
        {"label": _("发现部门"), "value": finding.authority},
        {"label": _("发现时间"), "value": beijing(finding.found_at)},
    ]
    if finding.state == FindingState.OPEN and not own:
        facts.append({"label": _("处理期限"), "value": beijing(finding.act_due_at)})
    if finding.order:
        url = finding.order.get_absolute_url()
        facts.append({"label": _("整改通知"), "value": finding.order, "url": url})
    if own:
        return facts
    facts.append({"label": _("发现人"), "value": finding.found_by})
    said = finding.source_label or _("没有关联记录")
    kind = words.source_kind(finding.source)
    facts.append({"label": _("来源"), "value": f"{kind} · {said}", "url": finding.source_path})
    return facts


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Settle it on the spot, or take it back."""
    if name not in MOVES:
        raise Http404
    done = MOVES[name](
        load_finding(request, pk), by=request.user, note=request.POST.get("note", "")
    )
    messages.success(
        request, _("“%(thing)s”：%(state)s。") % {"thing": done, "state": done.get_state_display()}
    )
    return redirect("corrections:finding", pk=pk)


@login_required
@require_POST
def add_evidence(request: SignedIn, pk: int) -> HttpResponse:
    """Lay one more paper beside it."""
    finding = load_finding(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if tried(form, lambda: actions.add_evidence(finding, by=request.user, upload=upload)):
            messages.success(request, _("凭据已补充。"))
            return redirect("corrections:finding", pk=pk)
    return _detail(request, finding, UNPROCESSABLE, form)


@login_required
@require_GET
def evidence(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """The bytes of a paper, for those who may see the finding."""
    finding = load_finding(request, pk)
    found: Any = get_object_or_404(finding.files.select_related("file"), pk=paper)
    return files.respond(found.file, inline=found.file.media_type.startswith("image/"))
