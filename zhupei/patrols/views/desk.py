"""The pages of whoever is sent, phone first: my visits, one form with and without script."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import deeds, offline, pictures
from zhupei.core.deeds import WEB, Sent
from zhupei.core.errors import Refused
from zhupei.organizations.models import AUTHORITIES
from zhupei.patrols.access import SENT
from zhupei.patrols.actions import completeness, filling, rolls
from zhupei.patrols.forms import PhotoForm
from zhupei.patrols.models import DeedKind, Patrol, PatrolState, Way
from zhupei.patrols.views import forms_shown as fields
from zhupei.patrols.views import shown
from zhupei.people.requests import SignedIn

OLD = timedelta(days=30)  # of visits on the list
RELATED = (
    "duty__organization",
    "duty__training_class",
    "duty__sitting__room",
    "duty__session__room",
    "duty__prefecture",
)


def _own(request: SignedIn) -> Any:
    acting = request.user.acting
    if acting is None or acting.role not in SENT or acting.organization.kind not in AUTHORITIES:
        raise Http404
    return Patrol.objects.own(request.user).select_related(*RELATED)


def load(request: SignedIn, pk: int) -> Patrol:
    """A visit of this very person's."""
    patrol: Patrol = get_object_or_404(_own(request), pk=pk)
    return patrol


@login_required
@never_cache
@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """My visits: today's first, those to come, those of late. The forms are kept on the phone."""
    today = timezone.localdate()
    rows = _own(request).filter(planned_for__gte=today - OLD).order_by("planned_for", "pk")
    groups: dict[str, list[Any]] = {_("今天"): [], _("之后"): [], _("以前"): []}
    now, later, before = groups.values()
    for patrol in rows:
        open_one = patrol.state == PatrolState.PLANNED
        due = open_one and patrol.planned_for <= today
        place = now if due else later if open_one else before
        place.append({"patrol": patrol, "badge": shown.visit_badge(patrol), "open": open_one})
    pages = [reverse("patrols:visit", args=[line["patrol"].pk]) for line in [*now, *later]]
    context = {
        "groups": [(label, lines) for label, lines in groups.items() if lines],
        "made_at": offline.milliseconds(),
        "pages": " ".join([reverse("patrols:desk"), *pages[:MOST_KEPT]]),
    }
    return render(request, "patrols/desk.html", context)


MOST_KEPT = 20  # forms a phone keeps


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def visit(request: SignedIn, pk: int) -> HttpResponse:
    """One form. The island takes its place over; without script it is a plain one."""
    patrol = load(request, pk)
    if request.method == "POST":
        if offline.all_taken(request, _plain(request, patrol)):
            return redirect("patrols:visit", pk=pk)
        patrol = load(request, pk)
    if patrol.state == PatrolState.FILED:
        return redirect(patrol)
    offers = rolls.offers(patrol)
    context = fields.visit(patrol, offers) | {
        "patrol": patrol,
        "duty": patrol.duty,
        "way": shown.WAYS[patrol.way],
        "data": fields.data(patrol, request.user, offers),
        "photo_form": PhotoForm(),
        "room": completeness.room_of(patrol.duty) if patrol.way == Way.REMOTE else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "patrols/visit.html", context, status=status)


def _plain(request: SignedIn, patrol: Patrol) -> list[offline.Outcome]:
    """What a browser without script sends: only what differs from what is known is a deed."""
    now = timezone.now()
    done = [Sent(uuid.uuid4(), *one, now) for one in _changed(request, patrol)]
    return filling.sync(patrol, by=request.user, phone=WEB, phone_now=now, deeds=done)


def _changed(request: SignedIn, patrol: Patrol) -> Iterator[tuple[DeedKind, str, str]]:
    known, post = fields.known(patrol), request.POST
    keys = fields.keys(patrol)
    for key in keys:
        if post.get(key, "") not in {"", known.answers.get(key)}:
            yield DeedKind.ANSWER, key, post[key]
    for key in (*keys, *fields.WORDS):
        note = post.get(f"note-{key}", "").strip()
        if note != known.notes.get(key, ""):
            yield DeedKind.NOTE, key, note
    yield from _called(request, patrol)
    if "hand_in" in post:
        yield DeedKind.HAND_IN, "", ""


def _called(request: SignedIn, patrol: Patrol) -> Iterator[tuple[DeedKind, str, str]]:
    """The roll call of a page without script: the sample it was given, and who was there."""
    ticket = request.POST.get("draw", "")
    known = {f"roll-{pk}": found for pk, found in rolls.found(patrol, ticket).items()}
    said = {name: request.POST[name] for name in request.POST if name.startswith("roll-")}
    fresh = {name: value for name, value in said.items() if value and value != known.get(name)}
    if fresh and not known:
        yield DeedKind.DRAW, "", ticket
    for name, value in fresh.items():
        yield DeedKind.ROLL, name.removeprefix("roll-"), value


@login_required
@never_cache
@require_POST
def sync(request: SignedIn, pk: int) -> JsonResponse:
    """Take in what a phone kept; the same twice is once. Answers JSON, whatever happens."""
    patrol = load(request, pk)
    return offline.answer(
        request,
        deeds.reader(DeedKind),
        lambda sent: _taken(request, patrol, sent),
        lambda: {"removed": fields.removed(patrol)},
    )


def _taken(request: SignedIn, patrol: Patrol, sent: offline.Batch[Sent]) -> list[offline.Outcome]:
    return filling.sync(
        patrol, by=request.user, phone=sent.phone, phone_now=sent.phone_now, deeds=sent.marks
    )


@login_required
@require_POST
def add_photo(request: SignedIn, pk: int) -> HttpResponse:
    """A picture from the form of the page without script."""
    patrol = load(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("photo_missing", _("请先选一张照片。"), field="file")
    kept = pictures.accept(form.cleaned_data["file"], by=request.user)
    now = timezone.now()
    sent = Sent(uuid.uuid4(), DeedKind.PHOTO, form.cleaned_data["about"], "", now)
    filling.add_photo(patrol, sent, kept, by=request.user)
    words = pictures.said(kept.removed)
    messages.success(request, _("照片已保存。") + (f"{words}。" if words else ""))
    return redirect("patrols:visit", pk=pk)
