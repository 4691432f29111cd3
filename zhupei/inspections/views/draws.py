"""Draws: the list, and one of them with its seed, its people, its objects, its frozen texts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.core import audit
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.inspections.access import may_plan_for, may_run, may_type
from zhupei.inspections.actions import drawing
from zhupei.inspections.forms import CommitForm, DrawFilters, EventForm, FrameFilters
from zhupei.inspections.models import (
    Draw,
    DrawState,
    Frame,
    FrameKind,
    Inspection,
    InspectionState,
    Recusal,
    SeedKind,
)
from zhupei.inspections.views.shared import A_PAGE, badge, load_draw, official
from zhupei.inspections.workflow import DRAW
from zhupei.people.requests import SignedIn

ICONS = {"freeze": "lock", "draw": "transfer", "call_off": "ban"}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The draws somebody may see, the newest first."""
    user = official(request)
    filters = DrawFilters(request.GET)
    rows = Draw.objects.visible_to(user)
    if filters.is_valid():
        said = filters.cleaned_data
        for word in said["q"].split():
            rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
        for name in ("state", "target"):
            rows = rows.filter(**{name: said[name]}) if said[name] else rows
    ordered = rows.select_related("authority").order_by("-pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"draw": row, "badge": badge(row)} for row in page],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "may_draw": may_plan_for(user, user.acting.organization),
    }
    return render(request, "inspections/index.html", context)


