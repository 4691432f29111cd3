"""An examination room: its seat map, drawing it, one seat, the check before the day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.requests import SignedIn
from zhupei.venues import rules
from zhupei.venues.access import may_keep_site
from zhupei.venues.actions import seats as actions
from zhupei.venues.forms.places import CheckForm, LayoutForm, SeatForm
from zhupei.venues.models import Condition, ExamRoom, RoomCheck, Seat, Site
from zhupei.venues.sentences import CHECKLIST
from zhupei.venues.views import shown
from zhupei.venues.views.sites import beside, entry

TOOLS = (
    ("look", gettext_lazy("看座位"), "eye"),
    ("usable", gettext_lazy("用 / 不用"), "armchair"),
    ("spare", gettext_lazy("备用"), "replace"),
    ("broken", gettext_lazy("故障"), "plug-x"),
)


def _load(request: SignedIn, pk: int) -> ExamRoom:
    sites = Site.objects.visible_to(request.user)
    found = get_object_or_404(sites.filter(rooms=pk))
    return found.rooms.select_related("room", "site__organization").get(pk=pk)


def _kept(request: SignedIn, pk: int) -> ExamRoom:
    place = _load(request, pk)
    if not may_keep_site(request.user, place.site):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改考场。"))
    return place


@login_required
@require_GET
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """The seat map of a room; what a press on a seat does is chosen above it."""
    place = _load(request, pk)
    tool = request.GET.get("tool", "")
    keeps = may_keep_site(request.user, place.site) and not place.site.closed_on
    tool = tool if keeps and tool in actions.TOOLS else "look"
    own = Seat.objects.visible_to(request.user).filter(room=place.room_id)
    facts = actions.facts_of(place.room_id, now=timezone.now())
    checks = RoomCheck.objects.visible_to(request.user).filter(room=place.room_id)
    context = {
        "hall": place,
        "map_rows": shown.seat_map(shown.plain_cells(own.order_by("row", "column"))),
        "tool": tool,
        "tools": [(name, label, icon) for name, label, icon in TOOLS] if keeps else [],
        "press_url": reverse("venues:press", args=[pk]) if tool != "look" else "",
        "findings": shown.findings(rules.room_findings(facts)),
        "checks": [(one, _open_points(one)) for one in _newest(checks)],
        "may_change": keeps,
        "crumbs": _crumbs(place),
    }
    return render(request, "venues/room.html", context)


def _newest(checks: Any) -> Any:
    return checks.select_related("made_by").order_by("-made_at")[:5]


def _open_points(one: RoomCheck) -> list[str]:
    """The points of the checklist nobody ticked."""
    return [str(label) for key, label in CHECKLIST.items() if key not in one.done]


def _crumbs(place: ExamRoom) -> list[dict[str, Any]]:
    return [
        {"label": _("考点"), "url": reverse("venues:sites")},
        {"label": place.site.name, "url": reverse("venues:site", args=[place.site_id])},
        {"label": str(place.room)},
    ]


@login_required
@require_POST
def press(request: SignedIn, pk: int) -> HttpResponse:
    """One press on one seat."""
    place = _kept(request, pk)
    tool = request.POST.get("tool", "")
    own = Seat.objects.visible_to(request.user).filter(room=place.room_id)
    chosen = request.POST.get("seat", "")
    if not chosen.isdigit():
        raise Refused("seat_missing", _("没有点中座位。请回到座位图再点一次。"))
    seat = get_object_or_404(own, pk=int(chosen))
    actions.press(seat, tool, by=request.user)
    back = reverse("venues:room", args=[pk])
    return redirect(f"{back}?tool={tool}#seat-{seat.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def lay_out(request: SignedIn, pk: int) -> HttpResponse:
    """Draw the seats of a room by rows and columns."""
    place = _kept(request, pk)
    form = LayoutForm(request.POST or None, initial={"rows": 6, "columns": 8, "spares": 4})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.lay_out(place, form.layout(), by=request.user)
        except Refused as refusal:
            beside(form, refusal)
        else:
            messages.success(request, _("已生成 %(count)d 个座位。") % {"count": len(made)})
            return redirect("venues:room", pk)
    title = _("%(room)s：按排和列生成座位") % {"room": place}
    return entry(request, form, title, reverse("venues:room", args=[pk]))


@login_required
@require_http_methods(["GET", "POST"])
def seat(request: SignedIn, pk: int) -> HttpResponse:
    """One seat: its number, its machine."""
    visible = Seat.objects.visible_to(request.user)
    related = visible.select_related("room__exam_room__site__organization")
    row: Any = get_object_or_404(related, pk=pk)
    place = row.room.exam_room
    back = reverse("venues:room", args=[place.pk])
    if not may_keep_site(request.user, place.site):
        return redirect(f"{back}#seat-{pk}")
    form = SeatForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(visible.get(pk=pk), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            return redirect(f"{back}#seat-{pk}")
    title = _("%(room)s 的一个座位（第 %(row)d 排第 %(column)d 列）")
    said = {"room": place, "row": row.row, "column": row.column}
    return entry(request, form, title % said, back)


@login_required
@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: int) -> HttpResponse:
    """The check before the day: a tick per machine, a tick per point of the list."""
    place = _kept(request, pk)
    own = Seat.objects.visible_to(request.user).filter(room=place.room_id, usable=True)
    form = CheckForm(request.POST or None)
    posted = request.method == "POST"
    ticked = {int(key) for key in request.POST.getlist("working") if key.isdigit()}
    if posted and form.is_valid():
        try:
            actions.check_room(place, by=request.user, working=ticked, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            messages.success(request, _("检查已登记。"))
            return redirect("venues:room", pk)
    rows = [
        (one, one.pk in ticked if posted else one.condition != Condition.BROKEN)
        for one in own.order_by("number")
    ]
    context = {"hall": place, "rows": rows, "form": form, "crumbs": _crumbs(place)}
    return render(request, "venues/check.html", context, status=422 if form.errors else 200)
