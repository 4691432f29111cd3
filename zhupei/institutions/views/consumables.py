"""耗材: what there is of each material, what came in and what went out."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.actions import consumables as actions
from zhupei.institutions.forms.ledgers import ConsumableForm, LedgerForm, MoveForm
from zhupei.institutions.models import Consumable, ConsumableEntry
from zhupei.institutions.views.frame import entry, frame, kept, kept_part, load, paged, part
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def stock(request: SignedIn, pk: int) -> HttpResponse:
    """The materials with what is left of each."""
    organization = load(request, pk)
    rows = Consumable.objects.visible_to(request.user).filter(organization=organization)
    moved = rows.annotate(last_move=Max("entries__on")).select_related("job")
    context = frame(request, organization, "consumables") | {
        "page": paged(request, moved.order_by("-closed_on", "name")),
        "form": LedgerForm(),
        "ledger": "consumables",
    }
    return render(request, "institutions/consumables.html", context)


@login_required
@require_GET
def material(request: SignedIn, pk: int) -> HttpResponse:
    """One material: its balance and every line of its account."""
    found = part(request, Consumable, pk, "job")
    rows = ConsumableEntry.objects.visible_to(request.user).filter(consumable=found)
    context = frame(request, found.organization, "consumables") | {
        "material": found,
        "page": paged(request, rows.order_by("-on", "-pk")),
        "timeline": audit.timeline(found),
    }
    return render(request, "institutions/material.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """A material that account is kept of."""
    organization = kept(request, pk)
    form, verb = ConsumableForm(request.POST or None), partial(actions.add, organization)
    return entry(request, organization, form, verb, heading=_("登记耗材"), tab="consumables")


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Another name, unit or trade."""
    found = kept_part(request, Consumable, pk)
    form = ConsumableForm(request.POST or None, instance=found)
    words = {"heading": _("修改耗材"), "back": _page(found)}
    verb = partial(actions.change, found)
    return entry(request, found.organization, form, verb, tab="consumables", **words)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: SignedIn, pk: int) -> HttpResponse:
    """Some of it comes in or goes out."""
    found = kept_part(request, Consumable, pk)
    heading = _("登记 %(name)s 的收发") % {"name": found.name}
    balance = {"balance": f"{found.balance.normalize():f}", "unit": found.unit}
    text = _("现在结存 %(balance)s %(unit)s。登记错了不能删改，请用一笔相反的收发冲正。") % balance
    form, verb = MoveForm(request.POST or None), partial(actions.move, found)
    words = {"heading": heading, "text": text, "back": _page(found)}
    return entry(request, found.organization, form, verb, tab="consumables", **words)


@login_required
@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    """No account is kept of it any more."""
    found = kept_part(request, Consumable, pk)
    try:
        actions.close(found, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已停用。"))
    return redirect(_page(found))


def _page(found: Consumable) -> str:
    return reverse("institutions:material", args=[found.pk])
