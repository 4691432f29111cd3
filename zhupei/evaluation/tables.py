"""The tables of a year: grades by place, and what was found of each indicator, of how many.

They are what the notice is written from; the denominators are those that were assessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from zhupei.evaluation.models import Answer, Evaluation, Scheme, State
from zhupei.evaluation.rules.points import Status

GRADES = ("A", "B", "C", "D")


@dataclass
class Place:
    """The grades of one prefecture, or of all."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def row(self) -> list[int]:
        """A, B, C, D, out, without a grade; all."""
        names = (*GRADES, "out", "")
        return [*(self.counts.get(name, 0) for name in names), self.total]

    def labelled(self) -> list[tuple[Any, int]]:
        """The same, each with its head: on a phone a row is a card."""
        return list(zip([*GRADES, _("退出"), _("未定级"), _("合计")], self.row(), strict=True))


class Found(NamedTuple):
    """What was found of one indicator: how many got all of it, some, nothing; of ``assessed``."""

    code: str
    title: str
    full: int
    some: int
    none: int
    assessed: int
    not_applicable: int
    all: int


def grades(evaluations: QuerySet[Evaluation]) -> tuple[list[Place], Place]:
    """By prefecture, and altogether. Who left counts as out."""
    rows = evaluations.order_by().values_list(
        "organization__prefecture__short_name", "state", "grade"
    )
    places: dict[str, Place] = {}
    everywhere = Place("")
    for name, state, grade, n in rows.annotate(n=Count("pk")):
        key = "out" if state == State.EXITED else grade if state == State.DECIDED else ""
        for place in (places.setdefault(name, Place(name)), everywhere):
            place.counts[key] = place.counts.get(key, 0) + n
    return [places[name] for name in sorted(places)], everywhere


def indicators(scheme: Scheme, evaluations: QuerySet[Evaluation]) -> list[Found]:
    """For each indicator of a scheme, in its order."""
    scored = Q(status=Status.SCORED.value)
    rows = (
        Answer.objects.filter(evaluation__in=evaluations.exclude(state=State.EXITED))
        .order_by()
        .values("indicator")
        .annotate(
            full=Count("pk", filter=scored & Q(value=F("indicator__points"))),
            none=Count("pk", filter=scored & Q(value=0)),
            assessed=Count("pk", filter=scored),
            not_applicable=Count("pk", filter=Q(status=Status.NOT_APPLICABLE.value)),
            all=Count("pk"),
        )
    )
    counted: dict[int, Mapping[str, Any]] = {row["indicator"]: row for row in rows}
    return list(_found(scheme, counted))


def _found(scheme: Scheme, counted: Mapping[int, Mapping[str, Any]]) -> Iterable[Found]:
    for one in scheme.indicators.all():
        row = counted.get(one.pk)
        if row is None:
            yield Found(one.code, one.title, 0, 0, 0, 0, 0, 0)
            continue
        some = row["assessed"] - row["full"] - row["none"]
        yield Found(
            one.code,
            one.title,
            row["full"],
            some,
            row["none"],
            row["assessed"],
            row["not_applicable"],
            row["all"],
        )
