"""One indicator of one institution: why it has its points, what proves it, who said so, when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import files
from zhupei.evaluation import scoring, words
from zhupei.evaluation.access import may_report, stages_shown
from zhupei.evaluation.actions import reporting, scores
from zhupei.evaluation.actions.reporting import may_attach
from zhupei.evaluation.facts import digest
from zhupei.evaluation.forms.evaluations import EvidenceForm, StatementForm
from zhupei.evaluation.models import Answer, Evidence, Score, State
from zhupei.evaluation.models.evaluation import SEEN_BY_ALL
from zhupei.evaluation.rules.settle import Stage
from zhupei.evaluation.views import frame
from zhupei.people.requests import SignedIn


def load(request: SignedIn, pk: int) -> Answer:
    """One answer of an evaluation the person may see. Raises Http404."""
    if request.user.acting is None:
        raise Http404
    rows = Answer.objects.visible_to(request.user).select_related(
        "indicator", "evaluation__scheme", "evaluation__organization", "evaluation__scorer"
    )
    found: Answer = get_object_or_404(rows, pk=pk)
    return found


@login_required
@require_GET
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Formula, facts, deeds, statement, evidence, scores, law: all of it on one page."""
    return _page(request, load(request, pk))


def _page(request: SignedIn, found: Answer, status: int = 200, **more: Any) -> HttpResponse:
    evaluation, indicator = found.evaluation, found.indicator
    shown = stages_shown(request.user, evaluation)
    own = evaluation.state == State.OPEN and may_report(request.user, evaluation)
    again = scoring.points_of(indicator, found.facts)
    final = bool(shown)
    cases = found.facts.get("cases", [])
    context = {
        "answer": found,
        "evaluation": evaluation,
        "indicator": indicator,
        "points": frame.points(
            found.status if final else found.computed_status,
            found.value if final else found.computed,
            indicator.points,
        ),
        "computed": frame.points(found.computed_status, found.computed, indicator.points),
        "because": words.because(found.because, found.said) if indicator.rule else "",
        "facts": words.readable(found.facts),
        "deeds": words.deeds(cases, frame.hidden(request.user, cases)),
        "same": (again.status.value, again.value) == (found.computed_status, found.computed)
        and digest(found.facts) == found.facts_sha256,
        "why": "；".join(scores.behind([found], shown).get(found.pk, [])),
        "by_people": bool(found.stage) and found.stage in shown,
        "scores": _scores(request, found, shown),
        "evidence": _papers(request, found),
        "own": own,
        "may_attach": may_attach(request.user, evaluation),
        "statement_form": StatementForm(initial={"statement": found.statement}),
        "evidence_form": EvidenceForm(),
        "final": final,
        **_neighbours(found),
        **more,
    }
    return render(request, "evaluation/answer.html", context, status=status)


def _scores(request: SignedIn, found: Answer, shown: frozenset[str]) -> list[Score]:
    """What people gave, as far as the person may read it; an expert always reads their own."""
    rows = found.scores.all()
    return [
        one
        for one in rows
        if one.stage in shown or (one.by_id == request.user.pk and one.stage != Stage.BUREAU)
    ]


def _papers(request: SignedIn, found: Answer) -> Any:
    """The papers beside it; the institution reads those of others once it is published."""
    rows = found.evidence.select_related("file")
    acting, evaluation = request.user.acting, found.evaluation
    own = acting is not None and acting.organization_id == evaluation.organization_id
    if own and evaluation.state not in SEEN_BY_ALL:
        return rows.filter(organization_name=str(evaluation.organization))
    return rows


def _neighbours(found: Answer) -> dict[str, Any]:
    """The indicators before and after, to walk the tree."""
    order = list(
        found.evaluation.answers.order_by("indicator__position").values_list(
            "pk", "indicator__code"
        )
    )
    place = [key for key, _code in order].index(found.pk)
    return {
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "nth": place + 1,
        "count": len(order),
    }


@login_required
@require_POST
def state(request: SignedIn, pk: int) -> HttpResponse:
    """The institution says something to it."""
    found, form = load(request, pk), StatementForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["statement"]
        if frame.tried(form, lambda: reporting.state(found, by=request.user, statement=said)):
            messages.success(request, _("自评说明已保存。"))
            return redirect("evaluation:answer", pk=pk)
    return _page(request, found, frame.UNPROCESSABLE, statement_form=form)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """A paper is laid beside it."""
    found, form = load(request, pk), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if frame.tried(form, lambda: reporting.attach(found, by=request.user, upload=upload)):
            messages.success(request, _("凭据已附上。"))
            return redirect("evaluation:answer", pk=pk)
    return _page(request, found, frame.UNPROCESSABLE, evidence_form=form)


def _evidence(request: SignedIn, pk: int) -> Evidence:
    if request.user.acting is None:
        raise Http404
    rows = Evidence.objects.visible_to(request.user).select_related("file", "evaluation")
    found: Evidence = get_object_or_404(rows, pk=pk)
    return found


@login_required
@require_GET
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """The paper itself."""
    return files.respond(_evidence(request, pk).file)


@login_required
@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    """A paper is taken back; it stays on record."""
    found = _evidence(request, pk)
    reporting.take_back(found, by=request.user)
    if found.answer_id is None:
        return redirect("evaluation:detail", pk=found.evaluation_id)
    return redirect("evaluation:answer", pk=found.answer_id)
