"""Who sees what belongs to a sitting."""

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Count, Q

from zhupei.exams.models import Sitting, SittingQuerySet, State

Row = TypeVar("Row", bound=models.Model)


class OfSittingQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Any) -> Self:
        """Whoever works with the sitting or looks on; never its candidates."""
        if getattr(user, "acting", None) is None:
            return self.none()
        return self.filter(sitting__in=Sitting.objects.visible_to(user))


def watched(sittings: SittingQuerySet, now: datetime) -> SittingQuerySet:
    """Those sealed or closed that end today or later, the next first, with ``seated`` and
    ``entered``: seats, and who was admitted.
    """
    entered = Q(
        candidates__check_ins__verdict="admitted", candidates__check_ins__undone_at__isnull=True
    )
    rows = sittings.filter(state__in=[State.NOTIFIED, State.SEALED, State.CLOSED])
    return (
        rows.filter(starts_at__gte=now - timedelta(hours=24))
        .annotate(
            seated=Count("candidates", distinct=True),
            entered=Count("candidates", filter=entered, distinct=True),
        )
        .select_related("job", "room", "organization")
        .order_by("starts_at", "pk")
    )
