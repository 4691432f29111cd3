"""Taking a room for an exam and giving it back, inside the deed that wants it.

The deed is the one that asks who may, and that stands in the record; here is only the truth that
no two exams, whatever their kind, have one room at one time.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.constraints import told
from zhupei.core.errors import Refused
from zhupei.institutions.models import Room
from zhupei.venues.models import Booking


@transaction.atomic
def book(exam: Model, rooms: Iterable[Room], start: datetime, end: datetime) -> None:
    """These rooms, at that time, instead of all the exam had before. Raises as ``book_more``."""
    free(exam)
    for room in sorted(rooms, key=lambda room: room.pk):  # everybody in one order: no deadlock
        book_more(exam, room, start, end)


def book_more(exam: Model, room: Room, start: datetime, end: datetime) -> None:
    """A time more. Raises Refused "room_taken", which names the exam that has the room.

    Source: Measures, art. 20 (exams are held in good order).
    """
    subject = audit.subject_key(exam)
    with told({"booking_room_for_one": lambda: _taken(subject, room, start, end)}):
        Booking.objects.create(
            room=room, subject=subject, label=str(exam), starts_at=start, ends_at=end
        )


def free(exam: Model) -> None:
    """The exam is over or called off: its rooms are anybody's."""
    Booking.objects.filter(subject=audit.subject_key(exam)).delete()


def _taken(subject: str, room: Room, start: datetime, end: datetime) -> Refused:
    other = Booking.objects.meeting(room, start, end).exclude(subject=subject).first()
    return Refused(
        "room_taken",
        _("“%(room)s”在这个时间已安排“%(other)s”。请换考场或换时间。"),
        field="room",
        room=room,
        other=other.label if other else _("另一场考核"),
    )
