"""Suspensions, and the three steps that show what they will cause first."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.institutions.workflow import ADMISSION
from zhupei.organizations.models import Organization
from zhupei.oversight import consequences
from zhupei.oversight.access import may_lift, may_take_measures
from zhupei.oversight.actions import suspensions as actions
from zhupei.oversight.forms.suspensions import (
    FilterForm,
    LeaveForm,
    RangeForm,
    ReinstateForm,
    SuspendForm,
)
from zhupei.oversight.models import Measure, Suspension
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422


def badge(suspension: Suspension) -> dict[str, Any]:
    """Whether it still holds, as icon, word and colour."""
    if suspension.lifted_at:
        return {"icon": "player-play", "tone": "ok", "word": _("已恢复")}
    return {"icon": "player-pause", "tone": "bad", "word": _("暂停中")}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The suspensions somebody may see, the newest first."""
    if request.user.acting is None:
        raise Http404
    form = FilterForm(request.GET)
    rows = Suspension.objects.visible_to(request.user).select_related("organization", "authority")
    if form.is_valid():
        for word in form.cleaned_data["q"].split():
            rows = rows.filter(organization__name__icontains=word)
        if form.cleaned_data["state"]:
            rows = rows.filter(lifted_at__isnull=form.cleaned_data["state"] == "open")
    page = Paginator(rows.order_by("-ordered_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"suspension": one, "badge": badge(one)} for one in page],
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "oversight/index.html", context)


def _suspension(request: SignedIn, pk: int) -> Suspension:
    rows = Suspension.objects.visible_to(request.user)
    related = ("organization__admission", "organization__prefecture", "authority")
    return get_object_or_404(rows.select_related(*related, "evidence", "lift_evidence"), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One suspension: why, what it stopped, how it ended."""
    suspension = _suspension(request, pk)
    admission = suspension.organization.admission
    held = suspension.lifted_at is None
    context = {
        "suspension": suspension,
        "badge": badge(suspension),
        "facts": _facts(suspension),
        "touched": _touched(suspension.touched),
        "frozen": consequences.frozen(suspension.organization) if held else [],
        "may_lift": held and may_lift(request.user, admission, suspension),
        "measure": Measure.objects.visible_to(request.user).filter(suspension=suspension).first(),
        "may_draft": held and may_take_measures(request.user, suspension.organization),
    }
    return render(request, "oversight/suspension.html", context)


def _facts(suspension: Suspension) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("决定机关"), "value": suspension.authority},
        {"label": _("承办人"), "value": suspension.ordered_by_name},
        {"label": _("暂停时间"), "value": beijing(suspension.ordered_at)},
        {"label": _("依据"), "value": suspension.law},
        {"label": _("理由"), "value": suspension.reason},
    ]
    facts += _paper("oversight:evidence", suspension.pk, suspension.evidence, _("凭据"))
    if suspension.certificates_from:
        day = dated(suspension.certificates_from)
        facts.append({"label": _("标记证书"), "value": _("%(day)s 起签发的") % {"day": day}})
    if suspension.lifted_at:
        facts += [
            {"label": _("恢复时间"), "value": beijing(suspension.lifted_at)},
            {"label": _("恢复承办人"), "value": suspension.lifted_by_name},
            {"label": _("恢复理由"), "value": suspension.lift_reason},
        ]
        paper = suspension.lift_evidence
        facts += _paper("oversight:lift-evidence", suspension.pk, paper, _("整改凭据"))
    return facts


def _paper(name: str, pk: int, paper: StoredFile | None, label: str) -> list[dict[str, Any]]:
    return [{"label": label, "value": paper.name, "url": reverse(name, args=[pk])}] if paper else []


def _touched(touched: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "classes": _("冻结班级"),
        "plans": _("冻结在审计划"),
        "learners": _("通知学员"),
        "lessons": _("停下的课"),
        "certificates": _("标记证书"),
    }
    return [{"label": label, "value": touched.get(name, 0)} for name, label in labels.items()]


@login_required
@require_GET
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """What a suspension rests on."""
    return _respond(_suspension(request, pk).evidence)


@login_required
@require_GET
def lift_evidence(request: SignedIn, pk: int) -> FileResponse:
    """What lifting it rests on."""
    return _respond(_suspension(request, pk).lift_evidence)


def _respond(paper: StoredFile | None) -> FileResponse:
    if paper is None:
        raise Http404
    return files.respond(paper)


# The three steps


def _institution(request: SignedIn, pk: int, move: str) -> Organization:
    """The institution, when this person could ever make this move on it."""
    rows = Organization.objects.visible_to(request.user).public()
    found = get_object_or_404(
        rows.filter(admission__isnull=False).select_related("prefecture", "admission"), pk=pk
    )
    step = ADMISSION.moves[move]
    if not step.who(request.user, found.admission):
        raise NotAllowed("not_allowed", _("您不能做这一步：%(label)s。"), label=step.label)
    return found


def _is_open(organization: Organization, move: str) -> bool:
    return organization.admission.state in ADMISSION.moves[move].sources


def _done(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """Do it; a refusal that has a field goes beside it, and what was typed stays."""
    try:
        return verb()
    except Refused as refusal:
        field = {"file": "evidence"}.get(refusal.field or "", refusal.field)
        if field not in form.fields and refusal.code != "classes_open":
            raise
        form.add_error(field, str(refusal))
        return None


@login_required
@require_http_methods(["GET", "POST"])
def suspend(request: SignedIn, institution: int) -> HttpResponse:
    """Preview what suspending will cause, with the certificates one chose; then do it all."""
    organization = _institution(request, institution, "suspend")
    source = request.POST if request.method == "POST" else request.GET
    wanted = RangeForm(source if "certificates_from" in source else None)
    issued_from = wanted.cleaned_data["certificates_from"] if wanted.is_valid() else None
    form = SuspendForm(
        request.POST or None,
        request.FILES or None,
        initial={"certificates_from": issued_from, "law": "第二十三条"},
    )
    if form.is_valid():
        said = form.cleaned_data
        row = _done(form, lambda: actions.suspend(organization, by=request.user, **said))
        if row:
            messages.success(request, _("已暂停“%(name)s”的业务。") % {"name": organization.name})
            return redirect("oversight:suspension", pk=row.pk)
    context = {
        "organization": organization,
        "open": _is_open(organization, "suspend"),
        "form": form,
        "wanted": wanted,
        "issued_from": issued_from,
        "ranges": consequences.ranges(organization),
        "will": consequences.of(organization, issued_from=issued_from),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "oversight/suspend.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def reinstate(request: SignedIn, institution: int) -> HttpResponse:
    """Show what will go on; then let it."""
    organization = _institution(request, institution, "reinstate")
    form = ReinstateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: actions.reinstate(organization, by=request.user, **said)):
            messages.success(request, _("已恢复“%(name)s”的业务。") % {"name": organization.name})
            return redirect("institutions:admission", pk=organization.pk)
    rows = Suspension.objects.visible_to(request.user).open().select_related("authority")
    suspension = rows.filter(organization=organization).first()
    context = {
        "organization": organization,
        "open": _is_open(organization, "reinstate"),
        "form": form,
        "suspension": suspension,
        "may_lift": suspension is None
        or may_lift(request.user, organization.admission, suspension),
        "will": consequences.undone(organization),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "oversight/reinstate.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedIn, institution: int) -> HttpResponse:
    """Show what stands in the way of leaving; then let it leave."""
    organization = _institution(request, institution, "leave")
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        if _done(form, lambda: actions.leave(organization, by=request.user, note=note)):
            messages.success(request, _("“%(name)s”已退出。") % {"name": organization.name})
            return redirect("institutions:admission", pk=organization.pk)
    context = {
        "organization": organization,
        "open": _is_open(organization, "leave"),
        "form": form,
        "unfinished": consequences.unfinished(organization),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "oversight/leave.html", context, status=status)
