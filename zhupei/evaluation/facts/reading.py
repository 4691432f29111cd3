"""What is asked: of whom, for which days; and how a deed is named among the facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone

from zhupei.organizations.models import Organization

Found = dict[int, dict[str, dict[str, Any]]]
NAMED = 12  # deeds named among the facts of one indicator; the rest are counted


@dataclass(frozen=True)
class Reading:
    """Facts of the days from ``since`` to ``until``, as they stood on ``day``. ``declared`` and
    ``certified`` are the rates institutions state themselves: who passed, who got a certificate.
    """

    organizations: Sequence[Organization]
    since: date
    until: date
    day: date
    declared: Mapping[int, Decimal | None] = field(default_factory=dict)
    certified: Mapping[int, Decimal | None] = field(default_factory=dict)

    def of(self, organizations: Sequence[Organization]) -> Self:
        return replace(self, organizations=organizations)

    @property
    def keys(self) -> list[int]:
        return [organization.pk for organization in self.organizations]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that count; nothing after the day itself."""
        return self.since, min(self.until, self.day)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments."""
        first, last = self.days
        return _moment(first, time.min), _moment(last, time.max)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def cases(kind: str, rows: Iterable[tuple[int, str]]) -> list[list[Any]]:
    """Deeds named among facts: what kind, which row, how it is called."""
    return [[kind, key, label] for key, label in sorted(rows)[:NAMED]]
