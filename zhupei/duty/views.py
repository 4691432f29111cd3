"""The score of the bureaus, with the formula and the deeds behind each figure."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.duty import facts, rules
from zhupei.duty.access import may_see
from zhupei.duty.forms import SpanForm
from zhupei.duty.rules import Part
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn

FORMULAS = {
    Part.REVIEW: (_("开班审核"), _("期内办结的开班计划中，没有超过时限的比例")),
    Part.COVERAGE: (_("巡查督考"), _("期内到期的班级和考试场次中，有巡查、督考记录的比例")),
    Part.FINDINGS: (
        _("问题"),
        _("期内发现的问题中，按期下达整改通知或当场改正的占已处理和已逾期的比例"),
    ),
    Part.CLOSURE: (_("整改"), _("期内下达的整改通知中，按期销号的占已销号和已逾期的比例")),
    Part.COMPLAINTS: (
        _("投诉"),
        _(
            "期内收到的投诉中，首次答复和最终结果都按期的占已答复结果和已逾期的比例；还在办理、没有逾期的不计"
        ),
    ),
    Part.AGREEMENT: (_("复读"), _("期内抽中复读的计划中，复读无异议的比例")),
}


def _asked(request: SignedIn) -> tuple[SpanForm, list[facts.Row]]:
    if not may_see(request.user):
        raise Http404
    form = SpanForm.filled(request.GET, timezone.localdate())
    if not form.is_valid():
        return form, []
    span = form.cleaned_data
    return form, facts.gather(request.user, span["since"], span["until"])


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """One line a bureau: its parts and its score."""
    form, rows = _asked(request)
    weights = rows[0].weights if rows else facts.weights(timezone.localdate())
    context = {
        "filters": form,
        "filters_active": bool(request.GET),
        "parts": [
            {"label": label, "formula": formula, "weight": weights[part]}
            for part, (label, formula) in FORMULAS.items()
        ],
        "rows": [_line(row, form) for row in rows],
    }
    return render(request, "duty/index.html", context, status=422 if form.errors else 200)


def _line(row: facts.Row, form: SpanForm) -> dict[str, Any]:
    return {
        "bureau": row.bureau,
        "score": row.score,
        "cells": [
            {
                "label": FORMULAS[part][0],
                "counted": row.parts[part],
                "points": rules.points(row.parts[part], row.weights[part]),
                "weight": row.weights[part],
                "url": _behind(part, row, form),
            }
            for part in Part
        ],
    }


def _behind(part: Part, row: facts.Row, form: SpanForm) -> str:
    """Where the cases behind a figure are listed."""
    span = {name: form.cleaned_data[name].isoformat() for name in ("since", "until")}
    return f"{reverse('duty:cases', args=[row.bureau.pk, part])}?{urlencode(span)}"


@login_required
@require_GET
def cases(request: SignedIn, pk: int, part: str) -> HttpResponse:
    """The very cases one figure of one bureau counts."""
    if not may_see(request.user) or part not in FORMULAS:
        raise Http404
    bureau = get_object_or_404(Organization.objects.visible_to(request.user).bureaus(), pk=pk)
    form = SpanForm.filled(request.GET, timezone.localdate())
    rows: list[facts.Instance] = []
    if form.is_valid():
        span = form.cleaned_data
        rows = facts.instances(request.user, bureau, Part(part), span["since"], span["until"])
    label, formula = FORMULAS[Part(part)]
    context = {
        "bureau": bureau,
        "label": label,
        "formula": formula,
        "filters": form,
        "filters_active": bool(request.GET),
        "rows": rows,
        "good": sum(row.good for row in rows),
        "crumbs": [
            {"label": _("履职得分"), "url": f"{reverse('duty:index')}?{request.GET.urlencode()}"},
            {"label": bureau.name},
        ],
    }
    return render(request, "duty/cases.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The same as a spreadsheet."""
    _form, rows = _asked(request)
    heads = [str(_("住建局"))]
    for label, _formula in FORMULAS.values():
        heads += [str(label), f"{label}：{_('应')}", f"{label}：{_('得分')}"]
    heads += [str(_("得分")), str(_("参评分值")), str(_("折合百分"))]
    lines = []
    for row in rows:
        cells: list[str | int | float | None] = [row.bureau.name]
        for part in Part:
            counted = row.parts[part]
            cells += [counted.good, counted.all, rules.points(counted, row.weights[part])]
        lines.append([*cells, row.score.points, row.score.weight, row.score.per_cent])
    return tables.answer(tables.workbook(Sheet(str(_("履职得分")), heads, lines)), "履职得分.xlsx")
