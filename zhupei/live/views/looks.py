"""One look: begun, the page with the picture, ended; and the pictures that were kept."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.live.access import may_look
from zhupei.live.actions import looks, snapshots
from zhupei.live.forms import CloseForm, SnapshotForm
from zhupei.live.models import Look, Room, Snapshot, Source, Way
from zhupei.live.parameters import SNAPSHOTS
from zhupei.live.rules import room_for_more
from zhupei.live.views.rooms import page_of
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422
RELATED = (
    "by",
    "authority",
    "room__organization",
    "room__training_class",
    "room__sitting",
    "room__session",
)


@login_required
@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Open the room; from now on it is told who looks."""
    visible = Room.objects.visible_to(request.user)
    look = looks.open(get_object_or_404(visible, pk=pk), by=request.user)
    return redirect("live:look", look.pk)


def _load(request: SignedIn, pk: int) -> Look:
    """A look, for those who look on; the room itself has its list."""
    visible = Look.objects.visible_to(request.user).select_related(*RELATED)
    look: Look = get_object_or_404(visible, pk=pk)
    if not may_look(request.user, look.room):
        raise Http404
    return look


@login_required
@require_GET
def page(request: SignedIn, pk: int) -> HttpResponseBase:
    """The picture, while it is one's own look and open; afterwards what was seen and kept."""
    return _page(request, _load(request, pk), CloseForm(), SnapshotForm())


def _page(
    request: SignedIn, look: Look, ending: CloseForm, picture: SnapshotForm
) -> HttpResponseBase:
    context = _context(request, look) | {"ending": ending, "picture": picture}
    status = UNPROCESSABLE if ending.is_bound or picture.is_bound else 200
    answer = render(request, "live/look.html", context, status=status)
    if not context["address"]:
        return answer
    return csp_update(_policy())(lambda _request: answer)(request)


def _policy() -> dict[str, list[str]]:
    """Only the page of a look may fetch from the media server and play what scripts hand it."""
    parts = urlsplit(settings.LIVE_HLS_URL)
    server = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    policy = {"media-src": [SELF, "blob:", *server], "connect-src": server}
    return {name: sources for name, sources in policy.items() if sources}


def _context(request: SignedIn, look: Look) -> dict[str, Any]:
    own = look.by_id == request.user.pk
    watching = own and look.closed_at is None
    kept = list(Snapshot.objects.visible_to(request.user).filter(look=look))
    return {
        "look": look,
        "room": look.room,
        "room_url": page_of(look.room),
        "own": own,
        "watching": watching,
        "address": looks.address(look) if watching and look.room.way == Way.STREAM else "",
        "server_can": watching and snapshots.server_can(look),
        "snapshots": kept,
        "more": room_for_more(len(kept), value(SNAPSHOTS)),
    }


@login_required
@require_POST
def there(request: SignedIn, pk: int) -> HttpResponse:
    """The page says that somebody is at it; when the look is over it loads itself anew."""
    if looks.still_there(_load(request, pk), by=request.user):
        return HttpResponse()
    return HttpResponse(headers={"HX-Refresh": "true"})


@login_required
@require_POST
def close(request: SignedIn, pk: int) -> HttpResponseBase:
    """Say what was seen."""
    look, form = _load(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, look, form, SnapshotForm())
    try:
        looks.close(look, by=request.user, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refusal:
        refusal.beside(form)
        return _page(request, look, form, SnapshotForm())
    messages.success(request, _("已结束查看并记下。"))
    return redirect("live:look", pk)


@login_required
@require_POST
def snapshot(request: SignedIn, pk: int) -> HttpResponseBase:
    """Keep a picture: from the player, or a file."""
    look, form = _load(request, pk), SnapshotForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, look, CloseForm(), form)
    said = form.cleaned_data
    source = Source.PLAYER if said["from_player"] else Source.UPLOAD
    try:
        snapshots.take(look, said["file"], by=request.user, source=source)
    except NotAllowed:
        raise
    except Refused as refusal:
        if request.htmx:
            raise
        refusal.beside(form)
        return _page(request, look, CloseForm(), form)
    return _kept(request, pk)


@login_required
@require_POST
def shoot(request: SignedIn, pk: int) -> HttpResponse:
    """Let the server take the picture."""
    snapshots.shoot(_load(request, pk), by=request.user)
    return _kept(request, pk)


def _kept(request: SignedIn, pk: int) -> HttpResponse:
    if request.htmx:
        return render(request, "live/look.html#kept", _context(request, _load(request, pk)))
    messages.success(request, _("已截图。"))
    return redirect("live:look", pk)


def _snapshot(request: SignedIn, pk: int) -> Snapshot:
    visible = Snapshot.objects.visible_to(request.user)
    related = visible.select_related("file", *(f"look__{name}" for name in RELATED))
    return get_object_or_404(related, pk=pk)


@login_required
@require_GET
def picture(request: SignedIn, pk: int) -> HttpResponseBase:
    """One picture; every look at it is an event."""
    file = snapshots.view(_snapshot(request, pk), by=request.user)
    if file is None:
        raise Http404
    return files.respond(file, inline=True)


@login_required
@require_POST
def hold(request: SignedIn, pk: int) -> HttpResponse:
    """Keep a picture as evidence."""
    row = _snapshot(request, pk)
    snapshots.hold(row, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已留作证据。"))
    return redirect("live:look", row.look_id)
