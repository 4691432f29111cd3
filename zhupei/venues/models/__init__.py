"""Which bodies may examine, and the places they do it in."""

from zhupei.venues.models.bookings import Booking, BookingQuerySet
from zhupei.venues.models.designations import (
    Designation,
    DesignationDocument,
    DesignationQuerySet,
    PaperKind,
    State,
)
from zhupei.venues.models.seats import (
    Condition,
    ExamRoom,
    RoomCheck,
    Seat,
    SeatQuerySet,
    Site,
    SiteQuerySet,
)

__all__ = [
    "Booking",
    "BookingQuerySet",
    "Condition",
    "Designation",
    "DesignationDocument",
    "DesignationQuerySet",
    "ExamRoom",
    "PaperKind",
    "RoomCheck",
    "Seat",
    "SeatQuerySet",
    "Site",
    "SiteQuerySet",
    "State",
]
