"""Preparing a draw, freezing it after a look at what will be fixed, drawing, calling off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.inspections import frames, parameters, rules
from zhupei.inspections.access import may_plan_for, may_run
from zhupei.inspections.actions import drafts, drawing, freezing, publishing
from zhupei.inspections.forms import CommitForm, DrawForm, EventForm
from zhupei.inspections.models import Draw, DrawState, ItemList, ListItem, PlannedDraw, Target
from zhupei.inspections.views.draws import context_of
from zhupei.inspections.views.draws import frame as page_frame
from zhupei.inspections.views.shared import UNPROCESSABLE, done, load_draw, officer
from zhupei.inspections.weighing import spelled
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn

SHOWN = 20  # objects with the most tickets on the preview
MOVES = {"draw": drawing.draw, "call_off": drawing.call_off}


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Begin a draw: for a line of the plan (``?row=``), or outside it for a ``?target=``."""
    user = officer(request)
    here = user.acting.organization
    if not may_plan_for(user, here):
        raise NotAllowed("not_allowed", _("只有住建部门的审核员或管理员能组织抽查。"))
    planned = _planned(request)
    target = planned.target if planned else request.GET.get("target", Target.INSTITUTION)
    if target not in Target.values:
        raise Http404
    again = bool(planned and drafts.before(planned, Draw()))
    form = _form(request, planned=planned, target=target, again=again, authority=here)
    if form.is_valid():
        said = form.cleaned_data | {"planned": planned, "target": target}
        made = done(form, lambda: drafts.draft(here, by=user, **said))
        if made:
            messages.success(request, _("已建立。接着约定种子来源，再冻结名单。"))
            return redirect("inspections:draw", made.pk)
    context = {"form": form, "planned": planned, "target": Target(target), "targets": Target}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/draft.html", context, status=status)


def _planned(request: SignedIn) -> PlannedDraw | None:
    key = request.GET.get("row", "")
    if not key:
        return None
    visible = PlannedDraw.objects.visible_to(request.user).select_related("plan")
    here = request.user.acting.organization_id
    if not key.isdigit():
        raise Http404
    return get_object_or_404(visible, pk=int(key), plan__authority=here, plan__state="published")


