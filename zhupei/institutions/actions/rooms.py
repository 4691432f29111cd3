"""The rooms an institution teaches in, or an assessment body examines in."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Room, Tenure
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def add_room(
    organization: Organization,
    *,
    by: User,
    fire_paper: File[bytes] | None = None,
    **fields: Any,
) -> Room:
    """Enter a room.

    Raises NotAllowed; Refused "room_name_taken", "lease_term_missing", "in_the_future" or what a
    file is refused for.
    """
    organization = shared.keeper(organization, by)
    _check(organization, fields)
    stored = shared.paper(fire_paper, by=by, field="fire_paper")
    room = Room.objects.create(organization=organization, fire_paper=stored, **fields)
    audit.record(InstitutionEvent.ROOM_ADDED, organization, by=by, room=room.name, seats=room.seats)
    return room


@transaction.atomic
def change(room: Room, *, by: User, fire_paper: File[bytes] | None = None, **said: Any) -> Room:
    """Say something else of a room. Raises as ``add_room``, and Refused "room_closed"."""
    row = _open(room, by)
    _check(row.organization, said, than=row)
    stored = shared.paper(fire_paper, by=by, field="fire_paper")
    if stored:
        said["fire_paper"] = stored
    changes = shared.change(row, said)
    verb = InstitutionEvent.ROOM_CHANGED
    shared.record_changes(verb, row.organization, changes, by=by, room=row.name)
    return row


@transaction.atomic
def check_fire_safety(
    room: Room,
    *,
    by: User,
    fire_checked_on: date,
    fire_valid_until: date,
    fire_paper: File[bytes] | None = None,
) -> Room:
    """Put a fire-safety check on record, with its paper and the day of the next.

    Raises NotAllowed; Refused "room_closed", "in_the_future", "check_order", "fire_paper_missing".

    Source: notice, part 2, section 1 (rooms with fire hazards; checked all the time).
    """
    row = _open(room, by)
    shared.not_in_the_future(fire_checked_on, "fire_checked_on")
    if fire_valid_until < fire_checked_on:
        raise Refused(
            "check_order", _("下次检查不会早于这一次。请检查两个日期。"), field="fire_valid_until"
        )
    stored = shared.paper(fire_paper, by=by, field="fire_paper")
    if stored is None:
        raise Refused("fire_paper_missing", _("请上传消防检查记录。"), field="fire_paper")
    said = {
        "fire_checked_on": fire_checked_on,
        "fire_valid_until": fire_valid_until,
        "fire_paper": stored,
    }
    changes = shared.change(row, said)
    verb = InstitutionEvent.FIRE_CHECKED
    shared.record_changes(verb, row.organization, changes, by=by, room=row.name)
    return row


@transaction.atomic
def close(room: Room, *, by: User, on: date) -> Room:
    """The room is not used any more from a day on. Raises NotAllowed; Refused "room_closed"."""
    row = _open(room, by)
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    facts: dict[str, Any] = {"room": row.name, "day": dated(on)}
    audit.record(InstitutionEvent.ROOM_CLOSED, row.organization, by=by, **facts)
    return row


def _open(room: Room, by: User) -> Room:
    row = shared.held(room, by)
    if row.closed_on:
        raise Refused(
            "room_closed",
            _("“%(name)s”已于 %(day)s 停用。要再用，请登记一个新的场地。"),
            name=row.name,
            day=dated(row.closed_on),
        )
    return row


def _check(organization: Organization, said: dict[str, Any], *, than: Room | None = None) -> None:
    others = shared.others(organization.rooms.all(), than)
    if others.filter(name=said["name"]).exists():
        raise Refused(
            "room_name_taken",
            _("已有一个场地叫“%(name)s”。请换一个名称。"),
            field="name",
            name=said["name"],
        )
    if said.get("tenure", Tenure.OWNED) != Tenure.OWNED and not said.get("lease_until"):
        raise Refused(
            "lease_term_missing",
            _("租赁或依托的场地要写明租期或协议到哪一天。"),
            field="lease_until",
        )
    shared.not_in_the_future(said.get("fire_checked_on"), "fire_checked_on")
