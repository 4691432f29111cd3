"""设备: the ledger of equipment and the records of its use."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Max, Q, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import audit
from zhupei.institutions.actions import equipment as actions
from zhupei.institutions.forms.ledgers import (
    EquipmentFilters,
    EquipmentForm,
    LedgerForm,
    UseFilters,
    UseForm,
)
from zhupei.institutions.forms.shared import NoteForm
from zhupei.institutions.models import Condition, Equipment, EquipmentUse
from zhupei.institutions.views.frame import entry, frame, kept, kept_part, load, paged, part
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def ledger(request: SignedIn, pk: int) -> HttpResponse:
    """The equipment by number, with what it was last used."""
    organization = load(request, pk)
    rows = Equipment.objects.visible_to(request.user).filter(organization=organization)
    filters = EquipmentFilters(request.GET)
    found = _found(rows, filters).annotate(last_use=Max("uses__used_on"))
    context = frame(request, organization, "equipment") | {
        "page": paged(request, found.select_related("job", "room").order_by("number")),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "form": LedgerForm(),
        "ledger": "equipment",
    }
    return render(request, "institutions/equipment.html", context)


def _found(rows: Any, filters: EquipmentFilters) -> Any:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        words = said["q"].strip()
        rows = rows.filter(Q(number__icontains=words) | Q(name__icontains=words))
    if said["condition"]:
        rows = rows.filter(condition=said["condition"])
    return rows.filter(job=said["job"]) if said["job"] else rows


@login_required
@require_GET
def uses(request: SignedIn, pk: int) -> HttpResponse:
    """The records of use, the newest first."""
    organization = load(request, pk)
    rows = EquipmentUse.objects.visible_to(request.user).filter(organization=organization)
    filters = UseFilters(request.GET)
    found = _used(rows, filters)
    context = frame(request, organization, "equipment") | {
        "page": paged(request, found.select_related("equipment").order_by("-used_on", "-pk")),
        "minutes": found.aggregate(minutes=Sum("minutes"))["minutes"] or 0,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "form": LedgerForm(),
        "ledger": "uses",
    }
    return render(request, "institutions/uses.html", context)


def _used(rows: Any, filters: UseFilters) -> Any:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        words = said["q"].strip()
        rows = rows.filter(
            Q(equipment__number__icontains=words)
            | Q(equipment__name__icontains=words)
            | Q(purpose__icontains=words)
            | Q(user_name__icontains=words)
        )
    if said["first"]:
        rows = rows.filter(used_on__gte=said["first"])
    return rows.filter(used_on__lte=said["last"]) if said["last"] else rows


@login_required
@require_GET
def piece(request: SignedIn, pk: int) -> HttpResponse:
    """One piece: what it is, what it was used for, what happened to its line."""
    found = part(request, Equipment, pk, "job", "room")
    rows = EquipmentUse.objects.visible_to(request.user).filter(equipment=found)
    context = frame(request, found.organization, "equipment") | {
        "piece": found,
        "working": found.condition != Condition.RETIRED,
        "page": paged(request, rows.order_by("-used_on", "-pk")),
        "timeline": audit.timeline(found),
    }
    return render(request, "institutions/piece.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """A new line of the ledger."""
    organization = kept(request, pk)
    form = EquipmentForm(request.POST or None, organization=organization, user=request.user)
    verb = partial(actions.add, organization)
    return entry(request, organization, form, verb, heading=_("登记设备"), tab="equipment")


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Say something else of a piece."""
    found = kept_part(request, Equipment, pk)
    organization = found.organization
    form = EquipmentForm(
        request.POST or None, instance=found, organization=organization, user=request.user
    )
    words = {"heading": _("修改设备 %(number)s") % {"number": found.number}, "back": _page(found)}
    verb = partial(actions.change, found)
    return entry(request, organization, form, verb, tab="equipment", **words)


@login_required
@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    """Write a piece off."""
    found = kept_part(request, Equipment, pk)
    words = {
        "heading": _("报废设备 %(number)s") % {"number": found.number},
        "text": _("报废后不能再登记使用。台账和使用记录保留。"),
        "submit": _("报废"),
        "danger": True,
        "back": _page(found),
    }
    form, verb = NoteForm(request.POST or None), partial(actions.retire, found)
    return entry(request, found.organization, form, verb, tab="equipment", **words)


@login_required
@require_http_methods(["GET", "POST"])
def use(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a record of use."""
    found = kept_part(request, Equipment, pk)
    heading = _("登记 %(number)s %(name)s 的使用") % {"number": found.number, "name": found.name}
    form, verb = UseForm(request.POST or None), partial(actions.enter_use, found)
    words = {"heading": heading, "back": _page(found)}
    return entry(request, found.organization, form, verb, tab="equipment", **words)


@login_required
@require_http_methods(["GET", "POST"])
def strike(request: SignedIn, pk: int) -> HttpResponse:
    """Take out a record that was entered wrongly."""
    found = kept_part(request, EquipmentUse, pk, "equipment")
    words = {
        "heading": _("删去使用记录"),
        "text": _("删去的内容和原因会留在本机构的经过里。"),
        "submit": _("删去"),
        "danger": True,
        "back": _page(found.equipment),
    }
    form, verb = NoteForm(request.POST or None), partial(actions.strike_use, found)
    return entry(request, found.organization, form, verb, tab="equipment", **words)


def _page(found: Equipment) -> str:
    return reverse("institutions:piece", args=[found.pk])
