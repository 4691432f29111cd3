"""Which exam has a room, and when: theory and practical exams write here alike."""

from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import span
from zhupei.institutions.models import Room
from zhupei.organizations.models import ASSIGNED


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: Any) -> Self:
        """Their own body's, and those of the area for the authorities."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        mine = Q(room__organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("room__organization__"))

    def meeting(self, room: Room, start: Any, end: Any) -> Self:
        """Those of this room that share a moment with the time given."""
        return self.filter(room=room, starts_at__lt=end, ends_at__gt=start)


class Booking(models.Model):
    """That a room is an exam's for a time. It stands from the notice until the exam is over.

    ``subject`` is the exam as the record names it: the floors above know what it is.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings")
    subject = models.TextField()
    label = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="booking_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="booking_room_for_one",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("subject", RangeOperators.NOT_EQUAL),
                    (span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(room)s：%(label)s") % {"room": self.room, "label": self.label})
