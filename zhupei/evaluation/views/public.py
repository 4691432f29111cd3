"""What anybody reads: results while they are published to be objected to, and the notice."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhupei.evaluation import tables
from zhupei.evaluation.models import Evaluation, Scheme, State, Veto
from zhupei.evaluation.views import frame

A_PAGE = 50


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The years there are."""
    schemes = Scheme.objects.public().order_by("-year")
    now = Evaluation.objects.public().filter(state=State.PUBLIC).order_by("public_until").first()
    context = {"schemes": schemes, "publicity": now}
    return render(request, "evaluation/public_index.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year: what is published now, or the whole notice."""
    scheme = get_object_or_404(Scheme.objects.public(), year=year)
    rows = Evaluation.objects.public().filter(scheme=scheme)
    words = request.GET.get("q", "")
    places, everywhere = tables.grades(rows)
    shown = rows.found_by(words).select_related("organization__prefecture")
    ordered = shown.order_by("state", "grade", "-score", "organization__name", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    vetoes: dict[int, list[str]] = {}
    for one in Veto.objects.public().filter(evaluation__in=list(page)):
        vetoes.setdefault(one.evaluation_id, []).append(str(one.get_kind_display()))
    context: dict[str, Any] = {
        "scheme": scheme,
        "page": page,
        "rows": [_row(one, vetoes.get(one.pk, [])) for one in page],
        "everywhere": everywhere,
        "places": places,
        "wanted": words,
        "running": scheme.state != "announced",
    }
    return render(request, "evaluation/public_year.html", context)


def _row(one: Evaluation, vetoes: list[str]) -> dict[str, Any]:
    exited = one.state == State.EXITED
    return {
        "evaluation": one,
        "grade": None if exited else frame.grade_badge(one.grade),
        "vetoes": vetoes,
        "exited": exited,
        "score": frame.number(one.score),
        "blocks": frame.blocks(one.sums),
        "bonus": frame.number(one.sums.get("bonus")),
    }
