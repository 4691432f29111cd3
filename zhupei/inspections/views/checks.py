"""Inspections: an inspector's tasks, phone first; one of them; signing, publishing, stepping in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, clock, files, offline, pictures
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import dated
from zhupei.corrections.models import Finding
from zhupei.inspections.access import may_publish, may_run
from zhupei.inspections.actions import checking, filling, publishing, replacing
from zhupei.inspections.forms import (
    AnswersForm,
    BecauseForm,
    CheckFilters,
    PictureForm,
    ResultForm,
)
from zhupei.inspections.models import Inspection, InspectionState, Outcome, Picture
from zhupei.inspections.views import filling_shown as fields
from zhupei.inspections.views.draws import inspection_row
from zhupei.inspections.views.shared import A_PAGE, UNPROCESSABLE, done, load
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind
from zhupei.people.requests import SignedIn

INSIDE = {*AUTHORITIES, Kind.HR}
MOST_KEPT = 20  # check lists a phone keeps


@login_required
@never_cache
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The inspections of an inspector, or all those an officer sees; unfinished ones first."""
    user = request.user
    if user.acting is None:
        raise Http404
    inside = user.acting.organization.kind in INSIDE
    filters = CheckFilters(request.GET)
    rows = Inspection.objects.visible_to(user)
    if filters.is_valid():
        rows = rows.filter(name__icontains=filters.cleaned_data["q"])
        state = filters.cleaned_data["state"]
        if state == "late":
            rows = rows.overdue(timezone.now())
        elif state:
            rows = rows.filter(state=state)
    newest = F("published_at").desc(nulls_first=True)
    ordered = rows.with_people().order_by(newest, "draw__check_by", "draw", "place")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [inspection_row(row) for row in page],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "inspects": inside and user.acting.role not in OFFICERS,
        "pages": " ".join([reverse("inspections:checks"), *_own_pages(user)]),
        "made_at": offline.milliseconds(),
    }
    return render(request, "inspections/checks.html", context)


def _own_pages(user: Any) -> list[str]:
    """The check lists still to be filled in, for the phone to keep."""
    mine = Inspection.objects.own(user).filter(state=InspectionState.ASSIGNED)
    keys = mine.order_by("draw__check_by", "pk").values_list("pk", flat=True)[:MOST_KEPT]
    return [reverse("inspections:inspection", args=[pk]) for pk in keys]


@login_required
@never_cache
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One inspection: the check list for those who go there, the result for everybody else."""
    return page_of(request, load(request, pk))


def page_of(request: SignedIn, found: Inspection, status: int = 200, **more: Any) -> HttpResponse:
    row = inspection_row(found)
    mine = next((one for one in row["going"] if one.inspector.user_id == request.user.pk), None)
    inside = request.user.acting.organization.kind in INSIDE
    open_ = found.state == InspectionState.ASSIGNED
    items = list(found.draw.items.all())
    answers = list(found.answers.select_related("item"))
    said = filling.reading(found.deeds.all()) if mine and open_ else None
    now = timezone.now()
    runs = may_run(request.user, found.draw)
    context: dict[str, Any] = row | {
        "facts": _facts(found, inside=inside),
        "answers": answers,
        "mine": mine,
        "inside": inside,
        "left": clock.left(found.due_at, now, clock.calendar(now))
        if found.due_at and not found.published_at
        else None,
        "pictures": _pictures(request, found),
        "findings": Finding.objects.visible_to(request.user).about(found).order_by("pk"),
        "may_sign": bool(mine and not mine.signed_at and found.state == InspectionState.SIGNING),
        "may_reopen": found.state == InspectionState.SIGNING and bool(mine or runs),
        "may_publish": found.state == InspectionState.SIGNED and may_publish(request.user, found),
        "may_replace": runs and found.state in {InspectionState.ASSIGNED, InspectionState.SIGNING},
        "form": AnswersForm(items=items, known=said.items) if said else None,
        "result_form": ResultForm(initial=fields.result(said)) if said else None,
        "picture_form": PictureForm() if said else None,
        "data": fields.data(found, items, request.user) if said else None,
        "because_form": BecauseForm(),
        "done": len(answers),
        "total": len(items),
        "crumbs": [
            {"label": _("检查任务"), "url": reverse("inspections:checks")},
            {"label": found.name},
        ],
        "timeline": audit.timeline(found) if inside else [],
    }
    return render(request, "inspections/check.html", context | more, status=status)


def _pictures(request: SignedIn, found: Inspection) -> list[dict[str, Any]]:
    rows = Picture.objects.visible_to(request.user).filter(inspection=found)
    return [
        {"picture": one, "removed": pictures.said(one.removed)}
        for one in rows.select_related("file").order_by("pk")
    ]


def _facts(found: Inspection, *, inside: bool) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("抽查"), "value": found.draw.title},
        {"label": _("组织单位"), "value": found.draw.authority},
        {"label": _("单位"), "value": found.organization},
    ]
    if inside:
        facts[0]["url"] = reverse("inspections:draw", args=[found.draw_id])
    if found.visited_on:
        facts += [
            {"label": _("检查日期"), "value": dated(found.visited_on)},
            {"label": _("检查结果"), "value": Outcome(str(found.outcome)).label},
        ]
        if inside and found.remark:
            facts.append({"label": _("检查情况"), "value": found.remark})
    return facts


@login_required
@require_GET
def picture(request: SignedIn, pk: int) -> HttpResponseBase:
    """The bytes of a photo, for those who may see it."""
    visible = Picture.objects.visible_to(request.user).select_related("file")
    return files.respond(get_object_or_404(visible, pk=pk).file, inline=True)


@login_required
@require_POST
def sign(request: SignedIn, pk: int) -> HttpResponse:
    """Agree with the result."""
    moved = checking.sign(load(request, pk), by=request.user)
    messages.success(request, _("已签字：%(state)s。") % {"state": moved.get_state_display()})
    return redirect("inspections:inspection", pk)


@login_required
@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """Give the result back to be put right."""
    checking.reopen(load(request, pk), by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已退回修改，签字作废。"))
    return redirect("inspections:inspection", pk)


@login_required
@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Show the result to everybody."""
    publishing.publish(load(request, pk), by=request.user)
    messages.success(request, _("结果已公示。"))
    return redirect("inspections:inspection", pk)


@login_required
@require_http_methods(["GET", "POST"])
def replace(request: SignedIn, pk: int, place: int) -> HttpResponse:
    """Let one inspector stay away; the seed says who steps in."""
    found = load(request, pk)
    if not may_run(request.user, found.draw):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位能换检查员。"))
    out = get_object_or_404(found.assignments.select_related("inspector__user"), place=place)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        made = done(form, lambda: replacing.replace(out, by=request.user, because=because))
        if made:
            words = _("由%(name)s接替。") % {"name": made.inspector}
            messages.success(request, words)
            return redirect("inspections:inspection", pk)
    context = {"inspection": found, "out": out, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/replace.html", context, status=status)
