"""Drafting, copying, publishing and retiring a version of a syllabus."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.models import User
from zhupei.syllabus.actions.shared import opened, put, refuse_strangers
from zhupei.syllabus.events import SyllabusEvent
from zhupei.syllabus.models import Job, Syllabus, Topic, Unit
from zhupei.syllabus.rules import content, outline
from zhupei.syllabus.workflow import SYLLABUS

UNIT_FIELDS = ("title", "theory_hours", "practice_hours", "online_hours", "is_ethics")


@transaction.atomic
def draft(job: Job, *, by: User, units: Iterable[dict[str, Any]] = (), **fields: Any) -> Syllabus:
    """Start a version of a job's syllabus. ``units`` are rows of Unit without their position; one
    may have ``topics``: rows of (depth, title, requirement) in the order they are read.

    Raises NotAllowed; Refused "job_not_offered", "level_not_for_posts", "version_taken".
    """
    syllabus = Syllabus(job=job, **fields)
    refuse_strangers(by, syllabus)
    if not job.offered:
        raise Refused("job_not_offered", _("“%(job)s”不开班，不需要大纲。"), field="job", job=job)
    _check_head(syllabus)
    syllabus.save()
    rows = list(units)
    _write_units(syllabus, rows)
    audit.record(SyllabusEvent.DRAFTED, syllabus, by=by, units=len(rows))
    return syllabus


def _check_head(syllabus: Syllabus) -> None:
    if syllabus.level and not syllabus.job.has_levels:
        raise Refused(
            "level_not_for_posts",
            _("“%(job)s”不分等级。请把等级留空。"),
            field="level",
            job=syllabus.job,
        )
    same = Syllabus.objects.filter(job=syllabus.job, level=syllabus.level, version=syllabus.version)
    if same.exclude(pk=syllabus.pk).exists():
        raise Refused(
            "version_taken",
            _("“%(subject)s”已有 %(version)s 版。请换一个版本号。"),
            field="version",
            subject=syllabus.subject,
            version=syllabus.version,
        )


def _write_units(syllabus: Syllabus, rows: list[dict[str, Any]]) -> None:
    texts = [row.get("topics", ()) for row in rows]
    units = Unit.objects.bulk_create(
        Unit(
            syllabus=syllabus, position=position, **{k: v for k, v in row.items() if k != "topics"}
        )
        for position, row in enumerate(rows, start=1)
    )
    for unit, topics in zip(units, texts, strict=True):
        _write_topics(unit, list(topics))


def _write_topics(unit: Unit, texts: list[tuple[int, str, str]]) -> None:
    """Parents before what stands below them; a key that is a place in the list."""
    lines = [outline.Line(n, depth) for n, (depth, _title, _requirement) in enumerate(texts)]
    above = outline.parents(lines)
    made: dict[int, Topic] = {}
    for depth in range(1, outline.DEEPEST + 1):
        level = [
            Topic(
                unit=unit,
                parent=None if above[n] is None else made[above[n] or 0],
                depth=depth,
                position=n + 1,
                title=texts[n][1],
                requirement=texts[n][2],
            )
            for n, line in enumerate(lines)
            if line.depth == depth
        ]
        made |= {topic.position - 1: topic for topic in Topic.objects.bulk_create(level)}


@transaction.atomic
def change(syllabus: Syllabus, *, by: User, seen: int | None = None, **fields: Any) -> Syllabus:
    """Change what the head of a draft says; its units have verbs of their own (``tree``).

    Raises NotAllowed; Refused "published_is_fixed", "changed_meanwhile", "level_not_for_posts",
    "version_taken".
    """
    row = opened(syllabus, by=by, seen=seen)
    changed = put(row, fields)
    _check_head(row)
    row.save()
    if changed:
        audit.record(SyllabusEvent.CHANGED, row, by=by, changed=changed)
    return row


@transaction.atomic
def copy(
    syllabus: Syllabus, *, by: User, version: str, effective_from: date, **fields: Any
) -> Syllabus:
    """Draft a new version that begins as ``syllabus`` is: its units, its topics, its limits.

    Raises NotAllowed; Refused "job_not_offered", "level_not_for_posts", "version_taken".
    """
    same = {name: getattr(syllabus, name) for name in ("level", "basis", "online_hours_limit")}
    units = [
        {name: getattr(unit, name) for name in UNIT_FIELDS}
        | {"topics": [(t.depth, t.title, t.requirement) for t in unit.topics.all()]}
        for unit in syllabus.units.prefetch_related("topics")
    ]
    made = draft(
        syllabus.job,
        by=by,
        units=units,
        **(same | fields),
        version=version,
        effective_from=effective_from,
    )
    audit.record(SyllabusEvent.COPIED, made, by=by, copied_from=str(syllabus))
    return made


@transaction.atomic
def publish(syllabus: Syllabus, *, by: User, note: str = "") -> Syllabus:
    """Put a syllabus into force from its day on.

    Raises Refused "level_missing", "no_units", "ethics_missing" or "online_not_placed".

    Source: Measures, art. 8.
    """
    syllabus = SYLLABUS.move(syllabus, "publish", by=by, note=note)
    units = list(syllabus.units.all())
    if syllabus.job.has_levels and not syllabus.level:
        raise Refused("level_missing", _("工种大纲要写明等级。请先在“版本与依据”里选一个等级。"))
    if not units:
        raise Refused("no_units", _("大纲还没有单元。请先写单元和学时。"))
    if not content.ethics_is_taught([unit.is_ethics for unit in units]):
        raise Refused(
            "ethics_missing",
            _("大纲缺少职业道德单元（依据：第八条）。请加上一个单元并勾选“职业道德”。"),
        )
    placed = sum(unit.online_hours for unit in units)
    if syllabus.online_hours_limit > placed:
        raise Refused(
            "online_not_placed",
            _("线上学时上限是 %(limit)s，各单元可线上学时合计只有 %(placed)s。请改成一致。"),
            limit=syllabus.online_hours_limit,
            placed=placed,
        )
    return syllabus


@transaction.atomic
def retire(syllabus: Syllabus, *, by: User, note: str = "") -> Syllabus:
    """Take a syllabus out of use for new classes."""
    return SYLLABUS.move(syllabus, "retire", by=by, note=note)