def _form(request: SignedIn, *, planned: PlannedDraw | None, **more: Any) -> DrawForm:
    instance = more.pop("instance", None)
    if instance is None:
        instance = Draw(target=more["target"], planned=planned)
        in_force = ItemList.objects.visible_to(request.user).in_force()
        items = ListItem.objects.visible_to(request.user).filter(item_list__in=in_force)
    else:
        visible = ListItem.objects.visible_to(request.user)
        items = visible.filter(item_list=instance.item_list_id)
    initial: dict[str, Any] = {}
    if instance.pk is None:
        initial = {
            "title": planned.title if planned else "",
            "percent": planned.percent if planned else value(parameters.LEAST_PERCENT),
            "items": items.filter(grip=planned.grip).about(more["target"]) if planned else [],
            "bodies": [more["authority"].pk],
            "housing_count": 1 if planned and planned.joint else 2,
            "hr_count": 1 if planned and planned.joint else 0,
        }
    return DrawForm(
        request.POST or None,
        instance=instance,
        initial=initial,
        planned=planned,
        items=items,
        **more,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a draw nothing is frozen of."""
    draw = load_draw(request, pk)
    if draw.state != DrawState.DRAFT or not may_run(request.user, draw):
        raise NotAllowed("not_allowed", _("名单冻结以后不能再改。"))
    again = bool(draw.planned and drafts.before(draw.planned, draw))
    form = _form(
        request,
        planned=draw.planned,
        target=draw.target,
        again=again or bool(draw.again_because),
        authority=draw.authority,
        instance=draw,
    )
    if form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: drafts.change(load_draw(request, pk), by=request.user, **said)):
            messages.success(request, _("已保存。"))
            return redirect("inspections:draw", pk)
    context = {"form": form, "draw": draw, "planned": draw.planned, "target": Target(draw.target)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/draft.html", context, status=status)


@login_required
@require_POST
def name_event(request: SignedIn, pk: int) -> HttpResponse:
    """Name a public event that is still to come."""
    draw = load_draw(request, pk)
    form = EventForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: drafts.name_event(draw, by=request.user, **said)):
            return redirect("inspections:draw", pk)
    more = {"event_form": form}
    context = context_of(request, draw) | more
    return render(request, "inspections/draw.html", context, status=UNPROCESSABLE)


@login_required
@require_POST
def commit(request: SignedIn, pk: int) -> HttpResponse:
    """Note the hash of words somebody has settled on."""
    draw = load_draw(request, pk)
    form = CommitForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: drafts.commit(draw, by=request.user, **said)):
            return redirect("inspections:draw", pk)
    more = {"commit_form": form}
    context = context_of(request, draw) | more
    return render(request, "inspections/draw.html", context, status=UNPROCESSABLE)


@login_required
@require_POST
def remove_input(request: SignedIn, pk: int, place: int) -> HttpResponse:
    """Take a part of the seed off again."""
    draw = load_draw(request, pk)
    found = get_object_or_404(draw.inputs.select_related("draw"), place=place)
    drafts.remove_input(found, by=request.user)
    return redirect("inspections:draw", pk)


@login_required
@require_http_methods(["GET", "POST"])
def freeze(request: SignedIn, pk: int) -> HttpResponse:
    """Show what will be fixed, then fix it."""
    draw = load_draw(request, pk)
    if not may_run(request.user, draw):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位能冻结名单。"))
    refusal = None
    if request.method == "POST":
        try:
            frozen = freezing.freeze(draw, by=request.user)
        except Refused as said:
            if isinstance(said, NotAllowed):
                raise
            refusal = said
        else:
            messages.success(request, _("名单已冻结，摘要已公布。种子齐了就可以抽取。"))
            return redirect("inspections:draw", frozen.pk)
    context = page_frame(request, draw, "draw") | _preview(request, draw) | {"refusal": refusal}
    status = UNPROCESSABLE if refusal else 200
    return render(request, "inspections/freeze.html", context, status=status)


def _preview(request: SignedIn, draw: Draw) -> dict[str, Any]:
    """What would be frozen now, counted, the heaviest objects named."""
    if draw.state != DrawState.DRAFT or (draw.target != Target.INSTITUTION and not draw.until):
        return {"open": False}
    found = frames.gather(draw, day=timezone.localdate())
    total = sum(one.tickets for one in found.candidates)
    heavy = sorted(found.candidates, key=lambda one: (-one.tickets, one.key))[:SHOWN]
    people = {row.user_id: person for person, row in found.people}
    visible = Organization.objects.visible_to(request.user)
    bodies = visible.in_bulk({body for _user, body in found.away})
    return {
        "open": True,
        "count": len(found.candidates),
        "tickets": total,
        "sample": rules.sample_size(len(found.candidates), draw.percent),
        "heavy": [{"candidate": one, "reasons": spelled(one.reasons.split(","))} for one in heavy],
        "people": found.people,
        "away": [
            {"person": people[user], "body": bodies.get(body, ""), "reason": reason}
            for (user, body), reason in found.away.items()
        ],
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Draw, or call off."""
    if name not in MOVES:
        raise Http404
    moved = MOVES[name](load_draw(request, pk), by=request.user, note=request.POST.get("note", ""))
    said = {"draw": moved, "state": moved.get_state_display()}
    messages.success(request, _("%(draw)s：%(state)s。") % said)
    if name == "draw":
        return redirect("inspections:objects", pk)
    return redirect("inspections:draw", pk)


@login_required
@require_POST
def publish_signed(request: SignedIn, pk: int) -> HttpResponse:
    """Publish every result all inspectors have signed."""
    draw = load_draw(request, pk)
    count = publishing.publish_signed(draw, by=request.user)
    messages.success(request, _("公示了 %(count)d 个结果。") % {"count": count})
    return redirect("inspections:objects", pk)
