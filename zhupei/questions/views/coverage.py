"""How a set covers the syllabus: points by kinds and difficulties, and where nothing is."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.people.requests import SignedIn
from zhupei.questions import contents
from zhupei.questions.models import Difficulty, ItemKind, ItemState, QuestionSet
from zhupei.questions.views.frame import frame, load

Counts = Counter[tuple[str, str, int]]  # point, kind, difficulty


@login_required
@require_GET
def coverage(request: SignedIn, pk: int) -> HttpResponse:
    """The items in force, or all that are not retired; only numbers, no item is shown."""
    question_set = load(request, pk)
    everything = request.GET.get("of") == "all"
    counts = _counts(question_set, everything=everything)
    known = contents.points_of(question_set.job)
    kinds = [kind for kind in ItemKind if any(k == kind for _p, k, _d in counts)] or [*ItemKind]
    context = frame(request, question_set, "coverage") | {
        "everything": everything,
        "kinds": [{"value": kind.value, "label": kind.label} for kind in kinds],
        "difficulties": [{"value": d.value, "label": d.label} for d in Difficulty],
        "rows": list(_rows(known, counts, kinds)),
        "total": sum(counts.values()),
        "holes": _holes(known, counts),
    }
    return render(request, "questions/coverage.html", context)


def _counts(question_set: QuestionSet, *, everything: bool) -> Counts:
    items = question_set.items
    if everything:
        rows, version = items.exclude(state=ItemState.RETIRED), "latest"
    else:
        rows, version = items.filter(state=ItemState.PUBLISHED), "current"
    fields = [f"{version}__{name}" for name in ("point", "kind", "difficulty")]
    counted = rows.order_by().values_list(*fields).annotate(n=Count("pk"))
    return Counter({(point, kind, d): n for point, kind, d, n in counted})


def _rows(
    known: dict[str, list[str]], counts: Counts, kinds: Iterable[str]
) -> Iterable[dict[str, Any]]:
    seen: set[str] = set()
    for unit, topics in known.items():
        for depth, point in enumerate([unit, *(topic for topic in topics if topic != unit)]):
            if point not in seen:
                seen.add(point)
                yield _row(point, min(depth, 1), counts, kinds)
    for point in sorted({point for point, _k, _d in counts} - seen):
        row = _row(point, 0, counts, kinds)
        note = _("现行大纲里没有") if known and point else ""
        yield row | {"label": point or _("没有写知识点"), "strange": note}


def _row(point: str, depth: int, counts: Counts, kinds: Iterable[str]) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [
        {
            "kind": kind,
            "label": ItemKind(kind).label,
            "counts": [
                {"label": d.label, "value": d.value, "n": counts[point, kind, d.value]}
                for d in Difficulty
            ],
        }
        for kind in kinds
    ]
    for cell in cells:
        cell["n"] = sum(one["n"] for one in cell["counts"])
    return {
        "point": point,
        "label": point,
        "depth": depth,
        "cells": cells,
        "total": sum(cell["n"] for cell in cells),
        "strange": "",
    }


def _holes(known: dict[str, list[str]], counts: Counts) -> list[str]:
    """Units for which there is nothing at all, neither for them nor for a topic of theirs."""
    asked = {point for point, _k, _d in counts}
    return [unit for unit, topics in known.items() if not asked & {unit, *topics}]
