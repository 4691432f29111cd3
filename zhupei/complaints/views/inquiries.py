"""What a body complained about sees: what it is asked, and its answer. Nothing leads further."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from zhupei.complaints.access import may_answer
from zhupei.complaints.actions import inquiries as actions
from zhupei.complaints.forms import AnswerForm
from zhupei.complaints.models import Inquiry, InquiryPaper, InquiryState
from zhupei.complaints.views.shared import A_PAGE, UNPROCESSABLE, inquiry_badge, tried
from zhupei.core import audit, clock, files
from zhupei.core.upload_field import hold
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """What somebody's body was asked, what waits for an answer first."""
    if request.user.acting is None:
        raise Http404
    rows = Inquiry.objects.visible_to(request.user).select_related("organization", "training_class")
    state = request.GET.get("state", "")
    if state in InquiryState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-asked_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    known = clock.calendar(now)
    shown = [
        {
            "inquiry": row,
            "badge": inquiry_badge(row),
            "left": clock.left(None if row.answered_at else row.due_at, now, known),
        }
        for row in page
    ]
    context = {"page": page, "rows": shown, "state": state, "states": InquiryState.choices}
    return render(request, "complaints/inquiries.html", context)


def _load(request: SignedIn, pk: int) -> Inquiry:
    rows = Inquiry.objects.visible_to(request.user).select_related(
        "organization", "training_class", "asked_by", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One question."""
    return render(request, "complaints/inquiry.html", _page(request, _load(request, pk)))


@login_required
@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """The body explains itself."""
    found = _load(request, pk)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        if tried(
            form,
            lambda: actions.answer(
                found, by=request.user, text=said["text"], uploads=said["papers"]
            ),
        ):
            return redirect("complaints:inquiry", pk=pk)
    hold(form, by=request.user)
    return render(
        request, "complaints/inquiry.html", _page(request, found, form), status=UNPROCESSABLE
    )


@login_required
@require_GET
def paper(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """Open a paper of the answer."""
    found: InquiryPaper = get_object_or_404(
        _load(request, pk).papers.select_related("file", "inquiry"), pk=paper
    )
    return files.respond(actions.look(found, by=request.user))


def _page(request: SignedIn, found: Inquiry, form: AnswerForm | None = None) -> dict[str, Any]:
    now = timezone.now()
    may = found.state == InquiryState.ASKED and may_answer(request.user, found)
    due = None if found.answered_at else found.due_at
    return {
        "inquiry": found,
        "badge": inquiry_badge(found),
        "left": clock.left(due, now, clock.calendar(now)),
        "papers": found.papers.select_related("file"),
        "form": form or (AnswerForm() if may else None),
        "timeline": audit.timeline(found, subject=audit.subject_key(found)),
    }
