"""The bank as assembly sees it: the items a blueprint may draw from, in plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import QuerySet, Sum
from django.utils import timezone

from zhupei.core import parameters
from zhupei.papers import rules
from zhupei.papers.assembly import Tolerance
from zhupei.papers.models import Blueprint, Measurement, Use
from zhupei.papers.parameters import (
    DIFFICULTY_TOLERANCE,
    EXPOSURE_DAYS,
    INFORMATION_TOLERANCE,
    MEASURED_LEAST,
    SHARES,
    SOLVER_SECONDS,
)
from zhupei.papers.rules import Item, Limits, Row
from zhupei.questions.models import ItemVersion, Likeness, Pair, QuestionSet
from zhupei.syllabus.models import Syllabus, Topic, Unit


@dataclass(frozen=True)
class Figures:
    """The figures of the rules that assembly works with, as they are today."""

    shares: Mapping[int, float]
    tolerance: Tolerance
    exposure_days: int
    measured_least: int
    seconds: int

    @classmethod
    def today(cls) -> "Figures":
        others = (
            DIFFICULTY_TOLERANCE,
            INFORMATION_TOLERANCE,
            EXPOSURE_DAYS,
            MEASURED_LEAST,
            SOLVER_SECONDS,
        )
        known = parameters.settings_of(*SHARES.values(), *others)
        marks, told, days, least, seconds = (known[one.key].value for one in others)
        return cls(
            {level: known[one.key].value / 100 for level, one in SHARES.items()},
            Tolerance(float(marks), float(told)),
            days,
            least,
            seconds,
        )


@dataclass(frozen=True)
class Bank:
    """What a blueprint may draw from now."""

    versions: Mapping[int, ItemVersion]
    items: list[Item]
    alike: frozenset[tuple[int, int]]
    figures: Figures

    @classmethod
    def of(cls, blueprint: Blueprint, *, pictures: bool = False) -> "Bank":
        """In eight questions, however large the bank is."""
        source = blueprint.question_set or blueprint.job
        released = let_to(blueprint)
        drawable = _unsat(ItemVersion.objects.drawable(source, released=released), released)
        if pictures:
            drawable = drawable.prefetch_related("pictures__file", "case__pictures__file")
        versions = {version.pk: version for version in drawable}
        figures = Figures.today()
        used = _uses(versions, figures.exposure_days)
        measured = Measurement.objects.filter(
            version__in=versions, people__gte=figures.measured_least
        ).in_bulk(field_name="version_id")
        above = _above(blueprint)
        items = [
            _item(version, used.get(pk, 0), measured.get(pk), above)
            for pk, version in versions.items()
        ]
        return cls(versions, items, _alike(versions.values()), figures)

    def limits(self, blueprint: Blueprint, rows: Iterable[Row]) -> Limits:
        """What binds the forms of this blueprint together."""
        size = sum(row.count for row in rows)
        return Limits(size * blueprint.overlap // 100, blueprint.exposure, self.alike)

    @cached_property
    def points(self) -> list[str]:
        """The points items of this bank are on, in words."""
        return sorted({item.point for item in self.items if item.point})


def let_to(blueprint: Blueprint) -> QuerySet[QuestionSet]:
    """The sealed sets it may draw from today."""
    let = blueprint.releases.in_force(timezone.localdate()).values("question_set")
    return QuestionSet.objects.filter(pk__in=let)


def _unsat(
    drawable: QuerySet[ItemVersion], released: QuerySet[QuestionSet]
) -> QuerySet[ItemVersion]:
    """Without the items of sealed sets that stand on a form of an exam: whoever takes part in that
    one knows them afterwards, in any version, and the text of their case with them.
    """
    sat = ItemVersion.objects.filter(item__question_set__in=released, uses__assembly__trial=False)
    cases = sat.filter(case__isnull=False).values("case")
    return drawable.exclude(item__in=sat.values("item")).exclude(case__in=cases)


def rows_of(blueprint: Blueprint) -> list[Row]:
    """The rows of a stored blueprint, in order."""
    return [
        Row(row.point, row.kind, row.band, row.count, row.points) for row in blueprint.rows.all()
    ]


def units_of(blueprint: Blueprint) -> list[str]:
    """The units that are taught for its job and level, in order."""
    titles = Unit.objects.filter(syllabus__in=_in_force(blueprint)).values_list("title", flat=True)
    return list(dict.fromkeys(titles))


def _in_force(blueprint: Blueprint) -> "list[int]":
    taught = Syllabus.objects.in_force().filter(job=blueprint.job_id)
    if blueprint.level:
        taught = taught.filter(level=blueprint.level)
    return list(taught.values_list("pk", flat=True))


def _above(blueprint: Blueprint) -> dict[str, frozenset[str]]:
    """By the title of a topic: the titles of the topics and units it lies below."""
    topics = Topic.objects.filter(unit__syllabus__in=_in_force(blueprint)).select_related("unit")
    by_key = {topic.pk: topic for topic in topics}
    above: dict[str, set[str]] = {}
    for topic in by_key.values():
        over = above.setdefault(topic.title, set())
        over.add(topic.unit.title)
        parent = by_key.get(topic.parent_id or 0)
        while parent:
            over.add(parent.title)
            parent = by_key.get(parent.parent_id or 0)
    return {title: frozenset(over) for title, over in above.items()}


def _uses(versions: Iterable[int], days: int) -> dict[int, int]:
    """On how many forms that were to be sat each version stood lately."""
    since = timezone.now() - timedelta(days=days)
    counted = Use.objects.filter(
        version__in=list(versions), assembly__trial=False, assembly__made_at__gte=since
    )
    return dict(counted.values_list("version").annotate(n=Sum("forms")).order_by())


def _item(
    version: ItemVersion,
    used: int,
    measured: Measurement | None,
    above: Mapping[str, frozenset[str]],
) -> Item:
    share = slope = None
    if measured:
        share = measured.share
        slope = None if measured.rest is None else rules.slope(measured.rest, measured.share)
    return Item(
        key=version.pk,
        kind=version.kind,
        point=version.point,
        difficulty=version.difficulty,
        group=version.case_id,
        used=used,
        share=share,
        slope=slope,
        under=above.get(version.point, frozenset()),
    )


def _alike(versions: Iterable[ItemVersion]) -> frozenset[tuple[int, int]]:
    """Versions whose items somebody looked at and found to ask the same."""
    by_item = {version.item_id: version.pk for version in versions}
    pairs = Pair.objects.filter(verdict=Likeness.SAME, first__in=by_item, second__in=by_item)
    return frozenset(
        (by_item[first], by_item[second]) for first, second in pairs.values_list("first", "second")
    )
