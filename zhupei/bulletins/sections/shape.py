"""What a section is made of: sentences, tables whose rows are places, and a picture.

A place is a prefecture for the region, and an institution or assessment body for a bureau.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhupei.bulletins import rules
from zhupei.bulletins.rules import Period
from zhupei.organizations.models import Division, Kind, Organization
from zhupei.people.models import User

Counts = Mapping[Any, int]
Cell = int | float | None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Scope:
    """Whose bulletin, over which days, and who reads the record for it."""

    authority: Organization
    kind: str
    period: Period
    reader: User

    @property
    def whole(self) -> bool:
        """Is it about the whole region?"""
        return self.authority.kind == Kind.REGION_AUTHORITY

    @property
    def where(self) -> str:
        """What sentences call the area."""
        return _("全区") if self.whole else str(self.authority.prefecture.short_name)  # type: ignore[union-attr]

    @cached_property
    def earlier(self) -> "Scope":
        """The same over the period before."""
        return replace(self, period=rules.before(self.kind, self.period))

    def within(self, path: str) -> Q:
        """The condition "in the area", on rows whose prefecture is at ``path``."""
        return Q() if self.whole else Q(**{path: self.authority.prefecture_id})

    @property
    def end(self) -> datetime:
        """The moment the period is over: what stands open is told as it was then."""
        return _midnight(self.period.until + timedelta(days=1))

    def during(self, path: str) -> Q:
        """The condition "in the period", on rows whose moment is at ``path``."""
        return Q(**{f"{path}__gte": _midnight(self.period.since), f"{path}__lt": self.end})

    def before_end(self, path: str) -> Q:
        """The condition "had happened when the period ended"."""
        return Q(**{f"{path}__lt": self.end})

    def not_yet(self, path: str) -> Q:
        """The condition "had not happened when the period ended", by now it may have."""
        return Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__gte": self.end})

    def on_days(self, path: str) -> Q:
        """The same for a day instead of a moment."""
        return Q(**{f"{path}__range": (self.period.since, self.period.until)})

    def count(
        self,
        rows: QuerySet[Any],
        *,
        prefecture: str = "prefecture",
        organization: str = "organization",
        what: Aggregate | None = None,
    ) -> dict[Any, int]:
        """How many of these rows lie in the area, by place."""
        path = prefecture if self.whole else organization
        here = rows.filter(self.within(prefecture)).order_by().values_list(path)
        return dict(here.annotate(count=what or Count("pk")))

    def names(self, keys: Iterable[Any]) -> dict[Any, str]:
        """What the places are called, in the order they are listed."""
        if self.whole:
            prefectures = Division.objects.on(self.period.until).prefectures()
            return dict(prefectures.values_list("code", "short_name"))
        bodies = Organization.objects.filter(pk__in=set(keys)).order_by("kind", "name")
        return {body.pk: body.short_name or body.name for body in bodies}


@dataclass(frozen=True)
class Column:
    """A figure of every place; or, with ``of``, its share of another in per cent."""

    label: str | Promise
    counts: Counts
    of: Counts | None = None

    def cell(self, place: Any) -> Cell:
        part = self.counts.get(place, 0)
        return part if self.of is None else rules.share(part, self.of.get(place, 0))

    @property
    def total(self) -> Cell:
        part = sum(self.counts.values())
        return part if self.of is None else rules.share(part, sum(self.of.values()))


def table(scope: Scope, title: str, columns: Sequence[Column], note: str) -> dict[str, Any]:
    """A table as it is kept. ``note`` says how the figures are counted."""
    met = {place for column in columns for place in column.counts}
    rows = [
        {"name": name, "cells": [column.cell(place) for column in columns]}
        for place, name in scope.names(met).items()
    ]
    return {
        "title": title,
        "columns": [
            {"label": str(column.label), "unit": "" if column.of is None else "%"}
            for column in columns
        ],
        "rows": rows,
        "total": [column.total for column in columns],
        "note": note,
    }


def bars(made: Mapping[str, Any], column: int) -> dict[str, Any] | None:
    """A picture of one column of a table; None where there is nothing to compare."""
    shown = [
        (row["name"], row["cells"][column])
        for row in made["rows"]
        if row["cells"][column] is not None
    ]
    if len(shown) <= 1:
        return None
    head = made["columns"][column]
    return {"title": f"{made['title']}：{head['label']}", "unit": head["unit"], "bars": shown}


@dataclass(frozen=True)
class Section:
    """One section before it is kept. ``url`` is where the deeds behind it can be looked at."""

    key: str
    title: str
    sentences: list[str]
    tables: list[dict[str, Any]] = field(default_factory=list)
    chart: dict[str, Any] | None = None
    url: str = ""

    def as_facts(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "sentences": [sentence for sentence in self.sentences if sentence],
            "tables": self.tables,
            "chart": self.chart,
            "url": self.url,
        }


def against(now: int, earlier: int, kind: str) -> str:
    """How a figure stands to that of the period before, as half a sentence."""
    than = _("上月") if kind == "monthly" else _("上季度")
    if now == earlier:
        return _("与%(than)s持平") % {"than": than}
    word = _("比%(than)s增加 %(by)d") if now > earlier else _("比%(than)s减少 %(by)d")
    return word % {"than": than, "by": abs(now - earlier)}


def total(counts: Counts) -> int:
    return sum(counts.values())


def per_cent(part: int, whole: int) -> str:
    """``92.3%``, or a dash where there is nothing to divide by."""
    found = rules.share(part, whole)
    return "—" if found is None else f"{found}%"


def today() -> date:
    return timezone.localdate()
