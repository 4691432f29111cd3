"""The rooms an institution teaches in."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.access import may_keep_file
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Room
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def add_room(organization: Organization, *, by: User, **fields: Any) -> Room:
    """Enter a room. Raises NotAllowed; Refused "room_name_taken"."""
    if not may_keep_file(by, organization):
        raise NotAllowed("not_allowed", _("只有本单位的教务或考务能登记场地。"))
    if organization.rooms.filter(name=fields["name"]).exists():
        raise Refused(
            "room_name_taken",
            _("已有一个场地叫“%(name)s”。请换一个名称。"),
            field="name",
            name=fields["name"],
        )
    room = Room.objects.create(organization=organization, **fields)
    audit.record(InstitutionEvent.ROOM_ADDED, organization, by=by, room=room.name, seats=room.seats)
    return room
