"""The pages of an assessor, phone first: today's turns, one score sheet with and without script."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import deeds, offline
from zhupei.core.deeds import WEB, Sent
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.core.pictures import kept
from zhupei.core.templatetags.ui import beijing
from zhupei.organizations.models import Role
from zhupei.people.requests import SignedIn
from zhupei.practical.access import sees_scores
from zhupei.practical.actions import results, scoring
from zhupei.practical.actions.turns import THIRD
from zhupei.practical.forms import EvidenceForm
from zhupei.practical.models import Picture, Sheet, State, TapKind
from zhupei.practical.parameters import WARN_MINUTES
from zhupei.practical.views import fields, shown
from zhupei.practical.views.turns import scores

OLD = timedelta(days=30)  # of turns on the list


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
        if offline.all_taken(request, _plain(request, found)):
            return redirect("practical:sheet", pk=pk)
        found = load(request, pk)
    said = results.reading(found.taps.all())
    settled = sees_scores(request.user, found.turn)
    early = _early(found)
    together = list(found.turn.sheets.select_related("assessor")) if settled else []
    context = {
        "sheet": found,
        "turn": found.turn,
        "session": found.session,
        "closed": _closed(found),
        "early": early["words"] if early else "",
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


def _early(found: Sheet) -> dict[str, Any] | None:
    """From when on it can be filled in, while that is to come; a third one judges any time."""
    opens = scoring.opens_at(found)
    if timezone.now() >= opens or found.place == THIRD:
        return None
    words = _("%(at)s（北京时间）起可以评分。") % {"at": beijing(opens)}
    return {"at": int(opens.timestamp() * 1000), "words": words}


def _plain(request: SignedIn, found: Sheet) -> list[offline.Outcome]:
    """What a browser without script sends: only what differs from what is known is a tap."""
    now = timezone.now()
    taps = [Sent(uuid.uuid4(), *one, now) for one in _changed(request, found)]
    return scoring.sync(found, by=request.user, phone=WEB, phone_now=now, taps=taps)


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
    return offline.answer(request, deeds.reader(TapKind), lambda sent: _taken(request, found, sent))


def _taken(request: SignedIn, found: Sheet, sent: offline.Batch[Sent]) -> list[offline.Outcome]:
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
    said = form.cleaned_data
    sent = Sent(uuid.uuid4(), TapKind.EVIDENCE, said["about"], "", timezone.now())
    scoring.add_evidence(found, sent, lambda: kept(said["file"], by=request.user), by=request.user)
    return redirect("practical:sheet", pk=pk)


def _data(request: SignedIn, found: Sheet) -> dict[str, Any]:
    """What the page's script works with: the rubric, and what the server has of this sheet."""
    rubric = found.session.rubric.values
    return {
        "about": found.pk,
        "user": request.user.pk,
        "now": offline.milliseconds(),
        "sync": reverse("practical:sync", args=[found.pk]),
        "page": reverse("practical:sheet", args=[found.pk]),
        "worker": reverse("practical:worker"),
        "uploads": reverse("uploads:begin"),
        "warn": value(WARN_MINUTES),
        "closed": _closed(found),
        "opens": _early(found),
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
        "deeds": deeds.said(found.taps.all()),
    }
