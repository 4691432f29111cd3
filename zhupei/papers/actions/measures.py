"""Noting what was measured of items, so that assembly need not guess."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from zhupei.papers.models import Measurement


class Measured(NamedTuple):
    """Of one version: how many people answered, the part of its points they earned, and its
    correlation with the rest of their form.
    """

    people: int
    share: float
    rest: float | None


@transaction.atomic
def note(measured: Mapping[int, Measured]) -> None:
    """Keep what was measured of versions (by key), instead of what was known before."""
    now = timezone.now()
    Measurement.objects.bulk_create(
        [
            Measurement(version_id=version, measured_at=now, **facts._asdict())
            for version, facts in sorted(measured.items())
        ],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["people", "share", "rest", "measured_at"],
    )
