"""Where a candidate may be moved to when a machine fails."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhupei.exams.actions.seating import rooms_of
from zhupei.exams.models import Sitting
from zhupei.institutions.models import Room
from zhupei.venues.models import Condition, Seat


def free(sitting: Sitting) -> QuerySet[Seat]:
    """Usable seats of its rooms on which nobody of this sitting sits, the spare ones first."""
    taken = sitting.candidates.filter(place__isnull=False).values("place")
    rows = Seat.objects.filter(room__in=rooms_of(sitting), usable=True)
    rows = rows.exclude(condition=Condition.BROKEN).exclude(pk__in=taken)
    return rows.select_related("room").order_by("-spare", "room", "number")


def standing(rooms: Iterable[Room]) -> QuerySet[Seat]:
    """Every seat that stands in these rooms, spare ones too."""
    return Seat.objects.filter(room__in=rooms, usable=True)
