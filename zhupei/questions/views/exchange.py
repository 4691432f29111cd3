"""Taking items in from files and texts, and handing them out."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files, import_papers, longjobs, tables
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, beside
from zhupei.core.models import LongJob, WaitingFile
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import actions
from zhupei.questions.actions import exchange, handing_out, likely
from zhupei.questions.formats import give_back, recognise, sheet, write_sheet
from zhupei.questions.formats.draft import Draft, Reading
from zhupei.questions.forms_exchange import BringForm, ExportForm, OriginForm
from zhupei.questions.models import QuestionSet, acts_as_expert
from zhupei.questions.shown_drafts import preview
from zhupei.questions.views.frame import frame, load

FORMATS = [
    (
        "file-spreadsheet",
        gettext_lazy("Excel"),
        gettext_lazy("下载模板填写；图片直接放进那一行。五种题型和案例都行。"),
    ),
    (
        "file-text",
        gettext_lazy("Word 或文本"),
        gettext_lazy("“1. …（　）A. …　答案：B　解析：…”；答案在题后、括号里或文末都行。"),
    ),
    (
        "database",
        gettext_lazy("QTI 2.1、3.0"),
        gettext_lazy("考试系统之间交换用的包，连图片。匹配、拖放等题型退回。"),
    ),
    (
        "school",
        gettext_lazy("Moodle XML、GIFT、Aiken"),
        gettext_lazy("从 Moodle 题库导出的文件。"),
    ),
]
FAULTS_SHOWN = 50
PREVIEWS_SHOWN = 10


# --- choosing -----------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a file or a text; have the set handed out; say whose bank it is."""
    question_set = load(request, pk)
    return _doing(request, question_set, BringForm, _bring)


