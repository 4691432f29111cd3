"""The second readings of the region, and the draws that chose them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.classes import review
from zhupei.classes.actions import second as actions
from zhupei.classes.forms_review import SecondReadingFilters
from zhupei.classes.models import Draw, SecondReading
from zhupei.classes.rules.review import lot, threshold
from zhupei.classes.views.desk import describe
from zhupei.classes.views.frame import badge, me
from zhupei.core import audit

PER_PAGE = 25
MOVES = {"agree": actions.agree, "object": actions.object_to}
MOVE_ICONS = {"agree": "check", "object": "message-report"}


@login_required
@require_GET
def second_readings(request: HttpRequest) -> HttpResponse:
    """What was drawn and what came of it: for the region all, for a bureau its own."""
    user, filters = me(request), SecondReadingFilters(request.GET or None)
    rows = SecondReading.objects.visible_to(user).select_related(
        "training_class__organization", "training_class__prefecture", "draw"
    )
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    if state:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-draw__day", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": bool(state),
        "page": page,
        "rows": [describe(row, user) for row in page],
    }
    return render(request, "classes/second_readings.html", context)


@login_required
@require_GET
def second_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: the evidence as the bureau had it, what the bureau saw of it, the decision."""
    user, found = me(request), _load(request, pk)
    plan = found.training_class
    told = describe(found, user)
    desk = review.desk(plan, user)
    context = told | {
        "class": plan,
        "plan_badge": badge(plan.state),
        "desk": desk,
        "moves": [_drawn(move, desk) for move in told["moves"]],
        "base_url": reverse("classes:second_reading", args=[pk]),
        "first": review.decision_on(plan, found.draw.day),
        "timeline": audit.timeline(found),
        "crumbs": [
            {"label": _("复读"), "url": reverse("classes:second_readings")},
            {"label": plan.number},
        ],
    }
    return render(request, "classes/second_reading.html", context)


@login_required
@require_POST
def move_second(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Agree or object."""
    found = _load(request, pk)
    if name not in MOVES:
        raise Http404
    MOVES[name](found, by=me(request), note=request.POST.get("note", ""))
    messages.success(request, _("复读意见已记下。"))
    return redirect("classes:second_reading", pk)


@login_required
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """The draws, day by day."""
    rows = Draw.objects.visible_to(me(request)).order_by("-day").prefetch_related("chosen")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "classes/draws.html", {"page": page})


@login_required
@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw, with everything needed to draw again on any computer."""
    found = get_object_or_404(Draw.objects.visible_to(me(request)), pk=pk)
    chosen = dict.fromkeys(review.recompute(found))
    kept = {x.training_class.number: x for x in found.chosen.select_related("training_class")}
    context = {
        "draw": found,
        "lots": [
            {"number": number, "lot": f"{lot(found.seed, number):064x}", "drawn": number in chosen}
            for number in found.candidates
        ],
        "threshold": threshold(found.share),
        "agrees": chosen.keys() == kept.keys(),
        "crumbs": [
            {"label": _("复读"), "url": reverse("classes:second_readings")},
            {"label": _("抽取记录"), "url": reverse("classes:draws")},
            {"label": str(found.day)},
        ],
    }
    return render(request, "classes/draw.html", context)


def _load(request: HttpRequest, pk: int) -> SecondReading:
    rows = SecondReading.objects.visible_to(me(request)).select_related(
        "training_class__organization",
        "training_class__prefecture",
        "training_class__syllabus__job",
        "draw",
        "first_reader",
        "read_by",
    )
    return get_object_or_404(rows, pk=pk)


def _drawn(move: Any, desk: review.Desk) -> dict[str, Any]:
    """A button; agreeing waits until everything was opened."""
    waits = _("还有 %(count)d 项材料没看") % {"count": len(desk.unread)} if desk.unread else ""
    return {
        "name": move.name,
        "label": move.label,
        "consequence": move.consequence,
        "tone": move.tone,
        "needs_note": move.needs_note,
        "icon": MOVE_ICONS[move.name],
        "blocked": waits if move.name == "agree" else "",
    }
