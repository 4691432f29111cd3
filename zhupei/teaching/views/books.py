"""Textbooks of a class: chosen, given, confirmed by those who got them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.classes.views.frame import load
from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn
from zhupei.teaching.access import may_give_books
from zhupei.teaching.actions import books as actions
from zhupei.teaching.forms import BookForm
from zhupei.teaching.models import ClassBook, HandOut
from zhupei.teaching.views.shared import UNPROCESSABLE, beside, part


@login_required
@require_http_methods(["GET", "POST"])
def books(request: SignedIn, pk: int) -> HttpResponse:
    """The books of a class and who has confirmed theirs."""
    found = load(request, pk)
    gives = may_give_books(request.user, found)
    form = BookForm(found, request.POST or None) if gives else None
    if form and request.method == "POST" and form.is_valid():
        try:
            actions.choose(found, form.cleaned_data["textbook"], by=request.user)
        except Refused as refusal:
            beside(form, refusal)
        else:
            return redirect("teaching:books", pk)
    context = part(request, found, "books") | {
        "form": form,
        "gives": gives,
        "shelves": _shelves(request, found),
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "teaching/books.html", context, status=status)


def _shelves(request: SignedIn, found: TrainingClass) -> list[dict[str, object]]:
    """Each book with those who got it, and those who have not yet."""
    learners = list(
        Enrolment.objects.visible_to(request.user)
        .active()
        .filter(training_class=found)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    given = HandOut.objects.visible_to(request.user).filter(book__training_class=found)
    by_book: dict[int, dict[int, HandOut]] = {}
    for row in given:
        by_book.setdefault(row.book_id, {})[row.enrolment_id] = row
    shelves: list[dict[str, object]] = []
    for book in found.books.select_related("textbook"):
        got = by_book.get(book.pk, {})
        rows = [{"enrolment": one, "hand_out": got.get(one.pk)} for one in learners]
        confirmed = sum(bool(row.confirmed_at) for row in got.values())
        shelves.append({"book": book, "rows": rows, "given": len(got), "confirmed": confirmed})
    return shelves


def _book(request: SignedIn, pk: int) -> ClassBook:
    visible = ClassBook.objects.visible_to(request.user)
    found: ClassBook = get_object_or_404(
        visible.select_related("training_class", "textbook"), pk=pk
    )
    return found


@login_required
@require_POST
def give(request: SignedIn, pk: int) -> HttpResponse:
    """Hand the book out to those ticked."""
    book = _book(request, pk)
    ticked = [int(key) for key in request.POST.getlist("enrolment") if key.isdecimal()]
    enrolments = Enrolment.objects.visible_to(request.user).filter(pk__in=ticked)
    made = actions.give(book, enrolments, by=request.user)
    words = ngettext("已发给 %(n)d 人，等本人确认。", "已发给 %(n)d 人，等本人确认。", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect("teaching:books", book.training_class_id)


@login_required
@require_POST
def drop(request: SignedIn, pk: int) -> HttpResponse:
    """Take a book off the class."""
    book = _book(request, pk)
    actions.drop(book, by=request.user)
    return redirect("teaching:books", book.training_class_id)


def _hand_out(request: SignedIn, pk: int) -> HandOut:
    visible = HandOut.objects.visible_to(request.user).select_related(
        "enrolment__person", "book__textbook", "book__training_class__organization"
    )
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def code(request: SignedIn, pk: int) -> HttpResponse:
    """Confirming with the code on the learner's telephone."""
    hand_out = _hand_out(request, pk)
    if not may_give_books(request.user, hand_out.book.training_class):
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            if "send" in request.POST:
                actions.send_code(hand_out, by=request.user)
                messages.success(request, _("验证码已发到学员本人手机。"))
                return redirect("teaching:code", pk)
            typed = request.POST.get("code", "")
            actions.confirm_by_code(hand_out, by=request.user, code=typed)
        except Refused as refusal:
            fault = str(refusal)
        else:
            messages.success(request, _("已由本人验证码确认。"))
            return redirect("teaching:books", hand_out.book.training_class_id)
    context = {"hand_out": hand_out, "fault": fault, "typed": request.POST.get("code", "")}
    status = UNPROCESSABLE if fault else 200
    return render(request, "teaching/code.html", context, status=status)


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """The books a learner was given."""
    if request.user.acting is not None:
        raise Http404
    rows = HandOut.objects.visible_to(request.user).select_related(
        "book__textbook", "book__training_class__organization"
    )
    return render(request, "teaching/my_books.html", {"rows": rows.order_by("-given_at")})


@login_required
@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The learner has it, and it is theirs."""
    actions.confirm(_hand_out(request, pk), by=request.user)
    messages.success(request, _("已确认收到。教材归您，任何人不得收回。"))
    return redirect("teaching:my_books")
