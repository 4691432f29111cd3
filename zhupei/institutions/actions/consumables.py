"""The consumables of practice: what came in, what went out, what is left.

Source: notice, part 1, section 4 (ledger, list of consumables and records of use are complete).
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Consumable, ConsumableEntry, Direction
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def add(organization: Organization, *, by: User, **said: Any) -> Consumable:
    """A material that is kept account of. Raises NotAllowed; Refused "consumable_known"."""
    shared.keeper(organization, by)
    _check(organization, said["name"])
    row = Consumable.objects.create(organization=organization, **said)
    facts: dict[str, Any] = {"name": row.name, "unit": row.unit}
    audit.record(InstitutionEvent.CONSUMABLE_ADDED, row, by=by, within=organization, **facts)
    return row


@transaction.atomic
def change(consumable: Consumable, *, by: User, **said: Any) -> Consumable:
    """Another name, unit or trade. Raises NotAllowed; "consumable_known", "consumable_closed"."""
    row = _kept(consumable, by)
    _check(row.organization, said["name"], than=row)
    changes = shared.change(row, said)
    shared.record_changes(
        InstitutionEvent.CONSUMABLE_CHANGED,
        row,
        changes,
        by=by,
        within=row.organization,
        name=row.name,
    )
    return row


@transaction.atomic
def close(consumable: Consumable, *, by: User) -> Consumable:
    """No account is kept any more, when nothing is left.

    Raises NotAllowed; Refused "consumable_closed", "something_left".
    """
    row = _kept(consumable, by)
    if row.balance:
        raise Refused(
            "something_left",
            _("“%(name)s”还结存 %(balance)s %(unit)s。请先登记领用或处置。"),
            name=row.name,
            balance=shared.plain(row.balance),
            unit=row.unit,
        )
    row.closed_on = timezone.localdate()
    row.save(update_fields=["closed_on"])
    facts: dict[str, Any] = {"name": row.name, "day": dated(row.closed_on)}
    audit.record(InstitutionEvent.CONSUMABLE_CLOSED, row, by=by, within=row.organization, **facts)
    return row


@transaction.atomic
def move(
    consumable: Consumable, *, by: User, direction: str, quantity: Decimal, on: date, **slip: str
) -> ConsumableEntry:
    """Some of a material comes in or goes out, on a slip with a ``purpose`` and a ``number``
    perhaps; the balance follows and is never overdrawn.

    Two clerks at once: the second waits for the first and sees what is left. Raises NotAllowed;
    Refused "consumable_closed", "in_the_future", "entry_known" (the number of the slip) or
    "overdrawn".
    """
    row = _kept(consumable, by)
    shared.not_in_the_future(on, "on")
    entries = ConsumableEntry.objects.filter(organization=row.organization)
    if slip.get("number") and entries.filter(number=slip["number"]).exists():
        raise Refused("entry_known", _("这个单据号已经登记过。"), field="number")
    before = row.balance
    row.balance = _after(row, direction, quantity)
    row.save(update_fields=["balance"])
    entry = ConsumableEntry.objects.create(
        organization=row.organization,
        consumable=row,
        on=on,
        direction=direction,
        quantity=quantity,
        **slip,
    )
    facts: dict[str, Any] = {
        "name": row.name,
        "direction": str(Direction(direction).label),
        "quantity": f"{shared.plain(quantity)} {row.unit}",
        "words": f"{shared.plain(before)} → {shared.plain(row.balance)} {row.unit}",
        "day": dated(on),
        "purpose": entry.purpose,
    }
    audit.record(InstitutionEvent.CONSUMABLE_MOVED, row, by=by, within=row.organization, **facts)
    return entry


def _after(row: Consumable, direction: str, quantity: Decimal) -> Decimal:
    after = row.balance + (quantity if direction == Direction.IN else -quantity)
    if after < 0:
        raise Refused(
            "overdrawn",
            _("“%(name)s”只结存 %(balance)s %(unit)s，领用不能超过它。"),
            field="quantity",
            name=row.name,
            balance=shared.plain(row.balance),
            unit=row.unit,
        )
    return after


def _kept(consumable: Consumable, by: User) -> Consumable:
    row = shared.held(consumable, by)
    if row.closed_on:
        raise Refused(
            "consumable_closed",
            _("“%(name)s”已于 %(day)s 停用，不再登记收发。"),
            name=row.name,
            day=dated(row.closed_on),
        )
    return row


def _check(organization: Organization, name: str, *, than: Consumable | None = None) -> None:
    others = shared.others(organization.consumables.all(), than)
    if others.filter(name=name).exists():
        raise Refused("consumable_known", _("这种耗材已经登记过。"), field="name")
