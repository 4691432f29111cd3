"""The register of bodies, kept by the region."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core.errors import Refused
from zhupei.organizations import actions
from zhupei.organizations.access import regulates
from zhupei.organizations.forms import BodyFilters, BodyForm
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn

PER_PAGE = 25
UNPROCESSABLE = 422


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every body of the region, and how many people act for it."""
    if not regulates(request.user):
        raise Http404
    today = timezone.localdate()
    in_force = Q(memberships__until__isnull=True) | Q(memberships__until__gte=today)
    rows = Organization.objects.visible_to(request.user).annotate(
        people=Count("memberships__user", filter=in_force, distinct=True)
    )
    filters = BodyFilters(request.GET or None)
    if filters.is_valid():
        said = filters.cleaned_data
        rows = rows.filter(name__icontains=said["q"].strip())
        rows = rows.filter(kind=said["kind"]) if said["kind"] else rows
        rows = rows.filter(prefecture=said["prefecture"]) if said["prefecture"] else rows
        rows = rows.filter(people=0) if said["empty"] else rows
    related = rows.select_related("division", "prefecture").order_by("kind", "division", "name")
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": Paginator(related, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "organizations/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def register(request: SignedIn) -> HttpResponse:
    """Enter a body; then on to its first account. (An institution has a page of its own, which
    opens its file as well.)
    """
    if not regulates(request.user):
        raise Http404
    form = BodyForm(request.POST or None)
    if form.is_valid() and (made := _registered(request, form)):
        messages.success(request, _("已登记“%(name)s”。接着为它开第一个账号。") % {"name": made})
        return redirect("organizations:add-member", made.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/register.html", {"form": form}, status=status)


def _registered(request: SignedIn, form: BodyForm) -> Organization | None:
    try:
        return actions.register(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        refusal.beside(form)
    except ValidationError as faults:
        _beside(form, faults)
    return None


def _beside(form: Any, faults: ValidationError) -> None:
    """What the constraints of the row say, beside the fields the form has."""
    for name, sentences in faults.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
