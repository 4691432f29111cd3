"""The ledger of equipment, and the records of its use.

Source: notice, part 1, section 4 (ledger, list of consumables and records of use are complete).
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Condition, Equipment, EquipmentUse
from zhupei.organizations.models import Organization
from zhupei.people.models import User

DAY = 24 * 60  # minutes


@transaction.atomic
def add(organization: Organization, *, by: User, **said: Any) -> Equipment:
    """A new line of the equipment ledger. Raises NotAllowed; "equipment_known", "in_the_future"."""
    shared.keeper(organization, by)
    _check(organization, said)
    row = Equipment.objects.create(organization=organization, **said)
    facts: dict[str, Any] = {"number": row.number, "name": row.name, "quantity": row.quantity}
    audit.record(InstitutionEvent.EQUIPMENT_ADDED, row, by=by, within=organization, **facts)
    return row


@transaction.atomic
def change(equipment: Equipment, *, by: User, **said: Any) -> Equipment:
    """Say something else of a piece. Raises as ``add``, and "equipment_retired"."""
    row = _in_service(equipment, by)
    _check(row.organization, said, than=row)
    changes = shared.change(row, said)
    shared.record_changes(
        InstitutionEvent.EQUIPMENT_CHANGED,
        row,
        changes,
        by=by,
        within=row.organization,
        number=row.number,
    )
    return row


@transaction.atomic
def retire(equipment: Equipment, *, by: User, note: str) -> Equipment:
    """A piece is written off. Raises NotAllowed; Refused "equipment_retired", "note_required"."""
    row = _in_service(equipment, by)
    _needs(note)
    row.condition = Condition.RETIRED
    row.save(update_fields=["condition"])
    facts: dict[str, Any] = {"number": row.number, "name": row.name, "note": note.strip()}
    audit.record(InstitutionEvent.EQUIPMENT_RETIRED, row, by=by, within=row.organization, **facts)
    return row


@transaction.atomic
def enter_use(equipment: Equipment, *, by: User, **said: Any) -> EquipmentUse:
    """A record of use: ``used_on``, ``minutes``, ``purpose``, ``user_name``, perhaps the ``number``
    of its slip.

    Raises NotAllowed; Refused "equipment_retired", "in_the_future", "use_too_long" (more than
    the day has) or "use_known" (the number of the slip).
    """
    row = _in_service(equipment, by)
    shared.not_in_the_future(said["used_on"], "used_on")
    if not 0 < said["minutes"] <= DAY:
        raise Refused("use_too_long", _("使用时长应在 1 到 1440 分钟之间。"), field="minutes")
    uses = EquipmentUse.objects.filter(organization=row.organization)
    if said.get("number") and uses.filter(number=said["number"]).exists():
        raise Refused("use_known", _("这个记录单号已经登记过。"), field="number")
    use = EquipmentUse.objects.create(organization=row.organization, equipment=row, **said)
    verb = InstitutionEvent.USE_ENTERED
    audit.record(verb, row, by=by, within=row.organization, **_facts(use))
    return use


@transaction.atomic
def strike_use(use: EquipmentUse, *, by: User, note: str) -> None:
    """Take a record of use out that was entered wrongly; the event keeps what it said.

    Raises NotAllowed; Refused "note_required".
    """
    row = shared.held(use, by)
    _needs(note)
    facts = _facts(row) | {"slip": row.number, "note": note.strip()}
    equipment = row.equipment
    row.delete()
    audit.record(
        InstitutionEvent.USE_STRUCK, equipment, by=by, within=equipment.organization, **facts
    )


def _facts(use: EquipmentUse) -> dict[str, Any]:
    return {
        "number": use.equipment.number,
        "day": dated(use.used_on),
        "minutes": use.minutes,
        "user": use.user_name,
        "purpose": use.purpose,
    }


def _in_service(equipment: Equipment, by: User) -> Equipment:
    row = shared.held(equipment, by)
    if row.condition == Condition.RETIRED:
        raise Refused(
            "equipment_retired", _("设备 %(number)s 已报废，不再登记。"), number=row.number
        )
    return row


def _check(
    organization: Organization, said: dict[str, Any], *, than: Equipment | None = None
) -> None:
    others = shared.others(organization.equipment.all(), than)
    if others.filter(number=said["number"]).exists():
        raise Refused("equipment_known", _("这个设备编号已经登记过。"), field="number")
    shared.not_in_the_future(said.get("bought_on"), "bought_on")


def _needs(note: str) -> None:
    if not note.strip():
        raise Refused("note_required", _("请写明原因。"), field="note")
