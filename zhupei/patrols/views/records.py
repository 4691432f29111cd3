"""What was seen: the records of patrols, for those who looked and for those who were looked at."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.core import audit, files
from zhupei.corrections.models import Finding
from zhupei.organizations.models import AUTHORITIES
from zhupei.patrols import checklist
from zhupei.patrols.forms import RecordFilters
from zhupei.patrols.models import Duty, Found, Patrol, Photo, RollLine, Way
from zhupei.patrols.views import forms_shown as fields
from zhupei.patrols.views import shown
from zhupei.people.requests import SignedIn

PER_PAGE = 25
ANSWERS = {
    checklist.Answer.GOOD: ("circle-check", "ok"),
    checklist.Answer.BAD: ("circle-x", "bad"),
    checklist.Answer.NONE: ("circle", ""),
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The patrols that were handed in, the latest first."""
    if request.user.acting is None:
        raise Http404
    filters = RecordFilters(request.GET)
    rows = Patrol.objects.visible_to(request.user).filed()
    if filters.is_valid():
        for word in filters.cleaned_data["q"].split():
            rows = rows.matching(word)
        if filters.cleaned_data["way"]:
            rows = rows.filter(way=filters.cleaned_data["way"])
    rows = rows.with_counts().select_related("duty__organization").prefetch_related("members")
    page = Paginator(rows.order_by("-looked_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"patrol": one, "way": shown.WAYS[one.way]} for one in page],
    }
    return render(request, "patrols/records.html", context)


@login_required
@require_GET
def record(request: SignedIn, pk: int) -> HttpResponse:
    """One patrol. Whoever was looked at sees the answers, and of a roll call the numbers."""
    acting = request.user.acting
    if acting is None:
        raise Http404
    rows = Patrol.objects.visible_to(request.user).select_related(
        "duty__organization", "duty__prefecture", "filed_by"
    )
    patrol = get_object_or_404(rows, pk=pk)
    official = acting.organization.kind in AUTHORITIES
    said = patrol.answers.get("notes", {})
    context = {
        "patrol": patrol,
        "duty": patrol.duty,
        "badge": shown.visit_badge(patrol),
        "way": shown.WAYS[patrol.way],
        "people": list(patrol.members.all()),
        "items": _answers(patrol),
        "said": said,
        "overall": said.get("", ""),
        "findings": list(Finding.objects.visible_to(request.user).about(patrol)),
        "rolls": _rolls(patrol),
        "no_roll": _no_roll(patrol),
        "photos": fields.photos(patrol),
        "looks": list(patrol.looks.select_related("by").order_by("opened_at")),
        "official": official,
        "may_open_duty": Duty.objects.visible_to(request.user).filter(pk=patrol.duty_id).exists(),
        "timeline": audit.timeline(patrol) if official else [],
    }
    return render(request, "patrols/record.html", context)


def _answers(patrol: Patrol) -> list[dict[str, Any]]:
    answers, notes = (patrol.answers.get(name, {}) for name in ("answers", "notes"))
    words = dict(fields.choices())
    shown_items = []
    for item in checklist.items(patrol.form, patrol.duty.kind):
        answer = answers.get(item.key, "")
        icon, tone = ANSWERS.get(answer, ("circle", ""))
        shown_items.append(
            {
                "item": item,
                "badge": shown.Badge(icon, words.get(answer, "—"), tone),
                "note": notes.get(item.key, ""),
            }
        )
    return shown_items


def _rolls(patrol: Patrol) -> list[dict[str, Any]]:
    rolls = patrol.rolls.select_related("lesson__unit")
    found = []
    for roll in rolls.prefetch_related("lines__person"):
        lines = list(roll.lines.all())
        found.append({"roll": roll, "lines": lines, "counts": _counts(lines)})
    return found


def _counts(lines: Sequence[RollLine]) -> str:
    """How many were found how, in words; who was not called is not counted as absent."""
    counts = Counter(line.found for line in lines)
    words = {Found.HERE: _("在场 %d 人"), Found.ABSENT: _("不在场 %d 人"),
             Found.OTHER: _("不是本人 %d 人"), None: _("没有点 %d 人")}  # fmt: skip
    said = [word % counts[key] for key, word in words.items() if counts[key]]
    return "，".join(said)


def _no_roll(patrol: Patrol) -> str:
    """Why there is no roll call on a record, when something has to be said about it."""
    if patrol.way == Way.REMOTE:
        return ""
    if patrol.answers.get("expected", True):
        return _("没有点名。")
    return _("当天没有应到的人，不用点名。")


@login_required
@require_GET
def photo(request: SignedIn, pk: int) -> FileResponse:
    """One picture, for whoever sees the patrol."""
    rows = Photo.objects.visible_to(request.user).select_related("file")
    return files.respond(get_object_or_404(rows, pk=pk).file, inline=True)
