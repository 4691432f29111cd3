"""One filing: reading it, writing it, moving it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.filings import actions, precheck
from zhupei.filings.access import may_change, may_decide, may_draft, may_file
from zhupei.filings.forms import FilingForm, PaperForm, ReasonFormSet
from zhupei.filings.models import Filing, FilingDocument, State
from zhupei.filings.views.frame import compared, copies_of, frame, load, moves, returned, worker
from zhupei.people.requests import SignedIn

MOVES = {
    "submit": actions.submit,
    "withdraw": actions.withdraw,
    "cancel": actions.cancel,
    "accept": actions.accept,
    "revoke": actions.revoke,
}
UNPROCESSABLE = 422
ASKED_BEFORE = {State.DRAFT, State.RETURNED, State.SUBMITTED}


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One filing. That somebody of a body that got a copy opened it is written down."""
    found = load(request, pk)
    actions.open_copy(found, by=request.user)
    return _detail(request, found)


def _detail(request: SignedIn, found: Filing, status: int = 200, **more: Any) -> HttpResponse:
    checks = precheck.checks(found) if found.state in ASKED_BEFORE else []
    bad = sum(check.tone == "bad" for check in checks)
    papers = FilingDocument.objects.visible_to(request.user).filter(filing=found)
    context: dict[str, Any] = frame(request, found) | {
        "checks": checks,
        "moves": moves(request.user, found, bad),
        "papers": papers.select_related("file").order_by("kind", "pk"),
        "paper_form": PaperForm() if may_change(request.user, found) else None,
        "returned": returned(found),
        "copies": copies_of(found),
        "timeline": audit.timeline(found),
        "reasons": ReasonFormSet(prefix="reasons"),
        **compared(found),
    }
    return render(request, "filings/detail.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Start a filing for the institution one acts for."""
    user = worker(request)
    owner = user.acting.organization
    if not may_draft(user, owner):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能办理异地备案。"))
    form = FilingForm(request.POST or None, organization=owner)
    if form.is_valid():
        made = actions.draft(owner, by=user, **form.cleaned_data)
        messages.success(request, _("草稿已保存。接着上传附件材料，都齐了再提交。"))
        return redirect("filings:detail", made.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "filings/edit.html", {"form": form, "new": True}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a draft or returned filing; reasons stand beside the fields they are about."""
    found = load(request, pk)
    if not may_change(request.user, found):
        raise NotAllowed("not_allowed", _("这份备案现在不能修改，请看它的状态。"))
    form = FilingForm(request.POST or None, instance=found, organization=found.organization)
    if form.is_valid():
        actions.change(load(request, pk), by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("filings:detail", pk)
    for reason in returned(found):
        if reason["field"] in form.fields:
            field: Any = form.fields[reason["field"]]
            field.reasons = [*getattr(field, "reasons", []), reason]
    context = frame(request, found) | {"form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "filings/edit.html", context, status=status)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move and show the filing again."""
    if name not in MOVES:
        raise Http404
    said = {"note": request.POST.get("note", "")}
    if name == "accept":
        said["seen"] = request.POST.get("seen", "")
    moved = MOVES[name](load(request, pk), by=request.user, **said)
    state = {"filing": moved, "state": moved.get_state_display()}
    messages.success(request, _("%(filing)s：%(state)s。") % state)
    return redirect("filings:detail", pk)


@login_required
@require_POST
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    """Return a filing with reasons; what was typed stays when something is missing."""
    found = load(request, pk)
    if not may_decide(request.user, found):
        raise NotAllowed("not_allowed", _("只有办学地人社部门的经办人能退回。"))
    note = request.POST.get("note", "")
    reasons = ReasonFormSet(request.POST, prefix="reasons")
    if not reasons.is_valid():
        return _detail(request, found, UNPROCESSABLE, reasons=reasons, note=note)
    said = [form.cleaned_data for form in reasons if form.cleaned_data.get("text")]
    try:
        actions.send_back(found, by=request.user, note=note, reasons=said)
    except Refused as refusal:
        if refusal.code != "note_required":
            raise
        fault = _("请至少写一条理由，或者写一句总的说明。机构会看到。")
        return _detail(request, found, UNPROCESSABLE, reasons=reasons, note=note, note_fault=fault)
    messages.success(request, _("已退回补正，机构收到通知。"))
    return redirect("filings:detail", pk)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Take one more paper."""
    found = load(request, pk)
    if not may_file(request.user, found):
        raise NotAllowed("not_allowed", _("只有本机构教务员能上传材料。"))
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.attach(found, by=request.user, upload=said["file"], kind=said["kind"])
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            refusal.beside(form)
        else:
            messages.success(request, _("材料已上传。"))
            return redirect("filings:detail", pk)
    return _detail(request, found, UNPROCESSABLE, paper_form=form)


@login_required
@require_GET
def paper(request: SignedIn, pk: int) -> HttpResponseBase:
    """The bytes of a paper, for those who may see it."""
    visible = FilingDocument.objects.visible_to(worker(request)).select_related("file")
    return files.respond(get_object_or_404(visible, pk=pk).file)


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a paper off the filing."""
    visible = FilingDocument.objects.visible_to(worker(request)).select_related("file", "filing")
    found = get_object_or_404(visible, pk=pk)
    actions.remove(found, by=request.user)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.file.name})
    return redirect("filings:detail", found.filing_id)
