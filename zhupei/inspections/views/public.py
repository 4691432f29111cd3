"""What everybody reads without signing in: plans, draws, hashes, the list, the results, and the
package that recomputes it all.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhupei.core.files import attachment
from zhupei.inspections import package
from zhupei.inspections.models import (
    Draw,
    Frame,
    Inspection,
    InspectionState,
    ItemList,
    Outcome,
    Plan,
)
from zhupei.inspections.views.draws import facts
from zhupei.inspections.views.shared import A_PAGE, badge


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every draw that was frozen, the newest first, and the plans they follow."""
    rows = Draw.objects.public().select_related("authority").order_by("-frozen_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    plans = Plan.objects.public().select_related("authority").prefetch_related("rows")
    context = {
        "page": page,
        "rows": [{"draw": row, "badge": badge(row)} for row in page],
        "plans": plans.order_by("-year", "authority__prefecture", "pk")[:20],
        "item_list": ItemList.objects.public().in_force().first(),
    }
    return render(request, "inspections/public_index.html", context)


def _load(number: str) -> Draw:
    rows = Draw.objects.public()
    related = ("authority", "planned__plan", "prefecture", "job", "item_list")
    return get_object_or_404(rows.select_related(*related), number=number)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: what was settled before, the seed, whom it chose, what was found."""
    draw = _load(number)
    opened = draw.list_is_public
    page = None
    if opened and draw.drawn_at:
        rows = Inspection.objects.public().filter(draw=draw).with_people().order_by("place")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    published = Inspection.objects.public().filter(draw=draw).published() if page else None
    context = {
        "draw": draw,
        "badge": badge(draw),
        "facts": facts(draw),
        "items": draw.items.all(),
        "inputs": draw.inputs.all(),
        "frames": Frame.objects.public().filter(draw=draw).defer("text"),
        "opened": opened and bool(draw.secret),
        "page": page,
        "rows": [_row(row) for row in page] if page else [],
        "published": published.count() if published is not None else 0,
        "others": Draw.objects.public().filter(planned=draw.planned_id).exclude(pk=draw.pk)
        if draw.planned_id
        else [],
    }
    return render(request, "inspections/public_draw.html", context)


def _row(row: Inspection) -> dict[str, Any]:
    crew = list(row.assignments.all())
    published = row.state == InspectionState.PUBLISHED
    return {
        "replaced": sum(one.out_at is not None for one in crew),
        "inspection": row,
        "badge": badge(row) if not published else _outcome(row),
        "crew": [
            {"shown": one.inspector.shown, "signed": one.signed_at}
            for one in crew
            if one.out_at is None
        ],
        "published": published,
    }


def _outcome(row: Inspection) -> dict[str, Any]:
    good = row.outcome == Outcome.CLEAN
    return {
        "icon": "circle-check" if good else "alert-triangle",
        "tone": "ok" if good else "warn",
        "word": row.get_outcome_display(),
    }


@require_safe
def result(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """The published result of one inspection, item by item; no remark, no picture."""
    draw = _load(number)
    rows = Inspection.objects.public().published().with_people()
    found = get_object_or_404(rows, draw=draw, place=place)
    context = {
        "draw": draw,
        "row": _row(found),
        "inspection": found,
        "answers": found.answers.select_related("item"),
    }
    return render(request, "inspections/public_result.html", context)


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The list of items in force."""
    found = ItemList.objects.public().in_force().first()
    context = {"list": found, "items": found.items.all() if found else []}
    return render(request, "inspections/public_items.html", context)


def _opened(number: str) -> Draw:
    return get_object_or_404(Draw.objects.public().handed_out(), number=number)


@require_safe
def as_json(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The package as one JSON document."""
    content = package.as_json(_opened(number))
    return attachment(content, name=f"{number}.json", media_type="application/json")


@require_safe
def as_zip(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The package with the script that checks it."""
    content = package.as_zip(_opened(number))
    return attachment(content, name=f"{number}.zip", media_type="application/zip")


@require_safe
def script(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The stand-alone script."""
    media_type = "text/x-python; charset=utf-8"
    return attachment(package.script(), name="verify_draw.py", media_type=media_type)
