"""How reviews go, and the plans behind each figure."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhupei.classes.access import may_see_figures
from zhupei.classes.forms_review import FigureFilters
from zhupei.classes.models import SecondState, TrainingClass
from zhupei.classes.review_figures import Row, gather
from zhupei.classes.views.frame import badge, me
from zhupei.classes.words_review import spent
from zhupei.core.errors import NotAllowed

PERIOD = timedelta(days=90)
PER_PAGE = 25
_LONGEST = 19  # digits; a key of the database has fewer
WHAT: dict[str, str | Promise] = {
    "decided": gettext_lazy("办结的计划"),
    "returned": gettext_lazy("退回的计划"),
    "read": gettext_lazy("每份材料都细看过才通过的计划"),
    "skimmed": gettext_lazy("没有细看完就通过的计划"),
    "late": gettext_lazy("逾期办结的计划"),
    "waiting_late": gettext_lazy("已逾期、还没有办结的计划"),
    "agreed": gettext_lazy("复读无异议的计划"),
    "objected": gettext_lazy("复读有异议的计划"),
}


class Cell(NamedTuple):
    """One figure: what it says, and the list behind it."""

    label: str
    value: str
    url: str
    wraps: bool  # several words; the others stay on one line


@login_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Two tables by name: bureaus and reviewers."""
    filters = _filters(request)
    found = gather(_reader(request), **_days(filters))
    address = _days(filters)
    context = {
        "filters": filters,
        "filters_active": bool(request.GET),
        "tables": [
            {
                "title": title,
                "labels": [cell.label for cell in _cells(rows[0], kind, address)],
                "rows": [
                    {"name": x.name, "place": x.place, "cells": _cells(x, kind, address)}
                    for x in rows
                ],
            }
            for title, kind, rows in (
                (_("住建局"), "bureau", found.bureaus),
                (_("审核员"), "reader", found.readers),
            )
            if rows
        ],
    }
    return render(request, "classes/review_figures.html", context)


@login_required
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The plans behind one figure."""
    user, what = _reader(request), request.GET.get("what", "decided")
    if what not in WHAT:
        raise Http404
    found = gather(user, **_days(_filters(request)))
    row = found.row(reader=_number(request, "reader"), bureau=_number(request, "bureau"))
    behind = TrainingClass.objects.visible_to(user).filter(pk__in=row.plans(what) if row else [])
    related = behind.select_related("organization", "prefecture").order_by("-submitted_at", "pk")
    page = Paginator(related, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": WHAT[what],
        "name": row.name if row else "",
        "page": page,
        "rows": [{"class": plan, "badge": badge(plan.state)} for plan in page],
        "crumbs": [
            {"label": _("审核统计"), "url": reverse("classes:review_figures")},
            {"label": WHAT[what]},
        ],
    }
    return render(request, "classes/reviewed_plans.html", context)


def _reader(request: HttpRequest) -> Any:
    user = me(request)
    if not may_see_figures(user):
        raise NotAllowed("not_allowed", _("审核统计由自治区住建厅和各地住建局的审核员查看。"))
    return user


def _filters(request: HttpRequest) -> FigureFilters:
    today = timezone.localdate()
    usual = {"since": today - PERIOD, "until": today}
    return FigureFilters(request.GET if "since" in request.GET else None, initial=usual)


def _days(filters: FigureFilters) -> dict[str, Any]:
    """The period asked for; the usual one where nothing sensible was."""
    said = filters.cleaned_data if filters.is_valid() else filters.initial
    return {"since": said["since"], "until": said["until"]}


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST else None


def _cells(row: Row, kind: str, days: dict[str, Any]) -> list[Cell]:
    def cell(label: str, value: Any, what: str) -> Cell:
        query = urlencode({kind: row.key, "what": what, **days})
        shown = "—" if value in (None, "") else str(value)
        return Cell(label, shown, f"{reverse('classes:reviewed_plans')}?{query}", "，" in shown)

    reasons = "，".join(f"{label} {count}" for label, count in row.reasons)
    seconds = row.median_seconds
    cells = [
        cell(_("办结"), len(row.decisions), "decided"),
        cell(_("用时中位"), _workdays(row.median_days), "decided"),
        cell(_("退回"), _percent(row.returned_share), "returned"),
        cell(_("主要退回理由"), reasons, "returned"),
        cell(_("阅件中位"), spent(seconds) if seconds is not None else None, "decided"),
        cell(_("细看后通过"), _percent(row.read_share), "read"),
        cell(_("没有细看完"), len(row.plans("skimmed")), "skimmed"),
        cell(_("复读无异议"), len(row.again(SecondState.AGREED)), "agreed"),
        cell(_("复读有异议"), len(row.again(SecondState.OBJECTED)), "objected"),
        cell(_("逾期办结"), len(row.late), "late"),
    ]
    if kind == "bureau":
        cells.append(cell(_("逾期未办"), len(row.waiting_late), "waiting_late"))
    return cells


def _workdays(number: float | None) -> str | None:
    return None if number is None else _("%(days)s 个工作日") % {"days": f"{number:g}"}


def _percent(share: int | None) -> str | None:
    return None if share is None else f"{share}%"
