"""Records of help: the list, one of them, its moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.assistance.access import may_change, may_file, may_record
from zhupei.assistance.actions import help as actions
from zhupei.assistance.forms import EvidenceForm, Filters, HelpForm
from zhupei.assistance.models import Assistance, AssistanceQuerySet, HelpKind, State
from zhupei.assistance.views.shared import UNPROCESSABLE, badge, tried, worker
from zhupei.assistance.workflow import ASSISTANCE
from zhupei.core import audit, clock, files
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import dated
from zhupei.people.requests import SignedIn

A_PAGE = 25
MOVES = {
    "submit": actions.submit,
    "confirm": actions.confirm,
    "return": actions.send_back,
    "revoke": actions.revoke,
    "cancel": actions.cancel,
}
MOVE_ICONS = {
    "submit": "send",
    "confirm": "check",
    "return": "arrow-back-up",
    "revoke": "ban",
    "cancel": "x",
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The records somebody may see; those that wait come first."""
    user = worker(request)
    filters = Filters(request.GET or None)
    rows = Assistance.objects.visible_to(user)
    if filters.is_valid():
        rows = _narrowed(rows, filters.cleaned_data)
    related = rows.select_related("organization", "county__parent")
    page = Paginator(related.order_by("due_at", "-ended_on", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": _rows(page),
        "figures": figures(rows.confirmed().figures()),
        "may_record": may_record(user, user.acting.organization),
    }
    return render(request, "assistance/index.html", context)


def _narrowed(rows: AssistanceQuerySet, said: dict[str, Any]) -> AssistanceQuerySet:
    rows = rows.found_by_words(said["q"])
    if said["year"]:
        rows = rows.ended_in(said["year"])
    for name in ("kind", "state"):
        if said[name]:
            rows = rows.filter(**{name: said[name]})
    return rows


def _rows(page: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    known = clock.calendar(now)
    return [
        {"help": one, "badge": badge(one.state), "left": clock.left(one.due_at, now, known)}
        for one in page
    ]


def figures(said: dict[str, int]) -> list[dict[str, Any]]:
    """What was confirmed, as figures."""
    return [
        {"label": _("培训人次"), "value": said["person_times"], "note": _("已确认")},
        {"label": _("实训基地"), "value": said["bases"], "note": _("已确认")},
        {"label": _("受援县市"), "value": said["counties"]},
    ]


def _load(request: SignedIn, pk: int) -> Assistance:
    visible = Assistance.objects.visible_to(worker(request))
    related = ("organization__prefecture", "county__parent", "training_class", "authority")
    found: Assistance = get_object_or_404(visible.select_related(*related, "confirmed_by"), pk=pk)
    return found


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, kind: str) -> HttpResponse:
    """Begin a record of training or of a base."""
    user = worker(request)
    here = user.acting.organization
    if kind not in HelpKind.values or not may_record(user, here):
        raise Http404
    form = HelpForm(request.POST or None, kind=kind, organization=here)
    if form.is_valid():
        said: Any = form.said()
        made = tried(form, lambda: actions.draft(here, kind, by=user, said=said))
        if made:
            messages.success(request, _("已存为草稿。上传凭据后报送。"))
            return redirect(made)
    context = {"form": form, "heading": HelpKind(kind).label}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assistance/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change what a record says."""
    found = _load(request, pk)
    if not may_change(request.user, found):
        raise NotAllowed("not_allowed", _("这条记录现在不能由您修改。"))
    form = HelpForm(
        request.POST or None, instance=found, kind=found.kind, organization=found.organization
    )
    if form.is_valid():
        said: Any = form.said()
        if tried(form, lambda: actions.edit(found, by=request.user, said=said)):
            messages.success(request, _("已保存。"))
            return redirect(found)
    context = {"form": form, "heading": found.get_kind_display(), "help": found}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assistance/edit.html", context, status=status)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One record: what was done, on what evidence, who confirmed it."""
    return _detail(request, _load(request, pk))


def _detail(
    request: SignedIn, found: Assistance, status: int = 200, form: Any = None
) -> HttpResponse:
    user = request.user
    changing = may_change(user, found)
    now = timezone.now()
    context = {
        "help": found,
        "badge": badge(found.state),
        "facts": _facts(found),
        "pairing": found.pairing(),
        "left": clock.left(found.due_at, now, clock.calendar(now)),
        "files": found.files.select_related("file"),
        "may_change": changing,
        "form": form or (EvidenceForm() if changing else None),
        "moves": _moves(user, found),
        "timeline": audit.timeline(found),
    }
    return render(request, "assistance/detail.html", context, status=status)


def _facts(found: Assistance) -> list[dict[str, Any]]:
    days = {"first": dated(found.started_on), "last": dated(found.ended_on)}
    facts: list[dict[str, Any]] = [
        {"label": _("编号"), "value": found.number or _("报送时生成")},
        {"label": _("培训机构"), "value": found.organization},
        {"label": _("受援县市"), "value": f"{found.county.parent} {found.county}"},
        {"label": _("时间"), "value": _("%(first)s 至 %(last)s") % days},
        {"label": _("计入年度"), "value": actions.year_of(found)},
    ]
    if found.kind == HelpKind.BASE:
        facts += [
            {"label": _("基地地址"), "value": found.address or "—"},
            {"label": _("工位数"), "value": found.stations or "—"},
        ]
    else:
        facts += _people(found)
    if found.state == State.CONFIRMED:
        facts.append({"label": _("确认部门"), "value": found.authority})
        facts.append({"label": _("确认人"), "value": found.confirmed_by})
    return facts


def _people(found: Assistance) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = []
    note = _("机构填报，以花名册为凭")
    if found.training_class:
        url = reverse("classes:detail", args=[found.training_class.pk])
        people.append({"label": _("对应的班级"), "value": found.training_class, "url": url})
        note = _("由考勤算出：至少有一节课有学时的人")
    confirmed = found.person_times
    count = found.counted() if confirmed is None else confirmed
    label = _("培训人次") if confirmed is None else _("确认人次")
    people.append({"label": label, "value": count, "note": note})
    return people


def _moves(user: Any, found: Assistance) -> list[dict[str, Any]]:
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
        }
        for move in ASSISTANCE.available(found, user)
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Hand in, confirm, send back, revoke or cancel."""
    if name not in MOVES:
        raise Http404
    done = MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    said = {"title": done, "state": done.get_state_display()}
    messages.success(request, _("“%(title)s”：%(state)s。") % said)
    return redirect("assistance:detail", pk=pk)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Add evidence."""
    found = _load(request, pk)
    if not may_file(request.user, found):
        raise NotAllowed("not_allowed", _("只有本机构教务员能上传凭据。"))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if tried(form, lambda: actions.attach(found, by=request.user, upload=upload)):
            messages.success(request, _("凭据已上传。"))
            return redirect(found)
    return _detail(request, found, UNPROCESSABLE, form)


@login_required
@require_GET
def file(request: SignedIn, pk: int, paper: int) -> FileResponse:
    """The bytes of evidence, for those who may see the record."""
    found: Any = get_object_or_404(_load(request, pk).files.select_related("file"), pk=paper)
    return files.respond(found.file, inline=found.file.media_type.startswith("image/"))


@login_required
@require_POST
def remove(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Take evidence off."""
    held = _load(request, pk).files.select_related("file", "assistance")
    found: Any = get_object_or_404(held, pk=paper)
    actions.remove(found, by=request.user)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.file.name})
    return redirect("assistance:detail", pk=pk)
