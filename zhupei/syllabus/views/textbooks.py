"""The list of textbooks: proposed by those who teach, decided on by the region."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.people.requests import SignedIn
from zhupei.syllabus.access import may_correct, may_propose
from zhupei.syllabus.actions import textbooks as actions
from zhupei.syllabus.forms import BookFilters, BookForm
from zhupei.syllabus.models import BookState, Textbook
from zhupei.syllabus.views.syllabi import PER_PAGE, UNPROCESSABLE
from zhupei.syllabus.workflow import TEXTBOOK

MOVES = {"approve": actions.approve, "decline": actions.decline, "retire": actions.retire}
IN_TURN = Case(  # what waits for somebody, what may be used, what no more
    When(state=BookState.PROPOSED, then=0), When(state=BookState.APPROVED, then=1), default=2
)


@login_required
@require_GET
def textbooks(request: SignedIn) -> HttpResponse:
    """The books somebody may see; proposals come first."""
    filters = BookFilters(request.GET or None)
    rows = _narrowed(Textbook.objects.visible_to(request.user), filters)
    rows = rows.select_related("proposed_by").prefetch_related("jobs")
    ordered = rows.order_by(IN_TURN, "title", "-year", "pk")
    context = {
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "may_propose": may_propose(request.user),
        "shell": shell_of(request),
    }
    return render(request, "syllabus/textbooks.html", context)


def _narrowed(rows: Any, filters: BookFilters) -> Any:
    if not filters.is_valid():
        return rows
    wanted = filters.cleaned_data
    rows = rows.found_by(wanted["q"])
    if wanted["job"]:
        rows = rows.filter(jobs=wanted["job"])
    return rows.filter(state=wanted["state"]) if wanted["state"] else rows


def _load(request: SignedIn, pk: int) -> Textbook:
    visible = Textbook.objects.visible_to(request.user).select_related("proposed_by")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_GET
def textbook(request: SignedIn, pk: int) -> HttpResponse:
    """One book, what I may do with it, what happened to it."""
    book = _load(request, pk)
    open_still = book.state == BookState.PROPOSED
    context = {
        "book": book,
        "jobs": book.jobs.order_by("category", "code"),
        "moves": TEXTBOOK.available(book, request.user),
        "may_correct": open_still and may_correct(request.user, book),
        "timeline": audit.timeline(book) if request.user.acting else [],
        "shell": shell_of(request),
    }
    return render(request, "syllabus/textbook.html", context)


@login_required
@require_POST
def decide(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("syllabus:textbook", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedIn) -> HttpResponse:
    """Put a book forward."""
    if not may_propose(request.user):
        raise Http404
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        made = _try(form, lambda: actions.propose(fields.pop("isbn"), by=request.user, **fields))
        if made:
            messages.success(request, _("已报自治区住建厅认定。"))
            return redirect("syllabus:textbook", pk=made.pk)
    return _form(request, form, reverse("syllabus:textbooks"))


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Correct what was said of a book nobody has decided on."""
    book = _load(request, pk)
    if not may_correct(request.user, book):
        raise Http404
    form = BookForm(request.POST or None, instance=_load(request, pk))
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        if _try(form, lambda: actions.change(book, by=request.user, **fields)):
            return redirect("syllabus:textbook", pk=pk)
    return _form(request, form, reverse("syllabus:textbook", args=[pk]))


def _form(request: SignedIn, form: BookForm, back: str) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "back": back}
    return render(request, "syllabus/textbook_form.html", context, status=status)


def _try(form: Any, verb: Any) -> Any:
    """Call the action; a refusal goes beside its field and nothing typed is lost."""
    try:
        return verb()
    except Refused as refusal:
        refusal.beside(form)
    except ValidationError as wrong:
        form.add_error(None, wrong)
    return None