def _doing(
    request: SignedIn,
    question_set: QuestionSet,
    kind: type[Form],
    verb: Callable[[SignedIn, QuestionSet, dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """Read one of the forms of the page and do it; what was typed stays when it is refused."""
    shown = frame(request, question_set, "exchange")
    if not (shown["may_author"] or shown["may_see_items"]):
        raise NotAllowed("not_allowed", _("导入导出是题库专家和题库管理员的事。"))
    form = kind(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = isinstance(form, BringForm) and form.cleaned_data.get("text")
        with beside(form, **({"file": "text"} if typed else {})):
            return verb(request, question_set, form.cleaned_data)
    shown |= {
        "bring_form": form if isinstance(form, BringForm) else BringForm(),
        "export_form": form if isinstance(form, ExportForm) else ExportForm(),
        "origin_form": OriginForm(instance=question_set),
        "may_export": shown["may_see_items"],
        "formats": FORMATS,
    }
    status = 422 if form.errors else 200
    return render(request, "questions/exchange.html", shown, status=status)


def _bring(request: SignedIn, question_set: QuestionSet, said: dict[str, Any]) -> HttpResponse:
    form, by = said["form"], request.user
    if said["file"]:
        file = actions.receive(question_set, by=by, upload=said["file"], form=form)
    else:
        file = actions.receive_text(question_set, by=by, text=said["text"], form=form)
    return redirect(_here("rehearsal", question_set, file, form))


@login_required
@require_POST
def hand_out(request: SignedIn, pk: int) -> HttpResponse:
    """The items of a set as a file; that is an event."""
    return _doing(request, load(request, pk), ExportForm, _hand_out)


def _hand_out(request: SignedIn, question_set: QuestionSet, said: dict[str, Any]) -> HttpResponse:
    paper = handing_out.export(
        question_set, by=request.user, form=said["form"], scope=said["scope"]
    )
    return files.attachment(paper.content, name=paper.name, media_type=paper.media_type)


@login_required
@require_http_methods(["GET", "POST"])
def origin(request: SignedIn, pk: int) -> HttpResponse:
    """Say whose bank a set comes from."""
    question_set = load(request, pk)
    shown = frame(request, question_set, "exchange")
    if not shown["may_keep"]:
        raise NotAllowed("not_allowed", _("题库的来源由题库管理员写明。"))
    form = OriginForm(request.POST or None, instance=load(request, pk))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with beside(form):
            actions.say_origin(
                question_set,
                by=request.user,
                origin=said["origin"],
                source=said["origin_source"],
                on=said["origin_on"],
            )
            messages.success(request, _("已写明来源。"))
            return redirect("questions:exchange", pk=pk)
    shown["form"] = form
    return render(request, "questions/origin.html", shown, status=422 if form.errors else 200)


# --- the dry run --------------------------------------------------------------------------------


def _file(request: SignedIn, question_set: QuestionSet, pk: Any) -> WaitingFile:
    visible = WaitingFile.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=pk, target=subject_key(question_set))


def _form(request: SignedIn) -> str:
    """The format the address names."""
    form = request.GET.get("as", recognise.AUTO)
    if form not in recognise.FORMATS:
        raise Http404
    return form


def _here(name: str, question_set: QuestionSet, file: WaitingFile, form: str) -> str:
    address = reverse(f"questions:{name}", args=[question_set.pk, file.pk])
    return address if form == recognise.AUTO else f"{address}?{urlencode({'as': form})}"


@never_cache
@login_required
@require_GET
def rehearsal(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """What the dry run found: what is wrong, with its place and what to do; the good ones shown."""
    question_set = load(request, pk)
    waiting, form = _file(request, question_set, file), _form(request)
    if exchange.under_way(question_set, waiting):
        return redirect("questions:importing", pk=pk, file=file)
    reading = actions.rehearse(waiting, form)
    new = exchange.fresh(question_set, reading.drafts)
    report = {
        "file": waiting.name,
        "format": recognise.FORMATS.get(reading.format, reading.format),
        "total": reading.count,
        "good": len(new),
        "refused": len(reading.unread),
        "known": len(reading.drafts) - len(new),
        "later": len(reading.drafts) > exchange.AT_ONCE,
        "confirm_url": _here("take-in", question_set, waiting, form),
        "corrected_url": _here("corrected", question_set, waiting, form),
        "text_url": _here("corrected-text", question_set, waiting, form)
        if reading.format in give_back.TEXTS
        else "",
    }
    context = frame(request, question_set, "exchange") | {"report": report, "form": form}
    context |= _pages(request, question_set, reading, new)
    return render(request, "questions/exchange_rehearsal.html", context)


def _pages(
    request: SignedIn, question_set: QuestionSet, reading: Reading, new: Sequence[Draft]
) -> dict[str, Any]:
    """One page of what is shown: faults, notes or the good ones."""
    offered = {
        "bad": len(reading.faults),
        "notes": len(reading.notes),
        "good": len(reading.drafts),
    }
    first = next((name for name, count in offered.items() if count and name != "notes"), "good")
    show = request.GET.get("show", first)
    if show not in offered:
        raise Http404
    rows = {"bad": reading.faults, "notes": reading.notes, "good": reading.drafts}[show]
    size = PREVIEWS_SHOWN if show == "good" else FAULTS_SHOWN
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"show": show, "page": page, "counts": offered}
    if show == "good":
        first_shown = max(page.start_index() - 1, 0)
        shown = range(first_shown, first_shown + len(page.object_list))
        of_page = [reading.drafts[place] for place in shown]
        alike = likely.like(question_set, reading.drafts, shown=shown, by=request.user)
        fresh = {id(draft) for draft in new}
        context["previews"] = [
            preview(draft, alike.get(place, []), known=id(draft) not in fresh)
            for place, draft in zip(shown, of_page, strict=True)
        ]
    return context


@login_required
@require_POST
def take_in(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """Draft the good ones of a dry run."""
    question_set = load(request, pk)
    waiting = _file(request, question_set, file)
    made = actions.take_in(question_set, waiting, by=request.user, form=_form(request))
    if isinstance(made, LongJob):
        return redirect("questions:importing", pk=pk, file=file)
    messages.success(
        request, _("已导入 %(count)d 题为草稿，提交后由两位专家审。") % {"count": made}
    )
    return redirect("questions:detail", pk=pk)


@never_cache
@login_required
@require_GET
def importing(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """How far the import of a long file is, and how it ended."""
    question_set = load(request, pk)
    waiting = _file(request, question_set, file)
    here = exchange.progress_url(question_set, waiting)
    job = LongJob.objects.visible_to(request.user).filter(url=here).order_by("-pk").first()
    if job is None:
        raise Http404
    part = longjobs.part(job, result_url=reverse("questions:detail", args=[pk]))
    if request.headers.get("HX-Request"):
        return render(request, "questions/exchange_importing.html#job", {"job": part})
    context = frame(request, question_set, "exchange") | {"job": part, "waiting": waiting}
    return render(request, "questions/exchange_importing.html", context)


# --- papers that go back ------------------------------------------------------------------------


@login_required
@require_GET
def corrected(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """The bad ones with their reasons as a spreadsheet, to be put right and sent again."""
    reading = actions.rehearse(_file(request, load(request, pk), file), _form(request))
    return tables.answer(write_sheet.give_back(reading.unread), _("待改正的试题.xlsx"))


@login_required
@require_GET
def corrected_text(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """The same as a text in the layout it came in."""
    reading = actions.rehearse(_file(request, load(request, pk), file), _form(request))
    if reading.format not in give_back.TEXTS:
        raise Http404
    content = give_back.as_text(reading.unread, reading.format).encode("utf-8-sig")
    return files.attachment(
        content, name=_("待改正的试题.txt"), media_type="text/plain; charset=utf-8"
    )


@login_required
@require_GET
def template(request: SignedIn) -> HttpResponse:
    """The spreadsheet to fill in."""
    if not (regulates(request.user) or acts_as_expert(request.user)):
        raise Http404
    return tables.answer(import_papers.template(sheet.kind()), _("试题导入模板.xlsx"))
