"""Rubrics: the list, one version, what changed, the spreadsheet of one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, import_papers, tables
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import WaitingFile
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.practical import spreadsheet
from zhupei.practical.access import may_write
from zhupei.practical.actions import rubrics as actions
from zhupei.practical.forms import RubricFilters, RubricForm, SpreadsheetForm
from zhupei.practical.models import Rubric, RubricState
from zhupei.practical.rules import rubric as rules
from zhupei.practical.sentences import CHANGED, what_is_wrong
from zhupei.practical.views import fields
from zhupei.practical.workflow import RUBRIC

PER_PAGE = 25
UNPROCESSABLE = 422
MOVES: dict[str, Any] = {"publish": actions.publish, "retire": actions.retire}
BADGES = {
    RubricState.DRAFT: ("pencil", ""),
    RubricState.PUBLISHED: ("circle-check", "ok"),
    RubricState.RETIRED: ("ban", "bad"),
}


def load(request: SignedIn, pk: int) -> Rubric:
    visible = Rubric.objects.visible_to(request.user).select_related("job")
    return get_object_or_404(visible, pk=pk)


def badge(rubric: Rubric) -> dict[str, str]:
    icon, tone = BADGES[RubricState(rubric.state)]
    return {"icon": icon, "word": rubric.get_state_display(), "tone": tone}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every rubric somebody may see, those in force and the newest first."""
    if request.user.acting is None:
        raise Http404
    filters = RubricFilters(request.GET)
    rows = filters.narrow(Rubric.objects.visible_to(request.user).select_related("job"))
    page = Paginator(rows.order_by("job__code", "level", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [(one, badge(one), one.values) for one in page],
        "may_start": regulates(request.user),
    }
    return render(request, "practical/rubrics.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: SignedIn) -> HttpResponse:
    """A new version: empty, or with the content of another one (``?like=``)."""
    if not regulates(request.user):
        raise NotAllowed("not_allowed", _("评分表由自治区住建厅统一管理。"))
    like = _like(request)
    first = {"job": like.job_id, "level": like.level, "basis": like.basis} if like else {}
    form = RubricForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            started = actions.start(fields.pop("job"), by=request.user, like=like, **fields)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("practical:rubric", pk=started.pk)
    context = {"form": form, "like": like, "cancel_url": reverse("practical:rubrics")}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "practical/rubric_start.html", context, status=status)


def _like(request: SignedIn) -> Rubric | None:
    wanted = request.GET.get("like", "")
    return load(request, int(wanted)) if wanted.isascii() and wanted.isdigit() else None


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One version: its tasks and criteria, what is still wrong, the moves, the import."""
    rubric = load(request, pk)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.receive(rubric, by=request.user, upload=form.cleaned_data["file"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("practical:rehearsal", pk=pk, file=file.pk)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "practical/rubric.html", _detail(request, rubric, form), status=status)


def _detail(request: SignedIn, rubric: Rubric, form: SpreadsheetForm) -> dict[str, Any]:
    draft = rubric.state == RubricState.DRAFT
    wrong = rules.flaws(rubric.values) if draft else []
    of_the_same = Rubric.objects.visible_to(request.user).filter(
        job=rubric.job_id, level=rubric.level
    )
    return {
        "rubric": rubric,
        "values": rubric.values,
        "badge": badge(rubric),
        "wrong": [what_is_wrong(one) for one in wrong],
        "moves": _moves(rubric, request.user, len(wrong)),
        "may_edit": draft and may_write(request.user, rubric),
        "may_copy": may_write(request.user, rubric),
        "form": form,
        "others": of_the_same.exclude(pk=rubric.pk).order_by("-pk")[:10],
        "timeline": audit.timeline(rubric),
    }


def _moves(rubric: Rubric, user: Any, wrong: int) -> list[dict[str, Any]]:
    icons = {"publish": "send", "retire": "ban"}
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "consequence": move.consequence,
            "icon": icons[move.name],
            "blocked": _("还有 %(count)d 处要改。") % {"count": wrong} if wrong else "",
        }
        for move in RUBRIC.available(rubric, user)
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("practical:rubric", pk=pk)


@login_required
@require_GET
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """The rubric as an assessor has it on a phone."""
    rubric = load(request, pk)
    context = {"rubric": rubric, "values": rubric.values, "groups": fields.groups(rubric.values)}
    return render(request, "practical/preview.html", context)


@login_required
@require_GET
def difference(request: SignedIn, pk: int, other: int) -> HttpResponse:
    """What changed from one version to another of the same job and level."""
    before, after = load(request, pk), load(request, other)
    found = rules.difference(before.values, after.values)
    changes = [
        {
            "field": f"{CHANGED[one.what]}“{one.name}”"
            + (f"：{CHANGED[one.field]}" if one.field else ""),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]
    context = {"before": before, "after": after, "changes": changes}
    return render(request, "practical/difference.html", context)


# ── The spreadsheet ──────────────────────────────────────────────────────────────────────────


def _file(request: SignedIn, rubric: Rubric, key: Any) -> WaitingFile:
    visible = WaitingFile.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=key, target=subject_key(rubric))


@login_required
@require_GET
def rehearsal(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """What the dry run found: every fault with its place and what to do."""
    rubric = load(request, pk)
    waiting = _file(request, rubric, file)
    reading = actions.rehearse(waiting)
    report = {
        "file": waiting.name,
        "total": len(reading.rows),
        "good": len(reading.good),
        "refused": len(reading.bad),
        "rows": [fault for row in reading.bad for fault in row.faults],
        "confirm_url": reverse("practical:take-in", args=[pk, file]),
        "corrected_url": reverse("practical:corrected", args=[pk, file]),
    }
    return render(request, "practical/rehearsal.html", {"rubric": rubric, "report": report})


@login_required
@require_POST
def take_in(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """Put the good rows of a dry run into the draft."""
    rubric = load(request, pk)
    actions.take_in(rubric, _file(request, rubric, file), by=request.user)
    messages.success(request, _("已导入，草稿的内容换成了文件里的内容。"))
    return redirect("practical:rubric", pk=pk)


@login_required
@require_GET
def corrected(request: SignedIn, pk: int, file: Any) -> HttpResponse:
    """The bad rows with their reasons, to be put right and sent again."""
    reading = actions.rehearse(_file(request, load(request, pk), file))
    return tables.answer(
        import_papers.corrected(spreadsheet.kind(), reading), _("待改正的评分表.xlsx")
    )


@login_required
@require_GET
def template(request: SignedIn) -> HttpResponse:
    """The spreadsheet to fill in."""
    if not regulates(request.user):
        raise Http404
    return tables.answer(import_papers.template(spreadsheet.kind()), _("评分表导入模板.xlsx"))
