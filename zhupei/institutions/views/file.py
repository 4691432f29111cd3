"""Pages about an institution's file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.institutions import actions
from zhupei.institutions.access import may_keep_file
from zhupei.institutions.forms import LicenceForm, RoomForm
from zhupei.organizations.access import oversees
from zhupei.organizations.models import Organization, Role
from zhupei.people.requests import SignedIn
from zhupei.teachers.models import Teacher


def _load(request: SignedIn, pk: int) -> Organization:
    visible = Organization.objects.visible_to(request.user).select_related("prefecture")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The institutions somebody may see; who sees only their own goes straight to it."""
    acting = request.user.acting
    rows = Organization.objects.visible_to(request.user).public().select_related("prefecture")
    if acting and may_keep_file(request.user, acting.organization):
        return redirect("institutions:detail", pk=acting.organization_id)
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(name__icontains=words)
    page = Paginator(rows.order_by("prefecture", "name"), 25).get_page(request.GET.get("page"))
    return render(request, "institutions/index.html", {"page": page, "q": words})


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """Licence, rooms, teachers, and what happened."""
    organization = _load(request, pk)
    context = {
        "organization": organization,
        "licences": organization.licences.prefetch_related("jobs").order_by("-valid_until"),
        "rooms": organization.rooms.order_by("use", "name"),
        "teachers": Teacher.objects.visible_to(request.user)
        .engaged_by(organization)
        .select_related("person"),
        "may_keep_file": may_keep_file(request.user, organization),
        "may_enter_licence": oversees(request.user, Role.REVIEWER, organization),
        "timeline": audit.timeline(organization),
        "today": timezone.localdate(),
    }
    return render(request, "institutions/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_room(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a room."""
    organization = _load(request, pk)
    if not may_keep_file(request.user, organization):
        raise Http404
    form = RoomForm(request.POST or None)
    return _entry(request, organization, form, actions.add_room, _("登记场地"))


@login_required
@require_http_methods(["GET", "POST"])
def enter_licence(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau enters a licence."""
    organization = _load(request, pk)
    if not oversees(request.user, Role.REVIEWER, organization):
        raise Http404
    form = LicenceForm(request.POST or None)
    return _entry(request, organization, form, actions.enter_licence, _("登记办学许可证"))


def _entry(
    request: SignedIn, organization: Organization, form: Any, verb: Any, heading: str
) -> HttpResponse:
    """A form that adds one line to the file; a refusal goes beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(organization, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("已登记。"))
            return redirect("institutions:detail", pk=organization.pk)
    context = {"organization": organization, "form": form, "heading": heading}
    return render(request, "institutions/form.html", context)
