"""材料: what is printed for a sitting, what the bureau asked about its plan, who may sit."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import files, longjobs, tables
from zhupei.core.errors import NotAllowed
from zhupei.exams import printing, roster
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.actions import eligibility
from zhupei.exams.actions import materials as actions
from zhupei.exams.forms import QuestionForm
from zhupei.exams.models import Candidate, Sitting, SlipBatch
from zhupei.exams.views import asking
from zhupei.exams.views.frame import frame, load
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def papers(request: SignedIn, pk: int) -> HttpResponse:
    """Everything on paper, and the questions of the bureau."""
    return _papers(request, load(request, pk), QuestionForm())


def _papers(request: SignedIn, sitting: Sitting, form: QuestionForm) -> HttpResponse:
    batch = SlipBatch.objects.visible_to(request.user).filter(sitting=sitting)
    newest = batch.select_related("job", "file").order_by("-pk").first()
    runs = may_run(request.user, sitting)
    file_url = reverse("exams:slip-file", args=[newest.pk]) if newest and newest.file else ""
    context: dict[str, Any] = frame(sitting, "papers") | {
        "prints": may_invigilate(request.user, sitting),
        "kinds": [(kind, printing.KINDS[kind]) for kind in printing.FOR_THE_DOOR],
        "runs": runs,
        "job": longjobs.part(newest.job, result_url=file_url) if newest and runs else None,
    }
    context |= asking.part(request, sitting, form)
    status = 422 if form.errors else 200
    return render(request, "exams/papers.html", context, status=status)


@login_required
@require_GET
@never_cache
def paper(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """The list for the door, the plan or the labels, as PDF."""
    sitting = load(request, pk)
    if kind not in printing.FOR_THE_DOOR:
        raise Http404
    if not may_invigilate(request.user, sitting):
        raise NotAllowed("not_allowed", _("考场材料只给这场的考务员和临近开考时的监考员。"))
    content = printing.for_the_rooms(sitting, kind)
    return pdf(content, f"{printing.KINDS[kind]}-{sitting.number or sitting.pk}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at in the browser."""
    answer = HttpResponse(content, content_type="application/pdf")
    disposition = content_disposition_header(as_attachment=False, filename=name)
    answer["Content-Disposition"] = disposition or "inline"
    return answer


@login_required
@require_POST
def make_slips(request: SignedIn, pk: int) -> HttpResponse:
    """Have the slips of everybody made."""
    actions.ask_for_slips(load(request, pk), by=request.user)
    return redirect("exams:papers", pk)


@login_required
@require_GET
def slip_file(request: SignedIn, pk: int) -> HttpResponseBase:
    """The file of all slips."""
    batches = SlipBatch.objects.visible_to(request.user).select_related("sitting", "file")
    batch = get_object_or_404(batches, pk=pk)
    if not may_run(request.user, batch.sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能下载全部准考证。"))
    if batch.file is None:
        raise Http404
    return files.respond(batch.file)


@login_required
@require_GET
@never_cache
def slip(request: SignedIn, pk: int) -> HttpResponse:
    """One's own slip."""
    seats = Candidate.objects.own(request.user).select_related(
        "person",
        "sitting__organization",
        "sitting__job",
        "sitting__room",
        "place__room",
        "enrolment__training_class__organization",
    )
    candidate = get_object_or_404(seats, pk=pk)
    actions.check_has_slips(candidate.sitting)
    return pdf(printing.slip(candidate), f"准考证-{printing.number(candidate)}.pdf")


@login_required
@require_GET
def entitled(request: SignedIn, pk: int) -> HttpResponse:
    """Who may be seated and who may not, with the reasons, as a spreadsheet."""
    sitting = load(request, pk)
    if not may_run(request.user, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能导出名单。"))
    within = list(eligibility.within_reach(sitting))
    content = roster.workbook(within, eligibility.verdicts(sitting, within))
    return tables.answer(content, f"考生资格-{sitting.number or sitting.pk}.xlsx")


@login_required
@require_POST
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau asks back."""
    sitting = load(request, pk)
    form, asked = asking.ask(request, sitting)
    return _papers(request, sitting, form) if form.errors else asked


@login_required
@require_POST
def reply(request: SignedIn, pk: int, question: int) -> HttpResponse:
    """The body answers."""
    return asking.reply(request, load(request, pk), question)
