"""Asking for repair, objecting, and the answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.credit.access import may_answer_objection, may_ask
from zhupei.credit.actions import objections, repairs
from zhupei.credit.forms import AmendForm, ObjectionForm, RepairForm
from zhupei.credit.models import CreditRecord, Objection, Repair
from zhupei.credit.views import frame
from zhupei.people.requests import SignedIn

Moves = dict[str, Callable[..., Any]]
REPAIR_MOVES: Moves = {
    "grant": repairs.grant,
    "refuse": repairs.refuse,
    "withdraw": repairs.withdraw,
}
OBJECTION_MOVES: Moves = {
    "uphold": objections.uphold,
    "dismiss": objections.dismiss,
    "withdraw": objections.withdraw,
}


@login_required
@require_http_methods(["GET", "POST"])
def repair(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a record to be ended early."""
    sent = _("修复申请已送认定单位。")
    return _ask(request, frame.load(request, pk), RepairForm, repairs.file, sent)


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: SignedIn, pk: int) -> HttpResponse:
    """Say that a record is wrong."""
    sent = _("异议已送认定单位，公示页会注明“异议办理中”。")
    return _ask(request, frame.load(request, pk), ObjectionForm, objections.file, sent)


def _ask(
    request: SignedIn,
    record: CreditRecord,
    shape: type[RepairForm] | type[ObjectionForm],
    file: Callable[..., Any],
    sent: str,
) -> HttpResponse:
    if not may_ask(request.user, record):
        raise NotAllowed("not_allowed", _("修复和异议由机构自己提出。"))
    form = shape(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: file(record, by=request.user, **said)):
            messages.success(request, sent)
            return redirect("credit:record", pk=record.pk)
    context = {"record": record, "form": form}
    template = "credit/repair.html" if shape is RepairForm else "credit/object.html"
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, template, context, status=status)


def _repair(request: SignedIn, pk: int) -> Repair:
    rows = Repair.objects.visible_to(request.user)
    related = ("record__organization", "record__authority", "proof", "commitment")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _objection(request: SignedIn, pk: int) -> Objection:
    rows = Objection.objects.visible_to(request.user)
    related = ("record__organization", "record__authority", "evidence")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@login_required
@require_POST
def repair_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Grant, refuse or take back."""
    return _move(request, _repair(request, pk), REPAIR_MOVES, name)


@login_required
@require_POST
def objection_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Uphold, dismiss or take back."""
    return _move(request, _objection(request, pk), OBJECTION_MOVES, name)


def _move(request: SignedIn, found: Repair | Objection, moves: Moves, name: str) -> HttpResponse:
    if name not in moves:
        raise Http404
    moves[name](found, by=request.user, note=request.POST.get("note", ""))
    return redirect("credit:record", pk=found.record_id)


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: SignedIn, pk: int) -> HttpResponse:
    """Put a record right, as somebody objected."""
    found = _objection(request, pk)
    record = found.record
    if not may_answer_objection(request.user, found):
        raise NotAllowed("not_allowed", _("异议由认定单位或者自治区住建厅的另一人办理。"))
    first = {name: getattr(record, name) for name in ("seriousness", "ground", "law")}
    form = AmendForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: objections.amend(found, by=request.user, **said)):
            messages.success(request, _("记录已更正，机构收到通知。"))
            return redirect("credit:record", pk=record.pk)
    context = {"record": record, "objection": found, "form": form}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "credit/amend.html", context, status=status)


@login_required
@require_GET
def paper(request: SignedIn, pk: int, name: str) -> FileResponse:
    """Open the proof or the promise of an application; the look is an event."""
    if name not in {"proof", "commitment"}:
        raise Http404
    found = _repair(request, pk)
    return files.respond(repairs.look(found, getattr(found, name), by=request.user))


@login_required
@require_GET
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """Open what an objection rests on."""
    found = _objection(request, pk)
    if found.evidence is None:
        raise Http404
    return files.respond(found.evidence)
