"""The institution disputes a finding; the authority looks again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.core.parameters import settings_of
from zhupei.corrections import words
from zhupei.corrections.access import may_answer, may_judge
from zhupei.corrections.actions import disputes as actions
from zhupei.corrections.forms_disputes import DisputeForm, JudgeForm
from zhupei.corrections.models import Dispute, DisputeFile, DisputeState, Finding
from zhupei.corrections.parameters import AGAIN_WORKDAYS, DISPUTE_ANSWER_WORKDAYS
from zhupei.corrections.views.shared import UNPROCESSABLE, load_finding, tried, worker
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "POST"])
def raise_one(request: SignedIn, pk: int) -> HttpResponse:
    """Say why something is no fault; while it waits, more papers."""
    finding = load_finding(request, pk)
    if not may_answer(request.user, finding):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能提出异议。"))
    raised = Dispute.objects.visible_to(request.user).filter(finding=finding).first()
    form = DisputeForm(request.POST or None, request.FILES or None, more=raised is not None)
    if form.is_valid() and tried(form, lambda: _said(finding, raised, request.user, form)):
        messages.success(request, _("已送住建部门复核。答复前整改期限照算。"))
        return redirect(finding.order or finding)
    context = {
        "finding": finding,
        "severity": words.severity_badge(finding.severity),
        "raised": raised,
        "papers": raised.files.select_related("file") if raised else [],
        "form": form if raised is None or raised.state == DisputeState.RAISED else None,
        "until": actions.term(finding),
        "where": finding.order or finding,
        **_terms(finding),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/dispute.html", context, status=status)


def _said(finding: Finding, raised: Dispute | None, user: Any, form: DisputeForm) -> Any:
    upload = form.cleaned_data["file"]
    if raised is not None:
        return actions.add_evidence(raised, by=user, upload=upload)
    uploads = [upload] if upload else []
    return actions.dispute(finding, by=user, reason=form.cleaned_data["reason"], uploads=uploads)


def _terms(finding: Finding) -> dict[str, Any]:
    """What the page says of the clocks."""
    place = finding.organization.prefecture_id
    found = settings_of(DISPUTE_ANSWER_WORKDAYS, AGAIN_WORKDAYS, prefecture=place)
    return {
        "answer_days": found[DISPUTE_ANSWER_WORKDAYS.key].value,
        "again_days": found[AGAIN_WORKDAYS.key].value,
    }


@login_required
@require_http_methods(["GET", "POST"])
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """Uphold, change or take back, with the reason."""
    rows = Dispute.objects.visible_to(worker(request)).select_related(
        "finding__organization__prefecture", "finding__authority", "finding__order", "raised_by"
    )
    raised = get_object_or_404(rows, pk=pk)
    finding = raised.finding
    if not may_judge(request.user, raised):
        raise NotAllowed("not_allowed", _("只有发现问题的部门的经办人能答复异议。"))
    if raised.state != DisputeState.RAISED:
        messages.info(request, _("这份异议已经答复。"))
        return redirect(finding)
    initial = {name: getattr(finding, name) for name in actions.CHANGEABLE}
    form = JudgeForm(request.POST or None, initial=initial)
    if form.is_valid() and tried(form, lambda: _judged(raised, request.user, form)):
        messages.success(request, _("异议已答复，机构收到通知。"))
        return redirect(finding)
    context = {
        "dispute": raised,
        "finding": finding,
        "severity": words.severity_badge(finding.severity),
        "evidence": finding.files.select_related("file"),
        "papers": raised.files.select_related("file"),
        "form": form,
        "alone": finding.order is not None and finding.order.findings.standing().count() == 1,
        **_terms(finding),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/judge.html", context, status=status)


def _judged(raised: Dispute, user: Any, form: JudgeForm) -> Dispute:
    said = dict(form.cleaned_data)
    verdict, note = said.pop("verdict"), said.pop("note")
    if verdict == "change":
        return actions.change(raised, by=user, note=note, said=said)  # type: ignore[arg-type]
    verb = actions.uphold if verdict == "uphold" else actions.concede
    return verb(raised, by=user, note=note)


@login_required
@require_GET
def file(request: SignedIn, pk: int) -> FileResponse:
    """The bytes of a paper, for those who may see the dispute."""
    visible = DisputeFile.objects.visible_to(worker(request)).select_related("file")
    found = get_object_or_404(visible, pk=pk).file
    return files.respond(found, inline=found.media_type.startswith("image/"))
