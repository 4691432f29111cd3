"""Pages: a learner's opinion; what is known of a class afterwards; the calls; satisfaction."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.access import may_plan
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.classes.views.frame import frame, load
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.feedback import actions, figures, parameters
from zhupei.feedback.access import may_call, may_speak
from zhupei.feedback.forms import CallFilters, CallForm, OpinionForm, SelfEvaluationForm
from zhupei.feedback.models import CallState, FollowUp, Remark, SelfEvaluation, SelfState
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422


def _refused(form: Any, refusal: Refused) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    refusal.beside(form)


@login_required
@require_http_methods(["GET", "POST"])
def speak(request: SignedIn, enrolment: int) -> HttpResponse:
    """A learner says what they think of a class they were in."""
    visible = Enrolment.objects.visible_to(request.user).select_related(
        "training_class__organization", "person", "ballot"
    )
    found = get_object_or_404(visible, pk=enrolment)
    if not may_speak(request.user, found):
        raise Http404
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _spoken(request, form, found):
        messages.success(request, _("谢谢！您的评价已匿名计入。"))
        return redirect("join:mine")
    context = {
        "form": form,
        "class": found.training_class,
        "spoken": hasattr(found, "ballot"),
        "open": actions.is_open(found.training_class),
        "fewest": value(parameters.FEWEST_ANSWERS),
        "days": value(parameters.OPEN_DAYS),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "feedback/speak.html", context, status=status)


def _spoken(request: SignedIn, form: OpinionForm, enrolment: Enrolment) -> bool:
    said = form.cleaned_data
    try:
        actions.speak(enrolment, by=request.user, scores=form.scores(), remark=said["remark"])
    except Refused as refusal:
        _refused(form, refusal)
        return False
    return True


@login_required
@require_GET
def of_class(request: SignedIn, pk: int) -> HttpResponse:
    """What is known of a class afterwards: opinions, self-evaluation, calls."""
    found = load(request, pk)
    said = figures.opinion(found)
    evaluation = SelfEvaluation.objects.visible_to(request.user).filter(training_class=found)
    calls = FollowUp.objects.visible_to(request.user).filter(enrolment__training_class=found)
    remarks = Remark.objects.visible_to(request.user).filter(training_class=found)
    handed_in = evaluation.filter(state=SelfState.HANDED_IN).first()
    context = frame(request, found, "feedback:class") | {
        "opinion": said,
        "remarks": list(remarks) if said.mean is not None else [],
        "evaluation": handed_in,
        "parts": _parts(handed_in),
        "draft": evaluation.exists() and not handed_in,
        "may_evaluate": may_plan(request.user, found) and found.ends_on <= timezone.localdate(),
        "calls": _tally(calls),
        "may_call": may_plan(request.user, found),
        "weeks": value(parameters.CALL_WEEKS),
    }
    return render(request, "feedback/class.html", context)


def _parts(evaluation: SelfEvaluation | None) -> list[dict[str, Any]]:
    names = (*actions.PARTS, "improve")
    return [
        {
            "label": actions.part_label(name),
            "text": getattr(evaluation, name),
        }
        for name in names
        if evaluation and getattr(evaluation, name)
    ]


def _tally(calls: QuerySet[FollowUp]) -> list[dict[str, Any]]:
    """How the calls of a class went, in figures."""
    rows = list(calls)
    if not rows:
        return []
    reached = [row for row in rows if row.state == CallState.REACHED]
    ended = sum(row.state != CallState.DUE for row in rows)
    in_trade = sum(row.work == "trade" for row in reached)
    back = sum(bool(row.book_taken_back) for row in reached)
    of = len(reached)
    return [
        {"label": _("应回访"), "value": len(rows), "note": _("已办 %(n)d") % {"n": ended}},
        {"label": _("接通"), "value": of},
        {"label": _("从事本工种"), "value": in_trade, "note": f"{in_trade} / {of}"},
        {
            "label": _("说教材被收回"),
            "value": back,
            "note": f"{back} / {of}",
            "tone": "bad" if back else "",
        },
    ]


@login_required
@require_http_methods(["GET", "POST"])
def self_evaluation(request: SignedIn, pk: int) -> HttpResponse:
    """Write what the institution says of its class, beside what the system knows."""
    found = load(request, pk)
    if not may_plan(request.user, found):
        raise Http404
    rows = SelfEvaluation.objects.visible_to(request.user)
    row = rows.filter(training_class=found).first()
    if row and row.state == SelfState.HANDED_IN:
        return redirect("feedback:class", pk)
    form = SelfEvaluationForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _written(request, form, found):
        return redirect("feedback:class", pk)
    context = frame(request, found, "feedback:class") | {
        "form": form,
        "figures": figures.facts(found),
        "remarks": figures.opinion(found),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "feedback/self.html", context, status=status)


def _written(request: SignedIn, form: SelfEvaluationForm, found: TrainingClass) -> bool:
    """Keep the draft; with the second button hand it in as well."""
    try:
        row = actions.write_self_evaluation(found, by=request.user, **form.cleaned_data)
        if "hand_in" in request.POST:
            actions.hand_in(row, by=request.user)
            messages.success(request, _("质量自评已提交。"))
        else:
            messages.success(request, _("已存为草稿，还没有提交。"))
    except Refused as refusal:
        _refused(form, refusal)
        return False
    return True


@login_required
@require_POST
def hand_in(request: SignedIn, pk: int) -> HttpResponse:
    """Give a draft to the bureau as it is."""
    rows = SelfEvaluation.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("training_class"), training_class=pk)
    actions.hand_in(row, by=request.user)
    messages.success(request, _("质量自评已提交。"))
    return redirect("feedback:class", pk)


@login_required
@require_GET
def calls(request: SignedIn) -> HttpResponse:
    """Whom to ring up, the longest due first."""
    filters = CallFilters(request.GET or None)
    rows: QuerySet[FollowUp] = FollowUp.objects.visible_to(request.user).select_related(
        "enrolment__person", "enrolment__training_class__organization"
    )
    if filters.is_valid():
        rows = _narrowed(rows, **filters.cleaned_data)
    else:
        rows = rows.filter(state=CallState.DUE)
    page = Paginator(rows.order_by("due_on", "pk"), 25).get_page(request.GET.get("page"))
    active = any(request.GET.get(name) for name in filters.fields)
    callable_ones = {one.pk for one in page if may_call(request.user, one)}
    context = {
        "page": page,
        "filters": filters,
        "filters_active": active,
        "callable": callable_ones,
    }
    return render(request, "feedback/calls.html", context)


def _narrowed(rows: QuerySet[FollowUp], state: str, q: str) -> QuerySet[FollowUp]:
    if state:
        rows = rows.filter(state=state)
    for word in q.split():
        rows = rows.filter(
            Q(enrolment__training_class__title__icontains=word)
            | Q(enrolment__person__name__icontains=word)
        )
    return rows


def _call(request: SignedIn, pk: int) -> FollowUp:
    visible = FollowUp.objects.visible_to(request.user).select_related(
        "enrolment__person", "enrolment__training_class__organization"
    )
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def call(request: SignedIn, pk: int) -> HttpResponse:
    """Ring somebody up and write down what they said."""
    found = _call(request, pk)
    if not may_call(request.user, found):
        raise Http404
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reach(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("回访已记下。"))
            return redirect("feedback:calls")
    context = {
        "call": found,
        "form": form,
        "open": found.state == CallState.DUE,
        "tries_most": value(parameters.CALL_TRIES),
        "crumbs": [
            {"label": _("学员回访"), "url": reverse("feedback:calls")},
            {"label": found.enrolment.person.name},
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "feedback/call.html", context, status=status)


@login_required
@require_POST
def miss(request: SignedIn, pk: int) -> HttpResponse:
    """Nobody answered."""
    found = actions.miss(_call(request, pk), by=request.user)
    messages.success(request, _("已记下：第 %(n)d 次未接通。") % {"n": found.tries})
    return redirect("feedback:calls")


@login_required
@require_POST
def decline(request: SignedIn, pk: int) -> HttpResponse:
    """They do not want to be asked."""
    actions.decline(_call(request, pk), by=request.user)
    messages.success(request, _("已记下，不再回访这位学员。"))
    return redirect("feedback:calls")


@login_required
@require_GET
def satisfaction(request: SignedIn) -> HttpResponse:
    """What learners think and what became of them, institution by institution."""
    if request.user.acting is None:
        raise Http404
    classes = TrainingClass.objects.visible_to(request.user)
    rows = figures.by_institution(classes.filter(state__in=actions.HELD))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "fewest": value(parameters.FEWEST_ANSWERS)}
    return render(request, "feedback/figures.html", context)
