"""Publishing and deciding: who, with which result, before anybody confirms it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhupei.core.errors import beside
from zhupei.evaluation import steps
from zhupei.evaluation.access import may_move_scheme
from zhupei.evaluation.actions import results
from zhupei.evaluation.actions.results import Done
from zhupei.evaluation.models import Scheme, SchemeState, Veto
from zhupei.evaluation.steps import Ready
from zhupei.evaluation.views import frame, schemes
from zhupei.people.requests import SignedIn

VERBS: dict[str, Callable[..., Done]] = {
    "publicise": results.publicise,
    "decide": results.decide,
}
TITLES = {"publicise": gettext_lazy("公示结果"), "decide": gettext_lazy("定级")}
DONE = {"publicise": gettext_lazy("%(n)s 家开始公示。"), "decide": gettext_lazy("%(n)s 家已定级。")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Show each result and how many there are of each grade; do it once they are confirmed."""
    found = schemes.load(request, pk)
    right = name in VERBS and found.state == SchemeState.FROZEN
    if not right or not may_move_scheme(request.user, found):
        raise Http404
    if request.method != "POST":
        return _page(request, found, name)
    form = forms.Form(request.POST)
    with beside(form):
        done = VERBS[name](found, by=request.user, shown=_shown(request))
    if form.errors:
        return _page(request, found, name, wrong=" ".join(map(str, form.non_field_errors())))
    said = DONE[name] % {"n": done.went}
    left = _("%(n)s 家没有办，原因见名单。") % {"n": len(done.left)} if done.left else ""
    messages.success(request, said + left)
    return redirect("evaluation:scheme", pk=pk)


def _shown(request: SignedIn) -> dict[int, str]:
    """What was ticked: ``7=80.90/C`` is the result of evaluation 7 as the page showed it."""
    pairs = (one.partition("=") for one in request.POST.getlist("row"))
    return {int(key): result for key, _equals, result in pairs if key.isdecimal()}


def _page(request: SignedIn, found: Scheme, name: str, wrong: str = "") -> HttpResponse:
    rows = steps.waiting(found, name).select_related("organization__prefecture", "scheme")
    ready = steps.ready(rows.order_by("-score", "organization__name", "pk"), by=request.user)
    evaluations = [one.evaluation for one in ready]
    vetoes: dict[int, list[str]] = {}
    standing = Veto.objects.visible_to(request.user).standing().filter(evaluation__in=evaluations)
    for one in standing:
        vetoes.setdefault(one.evaluation_id, []).append(str(one.get_kind_display()))
    changed = steps.changed(ready)
    counts = steps.sums(ready)
    chosen = _shown(request) if request.method == "POST" else None
    context: dict[str, Any] = {
        "scheme": found,
        "name": name,
        "title": TITLES[name],
        "rows": [_row(one, vetoes, changed, chosen) for one in ready],
        "figures": [
            *(
                {"label": frame.grade_badge(grade)["word"], "value": counts[grade]}
                for grade in "ABCD"
            ),
            {"label": _("暂不办理"), "value": counts["left"]},
        ],
        "going": len(ready) - counts["left"],
        "unread": any(not one.is_read for one in ready),
        "too_early": not found.is_over,
        "wrong": wrong,
    }
    status = frame.UNPROCESSABLE if wrong else 200
    return render(request, "evaluation/step.html", context, status=status)


def _row(
    one: Ready,
    vetoes: dict[int, list[str]],
    changed: dict[int, str],
    chosen: dict[int, str] | None,
) -> dict[str, Any]:
    row = one.evaluation
    return {
        "evaluation": row,
        "score": frame.number(row.score),
        "grade": frame.grade_badge(row.grade),
        "sum": frame.whole(row),
        "vetoes": vetoes.get(row.pk, []),
        "changed": changed.get(row.pk, ""),
        "why_not": one.why_not,
        "value": f"{row.pk}={one.shown}",
        "ticked": chosen is None or row.pk in chosen,
    }