def frame(request: SignedIn, draw: Draw, tab: str) -> dict[str, Any]:
    """What every page about one draw shows."""
    pages = [("draw", _("种子和名单")), ("people", _("检查员和回避"))]
    if draw.drawn_at:
        pages.append(("objects", _("抽中的对象")))
    return {
        "draw": draw,
        "badge": badge(draw),
        "tab": tab,
        "pages": [
            {
                "label": label,
                "url": reverse(f"inspections:{name}", args=[draw.pk]),
                "current": name == tab,
            }
            for name, label in pages
        ],
        "crumbs": [
            {"label": _("双随机抽查"), "url": reverse("inspections:index")},
            {"label": str(draw)},
        ],
        "base_url": reverse("inspections:draw", args=[draw.pk]),
        "public_url": reverse("draws:detail", args=[draw.number]) if draw.number else "",
        "runs": may_run(request.user, draw),
    }


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One draw: its terms, its seed, the hashes of its frames."""
    draw = load_draw(request, pk)
    return render(request, "inspections/draw.html", context_of(request, draw))


def context_of(request: SignedIn, draw: Draw) -> dict[str, Any]:
    """The context of the page of a draw."""
    inputs = list(draw.inputs.prefetch_related("entries__typed_by"))
    found = frame(request, draw, "draw")
    drafting = draw.state == DrawState.DRAFT and found["runs"]
    return found | {
        "facts": facts(draw),
        "items": draw.items.all(),
        "inputs": [_input(request, draw, one) for one in inputs],
        "frames": Frame.objects.visible_to(request.user).filter(draw=draw).defer("text"),
        "moves": _moves(request, draw, inputs),
        "drafting": drafting,
        "event_form": EventForm() if drafting else None,
        "commit_form": CommitForm() if drafting else None,
        "timeline": audit.timeline(draw, subject=audit.subject_key(draw)),
    }


def facts(draw: Draw) -> list[dict[str, Any]]:
    """What was settled."""
    days = {"first": dated(draw.since), "last": dated(draw.until)} if draw.since else None
    people = {"housing": draw.housing_count, "hr": draw.hr_count}
    found: list[dict[str, Any]] = [
        {"label": _("编号"), "value": draw.number or _("冻结时生成")},
        {"label": _("组织单位"), "value": draw.authority},
        {"label": _("抽查对象"), "value": draw.get_target_display()},
        {"label": _("范围"), "value": _scope(draw)},
        {"label": _("抽查事项清单"), "value": draw.item_list},
        {"label": _("抽查比例"), "value": f"{draw.percent}%", "law": "第十四条"},
        {
            "label": _("每个对象"),
            "value": _("住建检查员 %(housing)s 名，人社检查员 %(hr)s 名") % people,
        },
        {"label": _("检查截止"), "value": dated(draw.check_by)},
    ]
    if days:
        found.insert(4, {"label": _("对象所在期间"), "value": _("%(first)s 至 %(last)s") % days})
    if draw.frozen_at:
        found.append({"label": _("名单冻结"), "value": beijing(draw.frozen_at)})
    for label, said in (
        (_("计划外抽查的理由"), draw.outside_because),
        (_("再次抽取的理由"), draw.again_because),
        (_("作废理由"), draw.called_off_because),
    ):
        if said:
            found.append({"label": label, "value": said})
    return found


def _scope(draw: Draw) -> str:
    place = draw.prefecture.name if draw.prefecture else _("本单位管辖的全部")
    return f"{place}，{draw.job.name}" if draw.job else str(place)


def _input(request: SignedIn, draw: Draw, one: Any) -> dict[str, Any]:
    """One part of the seed, with what this person may do about it now."""
    entries = list(one.entries.all())
    mine = any(entry.typed_by_id == request.user.pk for entry in entries)
    due = one.happens_at is None or one.happens_at <= timezone.now()
    typing = draw.state == DrawState.FROZEN and one.known_at is None and due
    return {
        "input": one,
        "is_event": one.kind == SeedKind.EVENT,
        "entries": entries,
        "mine": mine,
        "due": due,
        "may_type": typing and may_type(request.user, draw),
    }


def _moves(request: SignedIn, draw: Draw, inputs: list[Any]) -> list[dict[str, Any]]:
    """The buttons; freezing has a page of its own, which shows what it will fix."""
    waiting = [one.description for one in inputs if one.known_at is None]
    late = drawing.too_late_to_call_off(draw, request.user)
    blocked = {
        "draw": _("种子还不全，等录入") if waiting else "",
        "call_off": _("种子的一部分可能已经有人知道，只有自治区住建厅能作废") if late else "",
    }
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": ICONS[move.name],
            "blocked": blocked.get(move.name, ""),
            "note_label": _("理由（名单冻结后的作废会公开）"),
        }
        for move in DRAW.available(draw, request.user)
        if move.name != "freeze"
    ]


@login_required
@require_GET
def people(request: SignedIn, pk: int) -> HttpResponse:
    """Who may be sent, and who stays away from whom."""
    draw = load_draw(request, pk)
    recusals = Recusal.objects.visible_to(request.user).filter(inspector__draw=draw)
    context = frame(request, draw, "people") | {
        "bodies": draw.bodies.all(),
        "people": draw.inspectors.select_related("user", "body"),
        "recusals": recusals.select_related("inspector__user", "organization"),
    }
    return render(request, "inspections/people.html", context)


@login_required
@require_GET
def objects(request: SignedIn, pk: int) -> HttpResponse:
    """What was drawn, who goes there, how far it is."""
    draw = load_draw(request, pk)
    if draw.drawn_at is None:
        raise Http404
    rows = Inspection.objects.visible_to(request.user).filter(draw=draw)
    page = Paginator(rows.with_people().order_by("place"), A_PAGE).get_page(request.GET.get("page"))
    signed = sum(row.state == InspectionState.SIGNED for row in page)
    context = frame(request, draw, "objects") | {
        "page": page,
        "rows": [inspection_row(row) for row in page],
        "signed": signed,
    }
    return render(request, "inspections/objects.html", context)


def inspection_row(row: Inspection) -> dict[str, Any]:
    """One line of a list of inspections."""
    now = timezone.now()
    crew = list(row.assignments.all())
    open_ = row.state != InspectionState.PUBLISHED
    visit_late = row.recorded_at is None and row.draw.check_by < timezone.localdate(now)
    return {
        "inspection": row,
        "badge": badge(row),
        "going": [one for one in crew if one.out_at is None],
        "out": [one for one in crew if one.out_at is not None],
        "late": open_ and (visit_late or (row.due_at is not None and row.due_at < now)),
        "due": row.due_at or row.draw.check_by,
    }


@login_required
@require_GET
def text(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """One frozen text, line by line, with what is looked for."""
    draw = load_draw(request, pk)
    if kind not in FrameKind.values:
        raise Http404
    found = get_object_or_404(Frame.objects.visible_to(request.user), draw=draw, kind=kind)
    filters = FrameFilters(request.GET)
    words = filters.cleaned_data["q"].split() if filters.is_valid() else []
    head, *lines = found.text.rstrip("\n").split("\n")
    lines = [line for line in lines if all(word in line for word in words)]
    page = Paginator(lines, A_PAGE * 2).get_page(request.GET.get("page"))
    columns = head.split("\t")[1:] if kind != FrameKind.TERMS else []
    context = frame(request, draw, "draw") | {
        "found": found,
        "columns": columns,
        "page": page,
        "lines": [line.split("\t") for line in page],
        "filters": filters,
        "filters_active": bool(words),
    }
    return render(request, "inspections/text.html", context)
