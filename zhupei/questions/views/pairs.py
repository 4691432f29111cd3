"""Likely duplicates of a set, and what people decided about them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhupei.people.requests import SignedIn
from zhupei.questions import actions, shown
from zhupei.questions.actions import likeness
from zhupei.questions.models import ItemVersion, Likeness, Pair
from zhupei.questions.views.frame import frame, load, paged, pairs_of

SIZE = 10


@login_required
@require_GET
def pairs(request: SignedIn, pk: int) -> HttpResponse:
    """Two and two side by side, the most alike first; seeing them is a look at the set."""
    question_set = load(request, pk)
    actions.look(question_set, by=request.user)
    wanted = request.GET.get("verdict", "")
    verdict = Likeness(wanted) if wanted in Likeness.values else Likeness.OPEN
    rows = pairs_of(request, question_set).filter(verdict=verdict)
    page = paged(request, rows.select_related("decided_by").order_by("-score", "pk"), SIZE)
    context = frame(request, question_set, "pairs") | {
        "page": page,
        "verdict": verdict,
        "lists": [
            {"value": value, "label": label, "current": value == verdict}
            for value, label in Likeness.choices
        ],
        "enough": round(likeness.enough() * 100),
    }
    _with_sides(request, list(page))
    return render(request, "questions/pairs.html", context)


def _with_sides(request: SignedIn, found: list[Pair]) -> None:
    """Give each pair its two items as they read now."""
    keys = {key for pair in found for key in (pair.first_id, pair.second_id)}
    visible = ItemVersion.objects.visible_to(request.user).filter(latest_of__in=keys)
    together = visible.select_related("item__question_set", "item__latest", "item__current", "case")
    versions = {one.item_id: one for one in together.prefetch_related("pictures", "case__pictures")}
    for pair in found:
        pair.percent = round(pair.score * 100)  # type: ignore[attr-defined]
        pair.sides = [  # type: ignore[attr-defined]
            _side(versions[key]) for key in (pair.first_id, pair.second_id)
        ]


def _side(version: ItemVersion) -> dict[str, Any]:
    return {
        "version": version,
        "asked": shown.asked_version(version),
        "badges": shown.badges(version.item),
    }


@login_required
@require_POST
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """Say whether two items are one."""
    pair = get_object_or_404(
        Pair.objects.visible_to(request.user).select_related("first", "second"), pk=pk
    )
    said = request.POST
    likeness.judge(
        pair, by=request.user, verdict=said.get("verdict", ""), note=said.get("note", "")
    )
    return redirect("questions:pairs", pk=said.get("set") or pair.second.question_set_id)
