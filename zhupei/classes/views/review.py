"""The desk of a reviewer: one item of the checklist with its evidence, and the answer to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from zhupei.classes import evidence as gather
from zhupei.classes import precheck, review
from zhupei.classes.access import may_open_evidence, may_review
from zhupei.classes.actions import review as actions
from zhupei.classes.forms_review import FindingForm
from zhupei.classes.models import TrainingClass
from zhupei.classes.review import Desk, Folder, Line
from zhupei.classes.rules.review import PING_SECONDS
from zhupei.classes.views.frame import badge, load, me
from zhupei.core import files, office
from zhupei.core.errors import NotAllowed, Refused

UNPROCESSABLE = 422
PDF = "application/pdf"
SHOWN_IN_PAGE = {PDF, "image/png", "image/jpeg"}


@never_cache
@login_required
@require_GET
def evidence(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """One item: opening it is recorded, and that is what the approval asks for."""
    found = _load(request, pk)
    held = review.folder(found, me(request))
    line = _line(review.lay_out(held), item)
    own = [paper for paper in line.item.papers if not paper.startswith("document/")]
    if not own:  # nothing to read but files: the first one not opened yet
        return redirect(line.url)
    return _opened(request, held, item, own[0])


@never_cache
@login_required
@require_GET
def evidence_document(request: HttpRequest, pk: int, item: str, document: int) -> HttpResponse:
    """One file of an item, shown in the page where the browser can."""
    found = _load(request, pk)
    held = review.folder(found, me(request))
    paper = f"document/{document}"
    if paper not in _line(review.lay_out(held), item).item.papers:
        raise Http404
    return _opened(request, held, item, paper)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """The reviewer's answer to one item; then the next one that has none."""
    found, form = load(request, pk), FindingForm(request.POST)
    if form.is_valid():
        try:
            actions.find(found, item, **form.cleaned_data, by=me(request))
        except Refused as refusal:
            if refusal.field not in form.fields:
                raise
            form.add_error(refusal.field, str(refusal))
    held = review.folder(found, me(request))
    if not form.is_valid():
        paper = _line(review.lay_out(held), item).item.papers[0]
        return _page(request, held, item, paper, form)
    open_ones = review.lay_out(held).unanswered
    if open_ones:
        return redirect(open_ones[0].url)
    messages.success(request, _("审核清单已填完，可以决定了。"))
    return redirect("classes:detail", pk)


@login_required
@require_POST
def still_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A page says that its paper is still on the screen; it hears how long that is by now."""
    found = load(request, pk)
    seconds = actions.still_reading(found, request.POST.get("paper", ""), by=me(request))
    return HttpResponse(str(seconds), content_type="text/plain")


@login_required
@xframe_options_sameorigin
@require_GET
def evidence_file(request: HttpRequest, pk: int, file: UUID) -> HttpResponseBase:
    """A file among the evidence, shown inside the page where the browser can.

    A browser's own reader of PDF does not start in a sandbox; nothing else may be framed.
    """
    found = _load(request, pk)
    stored = get_object_or_404(gather.files(found), pk=file)
    response = files.respond(stored, inline=stored.media_type in SHOWN_IN_PAGE)
    if stored.media_type == PDF:
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'"
    return response


def _load(request: HttpRequest, pk: int) -> TrainingClass:
    found = load(request, pk)
    if not may_open_evidence(me(request), found):
        raise NotAllowed("not_allowed", _("只有办学地的审核员和自治区住建厅能打开审核材料。"))
    return found


def _line(desk: Desk, item: str) -> Line:
    line = desk.line(item)
    if line is None:
        raise Http404
    return line


def _opened(request: HttpRequest, held: Folder, item: str, paper: str) -> HttpResponse:
    """Record that the paper was opened, and show it."""
    reading = actions.open_paper(held.training_class, paper, by=me(request), within=held)
    return _page(request, held.with_reading(reading), item, paper)


def _page(
    request: HttpRequest, held: Folder, item: str, paper: str, form: FindingForm | None = None
) -> HttpResponse:
    found = held.training_class
    report = precheck.report(found, staffed=item == "staffing")
    desk = review.lay_out(held, report.checks)
    line = _line(desk, item)
    context = {
        "class": found,
        "badge": badge(found.state),
        "crumbs": _crumbs(found, line),
        "desk": desk,
        "line": line,
        "evidence": gather.of(found, item, report),
        "template": f"classes/_review_{item}.html",
        "beacon": {"paper": paper, "seconds": PING_SECONDS},
        "may_answer": found.state in actions.OPEN_TO_FINDINGS and may_review(me(request), found),
        "form": form or FindingForm(initial=_said(line)),
        **_shown(desk, line, paper),
        **_neighbours(desk, line),
    }
    return render(request, "classes/review.html", context, status=UNPROCESSABLE if form else 200)


def _shown(desk: Desk, line: Line, paper: str) -> dict[str, Any]:
    """The paper on the screen; of a file, how the browser can show it."""
    shown = next(one for one in line.papers if one.paper == paper)
    if not paper.startswith("document/"):
        return {"shown": shown}
    document = desk.folder.documents[int(paper.partition("/")[2])]
    ways = {PDF: "frame", "image/png": "image", "image/jpeg": "image"}
    way = ways.get(document.file.media_type, "")
    text = None if way else office.shown(document.file)
    return {"shown": shown, "document": document, "way": way, "text": text}


def _said(line: Line) -> dict[str, str]:
    found = line.finding
    return {"verdict": found.verdict, "note": found.note} if found else {}


def _crumbs(found: TrainingClass, line: Line) -> list[dict[str, Any]]:
    return [
        {"label": _("开班计划"), "url": reverse("classes:index")},
        {"label": found.number, "url": reverse("classes:detail", args=[found.pk])},
        {"label": line.title},
    ]


def _neighbours(desk: Desk, line: Line) -> dict[str, Line | None]:
    place = desk.lines.index(line)
    after = desk.lines[place + 1] if place + 1 < len(desk.lines) else None
    return {"before": desk.lines[place - 1] if place else None, "after": after}
