"""The list of orders, its figures, and the same as a spreadsheet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.core import clock, tables
from zhupei.core.templatetags.ui import dated
from zhupei.corrections import words
from zhupei.corrections.access import may_note
from zhupei.corrections.forms import OrderFilters
from zhupei.corrections.models import Order, OrderQuerySet, OrderState
from zhupei.corrections.views.shared import A_PAGE, worker
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind
from zhupei.people.requests import SignedIn

MOST_ROWS = 10_000  # of one spreadsheet


def _filtered(request: SignedIn) -> tuple[OrderQuerySet, OrderFilters]:
    """The orders somebody may see, as the address narrows them."""
    user = worker(request)
    if user.acting.role not in OFFICERS:
        raise Http404
    filters = OrderFilters(request.GET or None)
    if user.acting.organization.kind != Kind.REGION_AUTHORITY:
        del filters.fields["prefecture"]
    if user.acting.organization.kind not in AUTHORITIES:
        del filters.fields["source"]  # where it came from is the authority's business
    rows = Order.objects.visible_to(user)
    return (_narrowed(rows, filters.cleaned_data) if filters.is_valid() else rows), filters


def _narrowed(rows: OrderQuerySet, said: dict[str, Any]) -> OrderQuerySet:
    rows = rows.found_by_words(said["q"])
    if said["state"] == "overdue":
        rows = rows.overdue()
    elif said["state"] == "unverified":
        rows = rows.verification_overdue()
    elif said["state"]:
        rows = rows.filter(state=said["state"])
    if said.get("source"):
        rows = rows.from_app("" if said["source"] == "none" else said["source"])
    prefecture = said.get("prefecture")
    return rows.filter(organization__prefecture=prefecture) if prefecture else rows


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The orders one may see, those that wait first, with what became of them in figures."""
    rows, filters = _filtered(request)
    user = request.user
    own = user.acting.organization.kind not in AUTHORITIES
    related = rows.select_related("organization__prefecture", "authority")
    ordered = related.with_findings().most_urgent_first()
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": _rows(page),
        "figures": _figures(rows.figures()),
        "own": own,
        "may_note": may_note(user),
        "export_url": f"{reverse('corrections:export')}?{query}",
    }
    return render(request, "corrections/index.html", context)


def _rows(page: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    known = clock.calendar(now)
    return [_row(row, now, known) for row in page]


def _row(order: Order, now: Any, known: Any) -> dict[str, Any]:
    waits = {OrderState.ISSUED: order.due_at, OrderState.RETURNED: order.due_at}
    due = waits.get(OrderState(order.state), order.verify_due_at)
    return {
        "order": order,
        "badge": words.order_badge(order, overdue=order.is_overdue(now)),
        "left": clock.left(due, now, known),
        "verifying": order.state == OrderState.ANSWERED,
    }


def _figures(said: dict[str, Any]) -> list[dict[str, Any]]:
    share = _("按期率 %(share)s%%") % {"share": said["share"]} if said["closed"] else ""
    days = _("%(days)s 天") % {"days": said["days"]} if said["closed"] else "—"
    overdue = said["overdue"]
    return [
        {"label": _("下达"), "value": said["issued"], "note": _("不含撤回")},
        {"label": _("未销号"), "value": said["live"]},
        {
            "label": _("逾期未报"),
            "value": overdue,
            "tone": "bad" if overdue else "",
            "url": "?state=overdue" if overdue else "",
        },
        {"label": _("按期销号"), "value": f"{said['in_time']} / {said['closed']}", "note": share},
        {"label": _("从下达到销号"), "value": days, "note": _("中位数")},
    ]


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The orders of the list as a spreadsheet."""
    rows, _filters = _filtered(request)
    related = rows.select_related("organization__prefecture", "authority")
    lines = related.with_lateness().annotate(count=Count("findings"))
    heads = [
        _("编号"),
        _("机构"),
        _("地州市"),
        _("下达部门"),
        _("问题数"),
        _("下达时间"),
        _("原定期限"),
        _("整改期限"),
        _("状态"),
        _("销号时间"),
        _("曾逾期报送"),
    ]
    sheet = tables.Sheet(
        _("整改通知"), heads, (_line(one) for one in lines.most_urgent_first()[:MOST_ROWS])
    )
    return tables.answer(tables.workbook(sheet), _("整改通知.xlsx"))


def _line(order: Any) -> list[str | int]:
    return [
        order.number,
        order.organization.name,
        str(order.organization.prefecture or ""),
        order.authority.name,
        order.count,
        dated(order.issued_at),
        dated(order.first_due_at),
        dated(order.due_at),
        str(order.get_state_display()),
        dated(order.closed_at) if order.closed_at else "",
        _("是") if order.was_late else _("否"),
    ]
