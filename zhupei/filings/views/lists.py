"""The list of filings, and the list of those one got a copy of."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhupei.core import clock
from zhupei.filings.access import may_draft
from zhupei.filings.forms import CopyFilters, FilingFilters
from zhupei.filings.models import Copy, Filing, State
from zhupei.filings.models import FilingQuerySet as Filings
from zhupei.filings.views.frame import badge, tabs, worker
from zhupei.organizations.models import Kind
from zhupei.people.requests import SignedIn

PER_PAGE = 25


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The filings somebody may see; those that wait come first."""
    user = worker(request)
    kind = user.acting.organization.kind
    filters = FilingFilters(request.GET or None)
    if kind in {Kind.HR, Kind.EDUCATION}:
        del filters.fields["prefecture"]  # it is their own
    rows = _narrowed(Filing.objects.visible_to(user), filters)
    related = rows.select_related("organization__prefecture", "prefecture", "division")
    ordered = related.prefetch_related("jobs").order_by(*_order(request))
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": request.GET.get("sort", ""),
        "page": page,
        "rows": _rows(page),
        "tabs": tabs(user, "index"),
        "may_draft": may_draft(user, user.acting.organization),
        "decides": kind == Kind.HR,
    }
    return render(request, "filings/index.html", context)


def _narrowed(rows: Filings, filters: FilingFilters) -> Filings:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    rows = rows.found_by(said["q"])
    if said["state"]:
        rows = rows.filter(state=said["state"])
    return rows.filter(prefecture=said["prefecture"]) if said.get("prefecture") else rows


def _order(request: SignedIn) -> list[Any]:
    """A due date is there only while somebody has to decide: the nearest first, then the newest."""
    sort = request.GET.get("sort", "")
    known = {"valid_from", "-valid_from", "due_at", "-due_at"}
    return [sort, "pk"] if sort in known else ["due_at", "-submitted_at", "-pk"]


def _rows(page: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    waiting = any(row.state == State.SUBMITTED for row in page)
    known = clock.calendar(now) if waiting else {}
    return [
        {
            "filing": row,
            "badge": badge(row.state),
            "left": clock.left(row.due_at, now, known) if row.state == State.SUBMITTED else None,
        }
        for row in page
    ]


@login_required
@require_GET
def copies(request: SignedIn) -> HttpResponse:
    """What other departments filed and sent here; the newest first, unread ones marked."""
    user = worker(request)
    if user.acting.organization.kind not in {Kind.PREFECTURE_AUTHORITY, Kind.EDUCATION}:
        raise Http404
    filters = CopyFilters(request.GET or None)
    rows = Copy.objects.visible_to(user).with_own_reading(user)
    if filters.is_valid():
        if filters.cleaned_data["unread"]:
            rows = rows.unread(user)
        if words := filters.cleaned_data["q"]:
            rows = rows.filter(filing__in=Filing.objects.visible_to(user).found_by(words))
    related = rows.select_related(
        "filing__organization__prefecture", "filing__prefecture", "filing__division"
    ).prefetch_related("filing__jobs")
    page = Paginator(related.order_by("-sent_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"copy": copy, "badge": badge(copy.filing.state)} for copy in page],
        "tabs": tabs(user, "copies"),
    }
    return render(request, "filings/copies.html", context)
