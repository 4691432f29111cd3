"""Items put right after they were answered: all items of a sitting, one of them, what was asked."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, effects, panels
from zhupei.core.errors import NotAllowed, beside
from zhupei.exams.access import may_propose
from zhupei.exams.actions import corrections as actions
from zhupei.exams.actions import items as bank
from zhupei.exams.forms_corrections import CorrectionFilters, CorrectionForm
from zhupei.exams.models import CorrectionState, ItemCorrection, Sitting
from zhupei.exams.views import shown
from zhupei.exams.views.frame import load
from zhupei.exams.workflow import CORRECTION
from zhupei.people.requests import SignedIn
from zhupei.questions.models import ItemVersion
from zhupei.questions.rules import BY_PEOPLE, LETTERS, Kind, read_blanks

A_PAGE = 50
MOST_ANSWERS = 12
MOVES: dict[str, Callable[..., ItemCorrection]] = {
    "agree": actions.agree,
    "reject": actions.reject,
    "withdraw": actions.withdraw,
}
BADGES = {
    CorrectionState.PROPOSED: ("clock", "warn"),
    CorrectionState.IN_FORCE: ("circle-check", "ok"),
    CorrectionState.REPLACED: ("history", ""),
    CorrectionState.REJECTED: ("ban", ""),
    CorrectionState.WITHDRAWN: ("arrow-back-up", ""),
}


def badge(row: ItemCorrection) -> shown.Badge:
    icon, tone = BADGES[CorrectionState(row.state)]
    return shown.Badge(icon, row.get_state_display(), tone)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The corrections somebody may see, those that wait first."""
    if request.user.acting is None:
        raise Http404
    filters = CorrectionFilters(request.GET)
    rows = ItemCorrection.objects.visible_to(request.user)
    if filters.is_valid() and filters.cleaned_data["state"]:
        rows = rows.filter(state=filters.cleaned_data["state"])
    rows = rows.select_related("sitting__organization", "sitting__job", "proposed_by")
    waiting_first = rows.annotate(waits=Q(state=CorrectionState.PROPOSED)).order_by(
        "-waits", "-proposed_at", "-pk"
    )
    page = Paginator(waiting_first, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, badge(one)) for one in page],
        "filters": filters,
        "filters_active": bool(request.GET.get("state")),
    }
    return render(request, "exams/corrections.html", context)


def _allowed(request: SignedIn, pk: int) -> Sitting:
    sitting = load(request, pk)
    if not may_propose(request.user, sitting):
        raise NotAllowed("not_allowed", _("试题和答案只给考核机构的考务员和住建厅看。"))
    if sitting.state not in bank.OVER:
        raise Http404
    return sitting


