"""Rooms: the list, and the page of one, for those who hold the class and those who look on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.views.frame import frame as class_frame
from zhupei.classes.views.frame import load as load_class
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.views.frame import frame as sitting_frame
from zhupei.exams.views.frame import load as load_sitting
from zhupei.live import hooks
from zhupei.live.access import Subject, may_keep, may_look, may_register
from zhupei.live.actions import rooms
from zhupei.live.forms import RoomFilters, RoomForm
from zhupei.live.models import Broadcast, LiveRoomQuerySet, Look, Room, Snapshot
from zhupei.people.requests import SignedIn
from zhupei.practical.models import Session

A_PAGE = 25
NEWEST = 20
URGENT_FIRST = ["-on_air", "-lesson_now", "-registered_at", "-pk"]
UNPROCESSABLE = 422
SUBJECTS = ("training_class", "sitting", "session", "organization", "prefecture")
PAGES = {"training_class": "live:class", "sitting": "live:sitting", "session": "live:session"}


def page_of(room: Room) -> str:
    """The address of the page of a room."""
    subject = room.subject
    return reverse(PAGES[rooms.kind_field(subject)], args=[subject.pk])


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The rooms somebody may know of: those with pictures first, then those with a lesson now."""
    if request.user.acting is None:
        raise Http404
    filters = RoomFilters(request.GET)
    found = Room.objects.visible_to(request.user).filter(withdrawn_at=None)
    rows = _narrowed(found.with_news(timezone.now()), filters).select_related(*SUBJECTS)
    page = Paginator(rows.order_by(*URGENT_FIRST), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            {"room": room, "url": page_of(room), "may_look": may_look(request.user, room)}
            for room in page
        ],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
    }
    return render(request, "live/index.html", context)


def _narrowed(rows: LiveRoomQuerySet, filters: RoomFilters) -> LiveRoomQuerySet:
    if not filters.is_valid():
        return rows
    if filters.cleaned_data["q"]:
        rows = rows.matching(filters.cleaned_data["q"])
    wanted: dict[str, dict[str, bool | None]] = {
        "on_air": {"on_air": True},
        "now": {"lesson_now": True},
        "unseen": {"last_look": None},
    }
    return rows.filter(**wanted.get(filters.cleaned_data["show"], {}))


@login_required
@require_http_methods(["GET", "POST"])
def of_class(request: SignedIn, pk: int) -> HttpResponse:
    """How a class is looked into."""
    found = load_class(request, pk)
    frame = class_frame(request, found, "live:class") | {"head": "classes/_head.html"}
    return _page(request, found, frame)


@login_required
@require_http_methods(["GET", "POST"])
def of_sitting(request: SignedIn, pk: int) -> HttpResponse:
    """How a theory sitting is looked into."""
    found = load_sitting(request, pk)
    frame = sitting_frame(found, "live:sitting") | {"head": "exams/_head.html"}
    return _page(request, found, frame)


@login_required
@require_http_methods(["GET", "POST"])
def of_session(request: SignedIn, pk: int) -> HttpResponse:
    """How a practical session is looked into."""
    if request.user.acting is None:
        raise Http404
    visible = Session.objects.visible_to(request.user).select_related("organization", "room")
    found = get_object_or_404(visible, pk=pk)
    frame = {
        "head": "live/_session_head.html",
        "session": found,
        "crumbs": [
            {"label": _("实操考核"), "url": reverse("practical:sessions")},
            {"label": found.title, "url": reverse("practical:session", args=[found.pk])},
        ],
    }
    return _page(request, found, frame)


def _page(request: SignedIn, subject: Subject, frame: dict[str, Any]) -> HttpResponse:
    room = _room(request, subject)
    form = RoomForm(request.POST) if request.method == "POST" else RoomForm.of(room)
    if form.is_bound and form.is_valid() and _written(request, subject, room, form):
        return redirect(request.path)
    context = frame | _shown(request, subject, room) | {"form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "live/room.html", context, status=status)


def _room(request: SignedIn, subject: Subject) -> Room | None:
    rows = Room.objects.visible_to(request.user).filter(**{rooms.kind_field(subject): subject})
    room = rows.with_news(timezone.now()).select_related("organization").first()
    if room is not None:
        setattr(room, rooms.kind_field(subject), subject)
    return room


def _written(request: SignedIn, subject: Subject, room: Room | None, form: RoomForm) -> bool:
    try:
        if room is not None and room.withdrawn_at is None:
            rooms.change(room, form.details, by=request.user)
        else:
            rooms.register(subject, form.details, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        refusal.beside(form)
        return False
    messages.success(request, _("已登记。住建局查看时，这一页会显示是谁、从几点到几点。"))
    return True


def _shown(request: SignedIn, subject: Subject, room: Room | None) -> dict[str, Any]:
    user = request.user
    shown: dict[str, Any] = {
        "room": room,
        "subject": subject,
        "running": rooms.is_running(subject),
        "may_register": may_register(user, subject),
        "streams": hooks.publish_address(),
    }
    if room is None:
        return shown
    keeps, looks_on = may_keep(user, room), may_look(user, room)
    pictures = Snapshot.objects.visible_to(user).filter(look__room=room)
    return shown | {
        "looks_on": looks_on,
        "code": hooks.stream_code(room.stream, room.key) if keeps else "",
        "key_over": room.key_until <= timezone.now(),
        "looks": _looks(request, room)[:NEWEST],
        "broadcasts": _broadcasts(request, room)[:NEWEST],
        "pictures": pictures.select_related("look__by", "held_by")[:NEWEST] if looks_on else [],
        "timeline": audit.timeline(room),
    }


def _looks(request: SignedIn, room: Room) -> Any:
    rows = Look.objects.visible_to(request.user).filter(room=room)
    return rows.select_related("by", "authority").order_by("-opened_at", "-pk")


def _broadcasts(request: SignedIn, room: Room) -> Any:
    return Broadcast.objects.visible_to(request.user).filter(room=room).order_by("-began_at")


def _load(request: SignedIn, pk: int) -> Room:
    return get_object_or_404(
        Room.objects.visible_to(request.user).with_news(timezone.now()).select_related(*SUBJECTS),
        pk=pk,
    )


@login_required
@require_GET
def now(request: SignedIn, pk: int) -> HttpResponse:
    """Who looks at this moment: asked for every few seconds by the page of a room."""
    room = _load(request, pk)
    context = {
        "room": room,
        "looks": _looks(request, room)[:NEWEST],
        "looks_on": may_look(request.user, room),
    }
    return render(request, "live/room.html#now", context)


@login_required
@require_POST
def renew(request: SignedIn, pk: int) -> HttpResponse:
    """A new key for the camera."""
    room = rooms.renew_key(_load(request, pk), by=request.user)
    messages.success(request, _("已换密钥，旧的不能再用。请把新的串流码填进推流设备。"))
    return redirect(page_of(room))


@login_required
@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take the room off."""
    room = _load(request, pk)
    rooms.withdraw(room, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已撤下。"))
    return redirect(page_of(room))
