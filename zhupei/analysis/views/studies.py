"""Studied sittings: the list, one with its forms and items, one item."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.analysis.actions import looking, studies
from zhupei.analysis.forms import StudyFilters
from zhupei.analysis.models import ItemFigures, SittingFigures
from zhupei.analysis.parameters import bounds
from zhupei.analysis.rules import Doubt
from zhupei.analysis.sentences import DOUBTS
from zhupei.core import audit
from zhupei.people.requests import SignedIn

A_PAGE = 50


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sittings somebody may see the figures of, the latest first."""
    filters = StudyFilters(request.GET)
    rows = SittingFigures.objects.visible_to(request.user).with_counts()
    if filters.is_valid() and filters.cleaned_data["q"]:
        rows = rows.matching(filters.cleaned_data["q"])
    rows = rows.select_related("sitting__job", "sitting__organization").prefetch_related("forms")
    page = Paginator(rows.order_by("-sitting__starts_at"), 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "filters_active": bool(request.GET.get("q")),
        "least": bounds().least,
    }
    return render(request, "analysis/index.html", context)


def _load(request: SignedIn, pk: int) -> SittingFigures:
    visible = SittingFigures.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("sitting__job", "sitting__organization"), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One sitting: its marks, its forms, its items with the doubtful ones first."""
    study = _load(request, pk)
    rows = ItemFigures.objects.visible_to(request.user).filter(study=study).worst_first()
    page = Paginator(rows.select_related("paper", "version__measurement"), A_PAGE)
    least = bounds().least
    shown = page.get_page(request.GET.get("page"))
    most = max([*study.marks, 1])
    context = {
        "study": study,
        "forms": study.forms.select_related("paper"),
        "page": shown,
        "least": least,
        "few": study.people < least,
        "items": [
            {"row": row, "doubts": _doubts(row), "judged": _judged(row, least), **_bar(row)}
            for row in shown
        ],
        "doubtful": rows.exclude(doubts=[]).count(),
        "marks": [
            {
                "label": f"{10 * n}–{10 * n + 10}",
                "first": 10 * n,
                "count": count,
                "height": 80 * count / most,
                "top": 92 - 80 * count / most,
                "at": 8 + 32 * n,
                "middle": 22 + 32 * n,
            }
            for n, count in enumerate(study.marks)
        ],
        "timeline": audit.timeline(study),
    }
    return render(request, "analysis/detail.html", context)


def _doubts(row: ItemFigures) -> list[str]:
    return [str(DOUBTS[Doubt(doubt)]) for doubt in row.doubts]


def _judged(row: ItemFigures, least: int) -> bool:
    """Have enough people answered this item, on all forms and sittings together?"""
    measured = getattr(row.version, "measurement", None)
    return (measured.people if measured else row.people) >= least


def _bar(row: ItemFigures) -> dict[str, Any]:
    return {"percent": 100 * row.share, "rest_bar": max(0.0, row.rest or 0)}


@login_required
@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    """Study a sitting anew, as after a mark was changed."""
    study = _load(request, pk)
    studies.study(study.sitting, by=request.user)
    messages.success(request, _("已按现在的成绩重新分析。"))
    return redirect("analysis:detail", pk=pk)


@login_required
@require_GET
def item(request: SignedIn, pk: int) -> HttpResponse:
    """One item with its options; every look is an event."""
    visible = ItemFigures.objects.visible_to(request.user)
    row = get_object_or_404(
        visible.select_related("study__sitting", "paper", "version__item", "version__case"), pk=pk
    )
    looking.look(row, by=request.user)
    texts = dict(row.version.letters)
    options = [
        {
            "answer": answer or _("未答"),
            "text": texts.get(answer, ""),
            "right": right,
            "people": people,
            "bars": [(label, 100 * part) for label, part in _parts(share, upper, lower)],
        }
        for answer, right, people, share, upper, lower in row.options
    ]
    context = {
        "row": row,
        "options": options,
        "doubts": _doubts(row),
        "judged": _judged(row, bounds().least),
        "bounds": bounds(),
        "others": ItemFigures.objects.visible_to(request.user).others_of(row)[:10],
        "measurement": getattr(row.version, "measurement", None),
    }
    return render(request, "analysis/item.html", context)


def _parts(share: float, upper: float, lower: float) -> list[tuple[str, float]]:
    return [(_("全体"), share), (_("高分组"), upper), (_("低分组"), lower)]
