"""Sites: the list, one of them with its rooms, entering and closing them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.models import Room
from zhupei.organizations.models import AUTHORITIES, Kind
from zhupei.people.requests import SignedIn
from zhupei.venues.access import may_add_site, may_keep_site
from zhupei.venues.actions import sites as actions
from zhupei.venues.forms.places import CloseSiteForm, RoomForm, SiteFilters, SiteForm
from zhupei.venues.models import Condition, Site

PER_PAGE = 25
UNPROCESSABLE = 422
CONCERNED = AUTHORITIES | {Kind.ASSESSMENT_BODY}


def load(request: SignedIn, pk: int) -> Site:
    """A site this person may know of."""
    visible = Site.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("organization", "division", "prefecture"), pk=pk
    )


def kept(request: SignedIn, pk: int) -> Site:
    """A site this person keeps."""
    site = load(request, pk)
    if not may_keep_site(request.user, site):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改考点。"))
    return site


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sites of one's body or area."""
    acting = request.user.acting
    if acting is None or acting.organization.kind not in CONCERNED:
        raise Http404
    filters = SiteFilters(request.GET or None)
    rows = Site.objects.visible_to(request.user)
    said = filters.cleaned_data if filters.is_valid() else {}
    if words := said.get("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(address__icontains=words))
    if not said.get("closed"):
        rows = rows.open()
    ordered = rows.with_counts().select_related("organization", "division").order_by("name", "pk")
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": may_add_site(request.user, acting.organization),
        "own": acting.organization.kind == Kind.ASSESSMENT_BODY,
    }
    return render(request, "venues/sites.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Enter a site."""
    acting = request.user.acting
    if acting is None or not may_add_site(request.user, acting.organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能登记考点。"))
    body = acting.organization
    form = SiteForm(request.POST or None, prefecture=body.prefecture_id)
    if request.method == "POST" and form.is_valid():
        try:
            site = actions.add(body, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            messages.success(request, _("已登记。下一步：把场地设为考场，生成座位。"))
            return redirect("venues:site", site.pk)
    return entry(request, form, _("登记考点"), reverse("venues:sites"))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Say something else of a site."""
    site = kept(request, pk)
    form = SiteForm(request.POST or None, instance=site, prefecture=site.organization.prefecture_id)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(load(request, pk), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            return redirect("venues:site", pk)
    return entry(request, form, _("修改考点"), reverse("venues:site", args=[pk]))


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedIn, pk: int) -> HttpResponse:
    """The site is not used any more."""
    site = kept(request, pk)
    form = CloseSiteForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(site, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            return redirect("venues:site", pk)
    title = _("停用考点：%(site)s") % {"site": site}
    return entry(request, form, title, reverse("venues:site", args=[pk]))


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One site: how to find it, its rooms with their seats, what happened."""
    site = load(request, pk)
    working = Q(room__exam_seats__usable=True) & ~Q(room__exam_seats__condition=Condition.BROKEN)
    broken = Q(room__exam_seats__usable=True, room__exam_seats__condition=Condition.BROKEN)
    rooms = site.rooms.select_related("room").annotate(
        seats=Count("room__exam_seats", filter=working & Q(room__exam_seats__spare=False)),
        spares=Count("room__exam_seats", filter=working & Q(room__exam_seats__spare=True)),
        broken=Count("room__exam_seats", filter=broken),
    )
    keeps = may_keep_site(request.user, site)
    context = {
        "site": site,
        "facts": _facts(site),
        "rooms": rooms.order_by("room__name"),
        "may_change": keeps and not site.closed_on,
        "timeline": audit.timeline(site),
        "crumbs": [
            {"label": _("考点"), "url": reverse("venues:sites")},
            {"label": site.name},
        ],
    }
    return render(request, "venues/site.html", context)


def _facts(site: Site) -> list[dict[str, Any]]:
    return [
        {"label": _("考核机构"), "value": site.organization},
        {"label": _("所在县市"), "value": site.division},
        {"label": _("地址"), "value": site.address},
        {"label": _("怎样到达"), "value": site.directions or "—"},
        {"label": _("联系人"), "value": f"{site.contact} {site.contact_phone}"},
        {"label": _("无障碍条件"), "value": site.accessibility or "—"},
    ]


@login_required
@require_http_methods(["GET", "POST"])
def place_room(request: SignedIn, pk: int) -> HttpResponse:
    """A room of the body becomes an examination room here."""
    site = kept(request, pk)
    rooms = Room.objects.visible_to(request.user).filter(organization=site.organization_id)
    form = RoomForm(request.POST or None, rooms=rooms.in_use().order_by("name"))
    if request.method == "POST" and form.is_valid():
        try:
            placed = actions.place_room(site, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            beside(form, refusal)
        else:
            return redirect("venues:room", placed.pk)
    title = _("%(site)s：设置考场") % {"site": site}
    return entry(request, form, title, reverse("venues:site", args=[pk]))


def beside(form: Any, refusal: Refused) -> None:
    """A refusal about one field stands beside it; any other goes its usual way."""
    if refusal.field not in form.fields:
        raise refusal
    form.add_error(refusal.field, str(refusal))


def entry(request: SignedIn, form: Any, title: str, back: str) -> HttpResponse:
    """The page of a form."""
    context = {"form": form, "title": title, "cancel_url": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "venues/form.html", context, status=status)
