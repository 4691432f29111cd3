"""Who scores, who is called, what vetoes, what is objected."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import files
from zhupei.evaluation.access import may_object, may_regulate
from zhupei.evaluation.actions import experts, objections, scores
from zhupei.evaluation.actions import vetoes as veto_actions
from zhupei.evaluation.forms.evaluations import (
    AppointForm,
    LiftForm,
    ObjectionForm,
    ReplyForm,
    ScorerForm,
    VetoForm,
)
from zhupei.evaluation.models import Evaluation, Objection, ObjectionState, Veto
from zhupei.evaluation.models.evaluation import SEEN_BY_ALL
from zhupei.evaluation.views import frame
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn

TALKING = ["GET", "HEAD", "POST"]


def _regulated(request: SignedIn, pk: int) -> Evaluation:
    """Who is tied to the institution reads in the form why they have to stay away."""
    found = frame.load(request, pk)
    if not regulates(request.user):
        raise Http404
    return found


def _form(request: SignedIn, found: Evaluation, form: Any, title: str, **more: Any) -> HttpResponse:
    status = frame.UNPROCESSABLE if form.errors else 200
    context = {"evaluation": found, "form": form, "title": title, **more}
    return render(request, "evaluation/form.html", context, status=status)


@login_required
@require_http_methods(TALKING)
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """The experts of one evaluation, and one more."""
    found = _regulated(request, pk)
    form = AppointForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: experts.appoint(found, by=request.user, **said)):
            return redirect("evaluation:seats", pk=pk)
    seated = found.appointments.select_related("expert").order_by("seat", "pk")
    return _form(request, found, form, _("专家"), seats=seated)


@login_required
@require_http_methods(TALKING)
def scorer(request: SignedIn, pk: int) -> HttpResponse:
    """Another authority scores the local part."""
    found = _regulated(request, pk)
    form = ScorerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: scores.reassign(found, by=request.user, **said)):
            return redirect("evaluation:detail", pk=pk)
    return _form(request, found, form, _("换属地评分单位"))


@login_required
@require_http_methods(TALKING)
def veto(request: SignedIn, pk: int) -> HttpResponse:
    """Find a veto, with facts, law and evidence."""
    found = _regulated(request, pk)
    form = VetoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = said.pop("file")
        if frame.tried(
            form, lambda: veto_actions.find(found, by=request.user, upload=upload, **said)
        ):
            return redirect("evaluation:detail", pk=pk)
    told = _("认定以后最高只能定为 C 类，公示时机构会看到事实、依据和凭据。")
    return _form(request, found, form, _("认定否决项"), told=told, danger=True)


def _veto(request: SignedIn, pk: int) -> Veto:
    if request.user.acting is None:
        raise Http404
    rows = Veto.objects.visible_to(request.user).select_related(
        "file", "evaluation__organization", "evaluation__scheme"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(TALKING)
def lift(request: SignedIn, pk: int) -> HttpResponse:
    """Take a veto back."""
    found = _veto(request, pk)
    if not may_regulate(request.user, found.evaluation):
        raise Http404
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if frame.tried(form, lambda: veto_actions.lift(found, by=request.user, note=note)):
            return redirect("evaluation:detail", pk=found.evaluation_id)
    title = _("撤销否决项：%(kind)s") % {"kind": found.get_kind_display()}
    return _form(request, found.evaluation, form, title)


@login_required
@require_GET
def veto_paper(request: SignedIn, pk: int) -> FileResponse:
    """The evidence of a veto; the institution reads it once the result is published."""
    found = _veto(request, pk)
    acting = request.user.acting
    own = acting is not None and acting.organization_id == found.evaluation.organization_id
    if own and found.evaluation.state not in SEEN_BY_ALL:
        raise Http404
    return files.respond(found.file)


@login_required
@require_http_methods(TALKING)
def objects(request: SignedIn, pk: int) -> HttpResponse:
    """The institution objects; after the term it is told that it is over."""
    found = frame.load(request, pk)
    if not may_object(request.user, found):
        raise Http404
    form = ObjectionForm(found, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = said.pop("file")
        if frame.tried(
            form, lambda: objections.make(found, by=request.user, upload=upload, **said)
        ):
            messages.success(request, _("异议已提交，答复会发到收件箱。"))
            return redirect("evaluation:detail", pk=pk)
    return _form(request, found, form, _("提异议"))


def _objection(request: SignedIn, pk: int) -> Objection:
    if request.user.acting is None:
        raise Http404
    rows = Objection.objects.visible_to(request.user).select_related(
        "file", "answer__indicator", "evaluation__organization", "evaluation__scheme"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(TALKING)
def objection(request: SignedIn, pk: int) -> HttpResponse:
    """One objection; the region answers it here."""
    found = _objection(request, pk)
    evaluation = found.evaluation
    may_reply = found.state == ObjectionState.MADE and may_regulate(request.user, evaluation)
    form = None
    if may_reply:
        vetoes = evaluation.vetoes.standing()
        form = ReplyForm(found.answer, vetoes, request.POST or None)
        if request.method == "POST" and form.is_valid():
            replying = form
            if frame.tried(form, lambda: _reply(request, found, replying.cleaned_data)):
                return redirect("evaluation:detail", pk=evaluation.pk)
    elif request.method == "POST":
        raise Http404
    context = {"objection": found, "evaluation": evaluation, "form": form}
    status = frame.UNPROCESSABLE if form and form.errors else 200
    return render(request, "evaluation/objection.html", context, status=status)


def _reply(request: SignedIn, found: Objection, said: dict[str, Any]) -> Objection:
    if said["verdict"] == "reject":
        return objections.reject(found, by=request.user, note=said["note"])
    return objections.uphold(
        found,
        by=request.user,
        note=said["note"],
        value=said.get("value"),
        veto=said.get("veto"),
    )


@login_required
@require_GET
def objection_paper(request: SignedIn, pk: int) -> FileResponse:
    """The evidence of an objection."""
    found = _objection(request, pk)
    if found.file is None:
        raise Http404
    return files.respond(found.file)
