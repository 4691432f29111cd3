"""What a search is given and what it returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhupei.attendance.models import Attendance, Method
from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core.templatetags.ui import beijing


class Window(NamedTuple):
    """The facts of this time are looked at: from, and before."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Row:
    """One piece of evidence: who, what, where, when, and what about it. ``page`` and ``pk`` name
    the page that shows the record itself.
    """

    who: str
    what: str
    where: str
    since: datetime | None
    until: datetime | None = None
    says: str = ""
    page: str = ""
    pk: int | None = None

    def as_fact(self) -> dict[str, Any]:
        """As a lead keeps it."""
        return {
            "who": self.who,
            "what": self.what,
            "where": self.where,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "says": self.says,
            "page": self.page,
            "pk": self.pk,
        }


@dataclass(frozen=True)
class Found:
    """One lead to be. ``places``: body and prefecture of each place, the main one first."""

    key: str
    title: str
    happened_on: date
    places: tuple[tuple[int, str], ...]
    rows: Sequence[Row] = field(default_factory=tuple)


def ask(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a question written in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def day(moment: datetime) -> date:
    """The day in Beijing time."""
    return timezone.localdate(moment)


def clock(moment: datetime | None) -> str:
    return beijing(moment) if moment else ""


def unique(places: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Each place once, in their order."""
    return tuple(dict.fromkeys(places))


class Hour(NamedTuple):
    """A lesson as evidence says it."""

    pk: int
    held: TrainingClass
    starts_at: datetime
    ends_at: datetime
    what: str
    where: str
    place: tuple[int, str]  # body and prefecture


class Line(NamedTuple):
    """A line of a roll. Thousands may be evidence of one search: plain values, no models."""

    hour: Hour
    who: str
    method: str
    since: datetime | None
    left_at: datetime | None
    waiting: bool

    def as_row(self, says: str = "") -> Row:
        """As evidence."""
        return Row(
            who=self.who,
            what=self.hour.what,
            where=self.hour.where,
            since=self.since,
            until=self.left_at or self.hour.ends_at,
            says="，".join(word for word in (self.method, says) if word),
            page="teaching:lesson",
            pk=self.hour.pk,
        )


def lines_of(keys: Iterable[int]) -> dict[int, Line]:
    """Lines of rolls with all that evidence says about them; two questions."""
    rows = Attendance.objects.filter(pk__in=set(keys)).values_list(
        "pk",
        "lesson_id",
        "enrolment__person__name",
        "method",
        Coalesce("arrived_at", "signed_at"),
        "left_at",
        "waiting",
    )
    found = list(rows)
    hours = _hours({row[1] for row in found})
    methods = {method.value: str(method.label) for method in Method}
    return {
        pk: Line(hours[lesson], who, methods[method], since, left_at, waiting)
        for pk, lesson, who, method, since, left_at, waiting in found
    }


def _hours(keys: set[int]) -> dict[int, Hour]:
    rows = Lesson.objects.filter(pk__in=keys).select_related(
        "unit", "room", "training_class__organization"
    )
    return {row.pk: _hour(row) for row in rows}


def _hour(lesson: Lesson) -> Hour:
    held = lesson.training_class
    return Hour(
        pk=lesson.pk,
        held=held,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        what=f"{held} · {lesson}",
        where=f"{held.organization} · {lesson.room}",
        place=(held.organization_id, held.prefecture_id),
    )
