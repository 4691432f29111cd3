"""The pages of an assessor, phone first: today's turns, one score sheet with and without script."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import offline
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.core.upload_field import kept
from zhupei.organizations.models import Role
from zhupei.people.requests import SignedIn
from zhupei.practical.access import sees_scores
from zhupei.practical.actions import evidence as pictures
from zhupei.practical.actions import results, scoring
from zhupei.practical.forms import EvidenceForm
from zhupei.practical.incoming import batch
from zhupei.practical.models import Picture, Sheet, State, TapKind
from zhupei.practical.parameters import WARN_MINUTES
from zhupei.practical.views import fields, shown
from zhupei.practical.views.turns import scores

PLAIN = "web"  # the phone's name of a page without script
OLD = timedelta(days=30)  # of turns on the list


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The service worker; it stands here because it rules over the addresses below its own."""
    return offline.worker()


def _sheets(request: SignedIn) -> Any:
    acting = request.user.acting
    if acting is None or acting.role != Role.ASSESSOR:
        raise Http404
    return Sheet.objects.own(request.user).select_related(
        "assessor",
        "turn__person",
        "turn__enrolment",
        "session__room",
        "session__rubric__job",
        "session__organization",
    )


def load(request: SignedIn, pk: int) -> Sheet:
    """A sheet of this very assessor's."""
    sheet: Sheet = get_object_or_404(_sheets(request), pk=pk)
    sheet.turn.session = sheet.session
    return sheet


@login_required
@never_cache
@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """My turns: today's first, those to come, those of late. Their sheets are kept on the phone."""
    now = timezone.now()
    rows = _sheets(request).live().exclude(session__state__in=[State.DRAFT, State.NOTIFIED])
    sheets = list(rows.filter(ends_at__gte=now - OLD).order_by("starts_at", "turn__station"))
    day = timezone.localdate(now)
    groups: dict[str, list[Any]] = {_("今天"): [], _("之后"): [], _("以前"): []}
    today, later, before = groups.values()
    for sheet in sheets:
        on = timezone.localdate(sheet.starts_at)
        place = today if on == day or _wanted(sheet) else later if on > day else before
        place.append({"sheet": sheet, "state": _state(sheet)})
    pages = [reverse("practical:sheet", args=[line["sheet"].pk]) for line in today]
    context = {
        "groups": [(label, lines) for label, lines in groups.items() if lines],
        "pages": " ".join([reverse("practical:desk"), *pages]),
    }
    return render(request, "practical/desk.html", context)


def _wanted(sheet: Sheet) -> bool:
    """Still to be judged, although its day is over: a third assessor's."""
    return sheet.place > 2 and sheet.handed_in_at is None  # noqa: PLR2004 - after the pair


def _state(sheet: Sheet) -> shown.Badge:
    if sheet.handed_in_at is not None:
        return shown.Badge("circle-check", _("已提交"), "ok")
    if sheet.turn.absent:
        return shown.Badge("user-off", _("缺考"), "")
    if sheet.place > 2:  # noqa: PLR2004 - after the pair
        return shown.Badge("scale", _("第三人评分"), "warn")
    return shown.Badge("pencil", _("待评分"), "info")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """One score sheet. The island takes its place over; without script it is a form."""
    found = load(request, pk)
    if request.method == "POST":
        outcomes = _plain(request, found)
        refused = [str(one.refusal) for one in outcomes if one.refusal]
        if not refused:
            return redirect("practical:sheet", pk=pk)
        for sentence in dict.fromkeys(refused):
            messages.error(request, sentence)
        found = load(request, pk)
    said = results.reading(found.taps.all())
    settled = sees_scores(request.user, found.turn)
    together = list(found.turn.sheets.select_related("assessor")) if settled else []
    context = {
        "sheet": found,
        "turn": found.turn,
        "session": found.session,
        "closed": _closed(found),
        "data": _data(request, found),
        "groups": fields.groups(found.session.rubric.values, said.points, said.notes, said.fatal),
        "form": EvidenceForm(),
        "evidence": list(Picture.objects.visible_to(request.user).filter(sheet=found)),
        "together": together,
        "scores": scores(found.turn, together) if settled else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "practical/sheet.html", context, status=status)


def _closed(found: Sheet) -> str:
    """Why nothing can be tapped any more; empty: it can."""
    if found.turn.void:
        return _("这个轮次已经作废，改在重考的轮次上评。")
    if found.session.state != State.FIXED:
        return _("这场实操现在不收评分。")
    if found.handed_in_at is not None:
        return _("已提交，不能再改。")
    return ""


