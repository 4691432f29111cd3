"""Ledgers filled from spreadsheets: kept for a dry run, then taken in without doubling a line.

Source: notice, part 2, section 1 (11 institutions without complete ledgers, lists and records).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, imports
from zhupei.core import waiting as waitingroom
from zhupei.core.import_kinds import Kind, Reading, Row
from zhupei.core.models import WaitingFile
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import (
    Condition,
    Consumable,
    ConsumableEntry,
    Direction,
    Equipment,
    EquipmentUse,
)
from zhupei.institutions.sheets import consumables, equipment, uses
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job


class Outcome(NamedTuple):
    """What an import did: lines made, lines that were there before, rows that stayed out."""

    made: int
    known: int
    refused: Sequence[Row[Any]]


class Ledger(NamedTuple):
    """A ledger that can be filled from a spreadsheet: how it is read and how it is stored.

    ``store`` returns how many lines it made of the good rows.
    """

    title: str | Promise
    page: str
    kind: Callable[[Organization], Kind[Any]]
    store: Callable[[Organization, list[Any]], int]
    event: InstitutionEvent


@transaction.atomic
def receive(
    organization: Organization, ledger: Ledger, *, by: User, upload: File[bytes]
) -> WaitingFile:
    """Keep a spreadsheet for its dry run. Raises what ``core.imports`` refuses of the file."""
    shared.keeper(organization, by)
    waiting = waitingroom.keep(upload, target=organization, by=by)
    rehearse(waiting, organization, ledger)  # one nobody can read is not kept
    return waiting


def rehearse(waiting: WaitingFile, organization: Organization, ledger: Ledger) -> Reading[Any]:
    """What the file says, row by row; nothing is stored."""
    return imports.read(waitingroom.content(waiting), ledger.kind(organization))


@transaction.atomic
def confirm(
    waiting: WaitingFile, organization: Organization, ledger: Ledger, *, by: User
) -> Outcome:
    """Take the good rows in, and forget the file. Rows are judged again on the ledger as it is
    now, held meanwhile: what another clerk entered since is not doubled and not overdrawn.

    Raises NotAllowed; Refused "already_imported".
    """
    owner = shared.keeper(organization, by)
    list(Consumable.objects.select_for_update().filter(organization=owner).order_by("pk"))
    content = waitingroom.take(waiting, target=owner, by=by)
    reading = imports.read(content, ledger.kind(owner))
    fresh = [row.value for row in reading.good if not is_known(row)]
    made = ledger.store(owner, fresh)
    outcome = Outcome(made, len(reading.good) - len(fresh), reading.bad)
    facts: dict[str, Any] = {"file": waiting.name, "count": outcome.made, "known": outcome.known}
    audit.record(ledger.event, owner, by=by, refused=len(reading.bad), **facts)
    return outcome


def is_known(row: Row[Any]) -> bool:
    """Was this line in the ledger before?"""
    return any(warning.code == "known" for warning in row.warnings)


def _jobs() -> dict[str, int]:
    """Trades by name and by code."""
    rows = Job.objects.values_list("pk", "name", "code")
    return {word: pk for pk, name, code in rows for word in (name, code)}


# --- equipment ------------------------------------------------------------------------------------


def _equipment(organization: Organization) -> Kind[equipment.Piece]:
    rooms = organization.rooms.in_use().values_list("name", "pk")
    numbers = frozenset(organization.equipment.values_list("number", flat=True))
    books = equipment.Books(timezone.localdate(), _jobs(), dict(rooms), numbers)
    return equipment.kind(books)


def _store_equipment(organization: Organization, pieces: list[equipment.Piece]) -> int:
    made = Equipment.objects.bulk_create(
        Equipment(
            organization=organization,
            number=piece.number,
            name=piece.name,
            model=piece.model,
            job_id=piece.job,
            room_id=piece.room,
            quantity=piece.quantity,
            bought_on=piece.bought_on,
            condition=piece.condition,
        )
        for piece in pieces
    )
    return len(made)


# --- records of use -------------------------------------------------------------------------------


def _uses(organization: Organization) -> Kind[uses.Use]:
    working = organization.equipment.exclude(condition=Condition.RETIRED)
    there = EquipmentUse.objects.filter(organization=organization).values_list(
        "equipment_id", "used_on", "minutes", "purpose", "user_name", "number"
    )
    books = uses.Books(
        timezone.localdate(),
        dict(working.values_list("number", "pk")),
        frozenset(uses.Use(*row).identity for row in there),
    )
    return uses.kind(books)


def _store_uses(organization: Organization, rows: list[uses.Use]) -> int:
    made = EquipmentUse.objects.bulk_create(
        EquipmentUse(
            organization=organization,
            equipment_id=use.equipment,
            used_on=use.used_on,
            minutes=use.minutes,
            purpose=use.purpose,
            user_name=use.user_name,
            number=use.number,
        )
        for use in rows
    )
    return len(made)


# --- consumables ----------------------------------------------------------------------------------


def _consumables(organization: Organization) -> Kind[consumables.Movement]:
    stocks = {
        row.name: consumables.Stock(row.unit, row.balance, row.closed_on is not None)
        for row in organization.consumables.all()
    }
    there = ConsumableEntry.objects.filter(organization=organization).values_list(
        "consumable__name",
        "consumable__unit",
        "consumable__job_id",
        "on",
        "direction",
        "quantity",
        "purpose",
        "number",
    )
    known = frozenset(consumables.Movement(*row).identity for row in there)
    return consumables.kind(consumables.Books(timezone.localdate(), _jobs(), stocks, known))


def _store_consumables(organization: Organization, rows: list[consumables.Movement]) -> int:
    stocks = _stocked(organization, rows)
    for row in rows:
        signed = row.quantity if row.direction == Direction.IN else -row.quantity
        stocks[row.name].balance += signed
    Consumable.objects.bulk_update(stocks.values(), ["balance"])
    made = ConsumableEntry.objects.bulk_create(
        ConsumableEntry(
            organization=organization,
            consumable=stocks[row.name],
            number=row.number,
            on=row.on,
            direction=row.direction,
            quantity=row.quantity,
            purpose=row.purpose,
        )
        for row in rows
    )
    return len(made)


def _stocked(organization: Organization, rows: list[consumables.Movement]) -> dict[str, Consumable]:
    """The materials of these rows by name; those nobody entered before are made."""
    names = {row.name: row for row in rows}
    stocks = {row.name: row for row in organization.consumables.filter(name__in=names)}
    fresh = [
        Consumable(organization=organization, name=name, unit=row.unit, job_id=row.job)
        for name, row in names.items()
        if name not in stocks
    ]
    return stocks | {row.name: row for row in Consumable.objects.bulk_create(fresh)}


LEDGERS: Mapping[str, Ledger] = {
    "equipment": Ledger(
        _("设备台账"),
        "equipment",
        _equipment,
        _store_equipment,
        InstitutionEvent.EQUIPMENT_IMPORTED,
    ),
    "uses": Ledger(_("设备使用记录"), "uses", _uses, _store_uses, InstitutionEvent.USES_IMPORTED),
    "consumables": Ledger(
        _("耗材收发"),
        "consumables",
        _consumables,
        _store_consumables,
        InstitutionEvent.CONSUMABLES_IMPORTED,
    ),
}
