"""Pages about the question bank."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files, import_papers
from zhupei.core.audit import subject_key
from zhupei.core.errors import Refused
from zhupei.core.models import WaitingFile
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import actions, sheet
from zhupei.questions.access import may_keep, may_see_items
from zhupei.questions.forms import SetForm, SheetForm
from zhupei.questions.models import QuestionSet, State
from zhupei.questions.workflow import QUESTION_SET

MOVES = {"publish": actions.publish, "retire": actions.retire}


def _load(request: SignedIn, pk: int) -> QuestionSet:
    visible = QuestionSet.objects.visible_to(request.user).select_related("job")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedIn) -> HttpResponse:
    """The sets somebody may see; for the region the form that starts a new one."""
    keeper = regulates(request.user)
    form = SetForm(request.POST or None) if keeper else None
    if request.method == "POST" and form and form.is_valid():
        fields = form.cleaned_data
        try:
            started = actions.start(fields["job"], by=request.user, title=fields["title"])
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("questions:detail", pk=started.pk)
    rows = QuestionSet.objects.visible_to(request.user).select_related("job")
    rows = rows.annotate(size=Count("items")).order_by("job__code", "-pk")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "questions/index.html", {"page": page, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One set: how many items of each kind, its moves, the import."""
    question_set = _load(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            file = actions.receive(question_set, by=request.user, upload=upload)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("questions:rehearsal", pk=pk, file=file.pk)
    return render(request, "questions/detail.html", _detail(request, question_set, form))


def _detail(request: SignedIn, question_set: QuestionSet, form: SheetForm) -> dict[str, Any]:
    kinds = question_set.items.values_list("latest__kind").annotate(n=Count("pk")).order_by()
    return {
        "question_set": question_set,
        "kinds": dict(kinds),
        "size": sum(count for _kind, count in kinds),
        "moves": QUESTION_SET.available(question_set, request.user),
        "may_import": question_set.state == State.DRAFT and may_keep(request.user, question_set),
        "may_see_items": may_see_items(request.user, question_set),
        "form": form,
        "timeline": audit.timeline(question_set),
    }


def _file(request: SignedIn, question_set: QuestionSet, pk: Any) -> WaitingFile:
    visible = WaitingFile.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=pk, target=subject_key(question_set))


@login_required
@require_GET
def rehearsal(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """What the dry run found: every fault with its place and what to do."""
    question_set = _load(request, pk)
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
    question_set = _load(request, pk)
    waiting = _file(request, question_set, file)
    count = actions.take_in(question_set, waiting, by=request.user)
    messages.success(request, _("已导入 %(count)d 题。") % {"count": count})
    return redirect("questions:detail", pk=pk)


@login_required
@require_GET
def corrected(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """The bad rows with their reasons, to be put right and sent again."""
    waiting = _file(request, _load(request, pk), file)
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


@login_required
@require_GET
def items(request: SignedIn, pk: int) -> HttpResponse:
    """The items with their keys; every look is an event."""
    question_set = _load(request, pk)
    actions.look(question_set, by=request.user)
    page = Paginator(question_set.items.select_related("latest").order_by("pk"), 20).get_page(
        request.GET.get("page")
    )
    return render(request, "questions/items.html", {"question_set": question_set, "page": page})


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("questions:detail", pk=pk)
