"""Practice stations: how many of each trade a room has.

Source: notice, part 1, section 4 (stations of every trade suffice for practice).
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Room, Station
from zhupei.people.models import User
from zhupei.syllabus.models import Job


@transaction.atomic
def add(room: Room, *, by: User, job: Job, count: int) -> Station:
    """Enter the stations of one trade in a room. Raises NotAllowed; Refused "stations_known"."""
    shared.keeper(room.organization, by)
    if room.station_rows.filter(job=job).exists():
        raise Refused(
            "stations_known",
            _("“%(room)s”已登记过%(job)s的工位。请修改那一条。"),
            field="job",
            room=room.name,
            job=job.name,
        )
    station = Station.objects.create(
        organization=room.organization, room=room, job=job, count=count
    )
    facts: dict[str, Any] = {"room": room.name, "job": job.name, "count": count}
    audit.record(InstitutionEvent.STATION_ADDED, room.organization, by=by, **facts)
    return station


@transaction.atomic
def change(station: Station, *, by: User, count: int) -> Station:
    """Another number of stations. Raises NotAllowed."""
    row = shared.held(station, by)
    changes = shared.change(row, {"count": count})
    facts: dict[str, Any] = {"room": row.room.name, "job": row.job.name}
    shared.record_changes(
        InstitutionEvent.STATION_CHANGED, row.organization, changes, by=by, **facts
    )
    return row


@transaction.atomic
def remove(station: Station, *, by: User) -> None:
    """The stations are no more; the event keeps how many there were. Raises NotAllowed."""
    row = shared.held(station, by)
    facts: dict[str, Any] = {"room": row.room.name, "job": row.job.name, "count": row.count}
    row.delete()
    audit.record(InstitutionEvent.STATION_REMOVED, row.organization, by=by, **facts)
