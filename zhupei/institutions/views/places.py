"""场地与工位: rooms, their fire checks, the stations in them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.institutions.actions import rooms, stations
from zhupei.institutions.forms.file import FireCheckForm, RoomForm, StationCountForm, StationForm
from zhupei.institutions.forms.shared import EndForm
from zhupei.institutions.models import Room, Station
from zhupei.institutions.views.frame import (
    EVERYBODY,
    entry,
    frame,
    kept,
    kept_part,
    load,
    paper,
    part,
)
from zhupei.organizations.models import Kind
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def places(request: SignedIn, pk: int) -> HttpResponse:
    """The rooms in use, those closed, and the stations of each trade."""
    organization, user = load(request, pk, kinds=EVERYBODY), request.user
    own = Room.objects.visible_to(user).filter(organization=organization)
    rows = Station.objects.visible_to(user).filter(organization=organization)
    context = frame(request, organization, "places") | {
        "rooms": own.in_use().order_by("use", "name"),
        "closed": own.filter(closed_on__isnull=False).order_by("-closed_on")[:20],
        "stations": rows.select_related("room", "job").order_by("job__code", "room__name"),
        "trains": organization.kind == Kind.INSTITUTION,
        "today": timezone.localdate(),
    }
    return render(request, "institutions/places.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_room(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a room."""
    organization = kept(request, pk, kinds=EVERYBODY)
    form = RoomForm(request.POST or None, request.FILES or None)
    verb = partial(rooms.add_room, organization)
    return entry(request, organization, form, verb, heading=_("登记场地"), tab="places")


@login_required
@require_http_methods(["GET", "POST"])
def change_room(request: SignedIn, pk: int) -> HttpResponse:
    """Say something else of a room."""
    room = kept_part(request, Room, pk)
    organization = room.organization
    form = RoomForm(request.POST or None, request.FILES or None, instance=room)
    verb = partial(rooms.change, room)
    return entry(request, organization, form, verb, heading=_("修改场地"), tab="places")


@login_required
@require_http_methods(["GET", "POST"])
def check_fire(request: SignedIn, pk: int) -> HttpResponse:
    """Put a fire-safety check on record."""
    room = kept_part(request, Room, pk)
    form = FireCheckForm(request.POST or None, request.FILES or None)
    verb = partial(rooms.check_fire_safety, room)
    heading = _("登记 %(name)s 的消防检查") % {"name": room.name}
    return entry(request, room.organization, form, verb, heading=heading, tab="places")


@login_required
@require_http_methods(["GET", "POST"])
def close_room(request: SignedIn, pk: int) -> HttpResponse:
    """The room is not used any more."""
    room = kept_part(request, Room, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    verb = partial(rooms.close, room)
    heading = _("停用场地 %(name)s") % {"name": room.name}
    text = _("停用后不能再排课。记录保留，不能恢复；已排的课请在开班计划里换场地。")
    words = {"heading": heading, "text": text, "submit": _("停用"), "danger": True}
    return entry(request, room.organization, form, verb, tab="places", **words)


@login_required
@require_GET
def fire_record(request: SignedIn, pk: int) -> HttpResponseBase:
    """The paper of a room's last fire-safety check."""
    return paper(part(request, Room, pk, "fire_paper").fire_paper)


@login_required
@require_http_methods(["GET", "POST"])
def add_station(request: SignedIn, pk: int) -> HttpResponse:
    """Enter the stations of a trade in a room."""
    organization = kept(request, pk)
    form = StationForm(request.POST or None, organization=organization, user=request.user)
    heading = _("登记实训工位")
    return entry(request, organization, form, stations.add, heading=heading, tab="places")


@login_required
@require_http_methods(["GET", "POST"])
def change_station(request: SignedIn, pk: int) -> HttpResponse:
    """Another number of stations."""
    station = kept_part(request, Station, pk, "room", "job")
    form = StationCountForm(request.POST or None, instance=station)
    verb = partial(stations.change, station)
    heading = _("%(room)s：%(job)s 工位") % {"room": station.room, "job": station.job}
    return entry(request, station.organization, form, verb, heading=heading, tab="places")


@login_required
@require_POST
def remove_station(request: SignedIn, pk: int) -> HttpResponse:
    """The stations are no more."""
    station = kept_part(request, Station, pk)
    stations.remove(station, by=request.user)
    messages.success(request, _("已撤销。"))
    return redirect("institutions:places", station.organization_id)
