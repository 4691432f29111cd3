"""Taking items in from files, and handing them out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import files, import_papers
from zhupei.core.audit import subject_key
from zhupei.core.models import WaitingFile
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import actions, sheet
from zhupei.questions.models import QuestionSet
from zhupei.questions.views.frame import load


def _file(request: SignedIn, question_set: QuestionSet, pk: Any) -> WaitingFile:
    visible = WaitingFile.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=pk, target=subject_key(question_set))


@login_required
@require_GET
def rehearsal(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """What the dry run found: every fault with its place and what to do."""
    question_set = load(request, pk)
    waiting = _file(request, question_set, file)
    reading = actions.rehearse(waiting)
    report = {
        "file": waiting.name,
        "total": len(reading.rows),
        "good": len(reading.good),
        "refused": len(reading.bad),
        "rows": [fault for row in reading.bad for fault in row.faults],
        "confirm_url": reverse("questions:take-in", args=[pk, file]),
        "corrected_url": reverse("questions:corrected", args=[pk, file]),
    }
    context = {"question_set": question_set, "report": report}
    return render(request, "questions/rehearsal.html", context)


@login_required
@require_POST
def take_in(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """Store the good rows of a dry run."""
    question_set = load(request, pk)
    waiting = _file(request, question_set, file)
    count = actions.take_in(question_set, waiting, by=request.user)
    messages.success(request, _("已导入 %(count)d 题。") % {"count": count})
    return redirect("questions:detail", pk=pk)


@login_required
@require_GET
def corrected(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """The bad rows with their reasons, to be put right and sent again."""
    waiting = _file(request, load(request, pk), file)
    reading = actions.rehearse(waiting)
    return _spreadsheet(import_papers.corrected(sheet.kind(), reading), _("待改正的试题.xlsx"))


@login_required
@require_GET
def template(request: SignedIn) -> HttpResponse:
    """The spreadsheet to fill in."""
    if not regulates(request.user):
        raise Http404
    return _spreadsheet(import_papers.template(sheet.kind()), _("试题导入模板.xlsx"))


def _spreadsheet(content: bytes, name: str) -> HttpResponse:
    return files.attachment(content, name=name, media_type=import_papers.CONTENT_TYPE)