def _plain(request: SignedIn, found: Sheet) -> list[offline.Outcome]:
    """What a browser without script sends: only what differs from what is known is a tap."""
    now = timezone.now()
    taps = [
        scoring.Sent(uuid.uuid4(), kind, about, said, now)
        for kind, about, said in _changed(request, found)
    ]
    return scoring.sync(found, by=request.user, phone=PLAIN, phone_now=now, taps=taps)


def _changed(request: SignedIn, found: Sheet) -> Iterator[tuple[TapKind, str, str]]:
    rubric, known = found.session.rubric.values, results.reading(found.taps.all())
    for key in rubric.criteria():
        points, note = request.POST.get(key, ""), request.POST.get(f"note-{key}", "").strip()
        if points and points != (fields.plain(known.points[key]) if key in known.points else None):
            yield TapKind.POINTS, key, points
        if note != known.notes.get(key, ""):
            yield TapKind.NOTE, key, note
    seen = set(request.POST.getlist("fatal"))
    for one in rubric.fatal:
        if (one.key in seen) != (one.key in known.fatal):
            yield TapKind.FATAL, one.key, "yes" if one.key in seen else ""
    if "here" in request.POST and found.turn.arrived_at is None:
        yield TapKind.HERE, "", ""
    if "hand_in" in request.POST:
        yield TapKind.HAND_IN, "", ""


@login_required
@never_cache
@require_POST
def sync(request: SignedIn, pk: int) -> JsonResponse:
    """Take in what a phone kept; the same twice is once. Answers JSON, whatever happens."""
    found = load(request, pk)
    try:
        sent = batch(request.body)
    except offline.Malformed as fault:
        return JsonResponse({"code": "malformed", "sentence": str(fault)}, status=400)
    try:
        outcomes = _taken(request, found, sent)
    except Refused as refusal:
        said = {"code": refusal.code, "sentence": str(refusal)}
        return JsonResponse(said, status=refusal.status)
    return JsonResponse({"now": offline.milliseconds(), "marks": [one.said() for one in outcomes]})


def _taken(
    request: SignedIn, found: Sheet, sent: offline.Batch[scoring.Sent]
) -> list[offline.Outcome]:
    if sent.user != request.user.pk:
        raise Refused("other_person", _("这些是另一个账号评的分。请由评分的人登录后上传。"))
    return scoring.sync(
        found, by=request.user, phone=sent.phone, phone_now=sent.phone_now, taps=sent.marks
    )


@login_required
@require_POST
def add_evidence(request: SignedIn, pk: int) -> HttpResponse:
    """A picture or a recording from the form of the page without script."""
    found = load(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("evidence_missing", _("请先选一张照片或一段录像。"), field="file")
    pictures.add(
        found,
        by=request.user,
        about=form.cleaned_data["about"],
        file=lambda: kept(form.cleaned_data["file"], by=request.user),
    )
    return redirect("practical:sheet", pk=pk)


def _data(request: SignedIn, found: Sheet) -> dict[str, Any]:
    """What the page's script works with: the rubric, and what the server has of this sheet."""
    rubric = found.session.rubric.values
    return {
        "sheet": found.pk,
        "user": request.user.pk,
        "sync": reverse("practical:sync", args=[found.pk]),
        "page": reverse("practical:sheet", args=[found.pk]),
        "worker": reverse("practical:worker"),
        "uploads": reverse("uploads:begin"),
        "warn": value(WARN_MINUTES),
        "closed": _closed(found),
        "tasks": [
            {
                "key": task.key,
                "title": task.title,
                "brief": task.brief,
                "minutes": task.minutes,
                "weight": task.weight,
                "criteria": [
                    {
                        "key": one.key,
                        "text": one.text,
                        "guide": one.guide,
                        "weight": one.weight,
                        "step": one.step,
                        "choices": fields.choices(one),
                    }
                    for one in task.criteria
                ],
            }
            for task in rubric.tasks
        ],
        "fatal": [one._asdict() for one in rubric.fatal],
        "taps": [
            {
                "id": str(tap.pk),
                "kind": tap.kind,
                "about": tap.about,
                "value": tap.value,
                "at": round(tap.at.timestamp() * 1000),
            }
            for tap in found.taps.all()
        ],
    }
