"""Writing the tree of a draft: its units with their hours, and the topics below them.

Every verb takes ``seen``, the mark of the draft as its reader saw it, and refuses
"changed_meanwhile" when somebody changed it since. All of them raise NotAllowed and
Refused "published_is_fixed" as well.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.models import User
from zhupei.syllabus.actions.shared import opened, put
from zhupei.syllabus.events import SyllabusEvent as E
from zhupei.syllabus.models import Syllabus, Topic, Unit
from zhupei.syllabus.rules import outline


@transaction.atomic
def add_unit(syllabus: Syllabus, *, by: User, seen: int | None = None, **fields: Any) -> Unit:
    """Put a unit at the end. Raises Refused "unit_without_hours", "online_over_theory"."""
    row = opened(syllabus, by=by, seen=seen)
    unit = Unit(syllabus=row, position=row.units.count() + 1, **fields)
    _check_hours(unit)
    unit.save()
    hours: dict[str, Any] = {"theory": unit.theory_hours, "practice": unit.practice_hours}
    audit.record(E.UNIT_ADDED, row, by=by, title=unit.title, **hours)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: User, seen: int | None = None, **fields: Any) -> Unit:
    """Give it another title or other hours.

    Raises Refused "unit_without_hours", "online_over_theory".
    """
    row = opened(unit.syllabus, by=by, seen=seen)
    unit = row.units.get(pk=unit.pk)
    changed = put(unit, fields)
    _check_hours(unit)
    unit.save()
    if changed:
        audit.record(E.UNIT_CHANGED, row, by=by, title=unit.title, changed=changed)
    return unit


def _check_hours(unit: Unit) -> None:
    if not unit.hours:
        raise Refused("unit_without_hours", _("这个单元还没有学时。"), field="theory_hours")
    if unit.online_hours > unit.theory_hours:
        raise Refused(
            "online_over_theory",
            _("可线上学时不能多于理论学时（%(theory)s）：实操不能线上学。"),
            field="online_hours",
            theory=unit.theory_hours,
        )


@transaction.atomic
def move_unit(unit: Unit, step: str, *, by: User, seen: int | None = None) -> None:
    """``up`` or ``down`` among the units. Raises Refused "no_such_step"."""
    row = opened(unit.syllabus, by=by, seen=seen)
    units = list(row.units.all())
    lines = [outline.Line(one.pk, 1) for one in units]
    _renumber(units, _stepped(lines, unit.pk, step))
    audit.record(E.UNIT_MOVED, row, by=by, title=unit.title, step=step)


@transaction.atomic
def remove_unit(unit: Unit, *, by: User, seen: int | None = None) -> None:
    """Take it out with its topics."""
    row = opened(unit.syllabus, by=by, seen=seen)
    row.units.get(pk=unit.pk).delete()
    units = list(row.units.all())
    _renumber(units, [outline.Line(one.pk, 1) for one in units])
    audit.record(E.UNIT_REMOVED, row, by=by, title=unit.title, hours=unit.hours)


def _renumber(units: list[Unit], lines: outline.Outline) -> None:
    place = {line.key: n for n, line in enumerate(lines, start=1)}
    for unit in units:
        unit.position = place[unit.pk]
    Unit.objects.bulk_update(units, ["position"])


@transaction.atomic
def add_topic(
    unit: Unit, *, by: User, seen: int | None = None, below: Topic | None = None, **fields: Any
) -> Topic:
    """Put a topic at the end of its unit, or of what stands below another topic.

    Raises Refused "too_deep".
    """
    row = opened(unit.syllabus, by=by, seen=seen)
    topics = list(unit.topics.all())
    lines = outline.with_new(_lines(topics), 0, below=below.pk if below else None)
    if lines is None:
        raise Refused("too_deep", _("知识点最多三层。请加在上一层。"), field="title")
    depth = next(line.depth for line in lines if not line.key)
    topic = Topic.objects.create(
        unit=unit, parent=below, depth=depth, position=len(topics) + 1, **fields
    )
    _lay(
        [*topics, topic],
        [outline.Line(line.key or topic.pk, line.depth) for line in lines],
    )
    audit.record(E.TOPIC_ADDED, row, by=by, title=topic.title, unit=unit.title)
    return topic


@transaction.atomic
def change_topic(topic: Topic, *, by: User, seen: int | None = None, **fields: Any) -> Topic:
    """Give it another title or requirement."""
    row = opened(topic.unit.syllabus, by=by, seen=seen)
    topic = Topic.objects.get(pk=topic.pk)
    changed = put(topic, fields)
    topic.save()
    if changed:
        audit.record(E.TOPIC_CHANGED, row, by=by, title=topic.title, changed=changed)
    return topic


@transaction.atomic
def move_topic(topic: Topic, step: str, *, by: User, seen: int | None = None) -> None:
    """``up``, ``down``, ``indent`` or ``outdent`` within its unit, with all below it.

    Raises Refused "no_such_step".
    """
    row = opened(topic.unit.syllabus, by=by, seen=seen)
    topics = list(topic.unit.topics.all())
    _lay(topics, _stepped(_lines(topics), topic.pk, step))
    audit.record(E.TOPIC_MOVED, row, by=by, title=topic.title, step=step)


@transaction.atomic
def remove_topic(topic: Topic, *, by: User, seen: int | None = None) -> None:
    """Take it out with all below it."""
    row = opened(topic.unit.syllabus, by=by, seen=seen)
    topics = list(topic.unit.topics.all())
    lines = _lines(topics)
    kept = outline.without(lines, _place(lines, topic.pk))
    topic.unit.topics.exclude(pk__in=[line.key for line in kept]).delete()
    _lay([one for one in topics if one.pk in {line.key for line in kept}], kept)
    audit.record(E.TOPIC_REMOVED, row, by=by, title=topic.title, gone=len(lines) - len(kept))


def _lines(topics: list[Topic]) -> outline.Outline:
    return [outline.Line(topic.pk, topic.depth) for topic in topics]


def _place(lines: outline.Outline, key: int) -> int:
    """Raises Refused "changed_meanwhile" for a line that is gone."""
    found = [n for n, line in enumerate(lines) if line.key == key]
    if not found:
        raise Refused("changed_meanwhile", _("这一行刚被别人删除。页面已换成现在的样子。"))
    return found[0]


def _stepped(lines: outline.Outline, key: int, step: str) -> outline.Outline:
    after = outline.STEPS[step](lines, _place(lines, key))
    if after is None:
        raise Refused("no_such_step", _("这一行不能再往那边移。"))
    return after


def _lay(topics: list[Topic], lines: outline.Outline) -> None:
    """Give every topic its place, its depth and what it stands below."""
    rows = {topic.pk: topic for topic in topics}
    for n, (line, above) in enumerate(zip(lines, outline.parents(lines), strict=True), start=1):
        topic = rows[line.key]
        topic.position, topic.depth, topic.parent_id = n, line.depth, above
    Topic.objects.bulk_update(topics, ["position", "depth", "parent"])
