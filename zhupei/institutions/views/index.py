"""The institutions of an area: whose file is whole, whose licence runs out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zhupei.institutions import completeness, licensing
from zhupei.institutions.access import may_keep_file
from zhupei.institutions.completeness import Completeness
from zhupei.institutions.forms.ledgers import IndexFilters
from zhupei.institutions.views.frame import paged, standing
from zhupei.organizations.models import Kind, Organization
from zhupei.people.requests import SignedIn

SORTS = {
    "share": lambda row: (row.share, row.organization.name),
    "licence": lambda row: (row.right.licence is None, row.right.left, row.organization.name),
    "name": lambda row: row.organization.name,
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The institutions somebody may see; who keeps only their own file goes straight to it."""
    acting = request.user.acting
    if acting and may_keep_file(request.user, acting.organization):
        return redirect("institutions:detail", pk=acting.organization_id)
    bodies = request.GET.get("kind") == Kind.ASSESSMENT_BODY
    kind = Kind.ASSESSMENT_BODY if bodies else Kind.INSTITUTION
    filters = IndexFilters(request.GET)
    rows = Organization.objects.visible_to(request.user).filter(kind=kind)
    organizations = list(_narrowed(rows, filters).select_related("prefecture", "admission"))
    found = _sorted(request, _licensed(completeness.of_all(organizations), filters))
    page = paged(request, found)
    owners = {organization.pk: organization for organization in organizations}
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields if name != "kind"),
        "sort": request.GET.get("sort", ""),
        "bodies": bodies,
        "page": page,
        "rows": [_row(row, owners[row.organization.pk]) for row in page],
        "whole": sum(not row.missing for row in found),
    }
    return render(request, "institutions/index.html", context)


def _narrowed(rows: QuerySet[Organization], filters: IndexFilters) -> QuerySet[Organization]:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        rows = rows.filter(name__icontains=said["q"].strip())
    if said["prefecture"]:
        rows = rows.filter(prefecture=said["prefecture"])
    if said["standing"]:
        rows = rows.filter(admission__state=said["standing"])
    return rows


def _licensed(found: dict[int, Completeness], filters: IndexFilters) -> list[Completeness]:
    wanted = filters.cleaned_data.get("licence") if filters.is_valid() else ""
    return [row for row in found.values() if not wanted or row.right.standing == wanted]


def _sorted(request: SignedIn, found: list[Completeness]) -> list[Completeness]:
    """The least complete first, unless something else is asked for."""
    sort = request.GET.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"), SORTS["share"])
    return sorted(found, key=key, reverse=sort.startswith("-"))


def _row(row: Completeness, organization: Organization) -> dict[str, Any]:
    return {
        "organization": organization,
        "badge": standing(organization),
        "licence": licensing.seen(row.right),
        "share": row.share,
        "missing": [str(part.title) for part in row.missing],
        "tone": row.tone,
    }