@login_required
@require_GET
def items(request: SignedIn, pk: int) -> HttpResponse:
    """All items of a sitting that is over, without their words."""
    sitting = _allowed(request, pk)
    page = Paginator(bank.lines(sitting), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sitting": sitting,
        "page": page,
        "rows": [(line, badge(line.correction) if line.correction else None) for line in page],
    }
    return render(request, "exams/items.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: SignedIn, pk: int, version: int) -> HttpResponse:
    """One item with its key and what was answered; ask for it to be put right."""
    sitting = _allowed(request, pk)
    found = bank.version_of(sitting, version)
    if found is None:
        raise Http404
    form = CorrectionForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            made = actions.propose(sitting, found, by=request.user, **form.cleaned_data)
            return redirect("exams:correction", pk=made.pk)
    label = bank.look(sitting, found, by=request.user)
    rows = sitting.corrections.filter(version=found).order_by("-pk")
    context = {
        "sitting": sitting,
        "label": label,
        "form": form,
        "rows": [(one, badge(one)) for one in rows],
        "waits": rows.waiting().exists(),
    } | _content(sitting, found)
    return render(request, "exams/item.html", context, status=422 if form.errors else 200)


def _content(sitting: Sitting, version: ItemVersion) -> dict[str, Any]:
    """The item as it was sealed, and what was answered."""
    held = sitting.corrections.rulings().get(version.pk)
    given = bank.given(sitting, version)[:MOST_ANSWERS]
    judged = version.kind in BY_PEOPLE
    return {
        "item": version,
        "options": list(zip(LETTERS, version.options, strict=False)),
        "key": key_words(version.kind, version.key),
        "held": held,
        "answers": [] if judged else [(_said(version.kind, answer), n) for answer, n in given],
        "people": sum(n for _answer, n in given),
    }


def key_words(kind: str, key: Any) -> str:
    """A key as people read it."""
    if kind == Kind.BLANK:
        return "；".join(" | ".join(ways) for ways in key["blanks"])
    if kind in BY_PEOPLE:
        return str(_("按评分细则由人评"))
    return str(key)


def _said(kind: str, answer: str) -> str:
    if not answer:
        return str(_("没有作答"))
    return "；".join(read_blanks(answer)) if kind == Kind.BLANK else answer


@login_required
@require_GET
def correction(request: SignedIn, pk: int) -> HttpResponse:
    """What was asked, what it would do or has done, and the decision."""
    rows = ItemCorrection.objects.visible_to(request.user).select_related(
        "sitting__organization", "sitting__job", "version__case", "proposed_by", "decided_by"
    )
    return render(request, "exams/correction.html", _page(request, get_object_or_404(rows, pk=pk)))


def _page(request: SignedIn, row: ItemCorrection) -> dict[str, Any]:
    waits = row.state == CorrectionState.PROPOSED
    will = actions.outcome(row) if waits else None
    counts = will.counts if will else row.outcome
    reads = may_propose(request.user, row.sitting)
    if reads:
        bank.look(row.sitting, row.version, by=request.user)
    lost = (
        [one.attempt for one in will.falling]
        if will
        else list(row.sitting.attempts.filter(passed=False))
    )
    return {
        "correction": row,
        "badge": badge(row),
        "new_keys": [key_words(row.version.kind, key) for key in row.keys] if reads else [],
        "reads": reads,
        "waits": waits,
        "figures": _figures(counts),
        "passing": _names(will.passing) if will else "",
        "falling": _names(will.falling) if will else "",
        "panels": panels.of("exams:correction", request.user, lost),
        "moves": _moves(request, row, counts),
        "move_url": reverse("exams:move-correction", args=[row.pk, "x"])[:-2],
        "timeline": audit.timeline(row),
        "now": timezone.now(),
    } | (_content(row.sitting, row.version) if reads else {})


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "marked": _("重新评分"),
        "changed": _("成绩有变化"),
        "passing": _("改为合格"),
        "falling": _("不再合格"),
    }
    return [{"label": labels[name], "value": counts[name]} for name in labels if name in counts]


def _names(changes: list[actions.Change]) -> str:
    return effects.named([str(one.attempt.candidate.person) for one in changes])


def _moves(request: SignedIn, row: ItemCorrection, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = _(
        "%(marked)d 份答卷重新评分，%(changed)d 份成绩变化：%(passing)d 人改为合格，"
        "%(falling)d 人不再合格。"
        "已公布的，成绩有变化的考生收到通知。"
    )
    icons = {"agree": "check", "reject": "ban", "withdraw": "arrow-back-up"}
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": icons[move.name],
            "consequence": words % counts if move.name == "agree" else move.consequence,
            "seen": _seen(counts) if move.name == "agree" else "",
        }
        for move in CORRECTION.available(row, request.user, among=MOVES)
    ]


def _seen(counts: dict[str, int]) -> str:
    return json.dumps(sorted(counts.items()), separators=(",", ":"))


def _has_changed(row: ItemCorrection, seen: str) -> bool:
    waits = row.state == CorrectionState.PROPOSED
    return waits and seen != _seen(actions.outcome(row).counts)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Agree to what was read, reject or withdraw it."""
    if name not in MOVES:
        raise Http404
    row = get_object_or_404(ItemCorrection.objects.visible_to(request.user), pk=pk)
    if name == "agree" and _has_changed(row, request.POST.get("seen", "")):
        context = _page(request, row) | {"changed": True}
        return render(request, "exams/correction.html", context, status=409)
    MOVES[name](row, by=request.user, note=request.POST.get("note", ""))
    return redirect("exams:correction", pk=pk)
