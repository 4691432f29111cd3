"""The next class like the last one: its plan, its lessons on other days, its papers; no names.

Source: Measures, art. 12 (a plan for every class).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.access import may_plan
from zhupei.classes.actions import plan
from zhupei.classes.actions.timetable import LessonFields, set_timetable, teaching_days
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import ClassDocument, Lesson, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.people.models import User
from zhupei.syllabus.models import State, Syllabus, Unit
from zhupei.teachers.models import Teacher

SAME = ("division", "seats", "room", "contact_phone", "practice_scheme")


@dataclass
class Copied:
    """The new draft, and in words what of the old plan is not in it."""

    training_class: TrainingClass
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def copy(source: TrainingClass, *, by: User, title: str, starts_on: date) -> Copied:
    """Draft a class like ``source`` that begins on another day. Its lessons fall on the same days
    of the week, holidays left out; the roster is not copied: everybody decides for themself.
    """
    if not may_plan(by, source):
        raise NotAllowed("not_allowed", _("只能照搬本机构的班级。"))
    left_out: list[str] = []
    syllabus = _syllabus(source, left_out)
    days = _days(source, starts_on)
    ends_on = max([starts_on + (source.ends_on - source.starts_on), *days.values()])
    made = plan.draft(
        source.organization,
        by=by,
        title=title,
        syllabus=syllabus,
        starts_on=starts_on,
        ends_on=ends_on,
        **{name: getattr(source, name) for name in SAME},
    )
    lessons = _lessons(source, syllabus, days, left_out)
    made = set_timetable(made, by=by, lessons=lessons)
    _papers(source, made)
    facts: dict[str, Any] = {"lessons": len(lessons), "left_out": left_out}
    audit.record(ClassEvent.COPIED, made, by=by, title=source.title, source=source.pk, **facts)
    return Copied(made, left_out)


def _syllabus(source: TrainingClass, left_out: list[str]) -> Syllabus:
    """The same one while it is in use, else the version that followed it."""
    old = source.syllabus
    if old.state == State.PUBLISHED:
        return old
    newer = Syllabus.objects.published().filter(job=old.job_id, level=old.level)
    found = newer.order_by("-effective_from", "-pk").first()
    if found is None:
        left_out.append(_("大纲“%(old)s”已停用，还没有新的版本") % {"old": old})
        return old
    left_out.append(_("大纲换成“%(new)s”，原来是“%(old)s”") % {"new": found, "old": old})
    return found


def _days(source: TrainingClass, first: date) -> dict[date, date]:
    """Each day of teaching of the old class and the one that takes its place."""
    old = sorted({timezone.localdate(lesson.starts_at) for lesson in source.lessons.all()})
    weekdays = frozenset(day.weekday() for day in old)
    new = teaching_days(first, weekdays, holidays_off=True)
    return dict(zip(old, new, strict=False))


def _lessons(
    source: TrainingClass, syllabus: Syllabus, days: dict[date, date], left_out: list[str]
) -> list[LessonFields]:
    units = {unit.title: unit for unit in syllabus.units.all()}
    engaged = set(Teacher.objects.engaged_by(source.organization).values_list("pk", flat=True))
    copied = []
    rows = source.lessons.select_related("unit", "teacher__person", "room")
    dropped: dict[str, int] = {}
    for lesson in rows:
        why = _why_not(lesson, units, engaged, days)
        if why:
            dropped[why] = dropped.get(why, 0) + 1
        else:
            copied.append(_moved(lesson, units[lesson.unit.title], days))
    words = _("%(count)d 节课没有照搬：%(why)s")
    left_out += [words % {"count": count, "why": why} for why, count in dropped.items()]
    return copied


def _why_not(
    lesson: Lesson, units: dict[str, Unit], engaged: Iterable[int], days: dict[date, date]
) -> str:
    day = days.get(timezone.localdate(lesson.starts_at))
    if day is None:
        return _("一年之内排不下")
    if lesson.unit.title not in units:
        return _("新大纲没有单元“%(unit)s”") % {"unit": lesson.unit.title}
    if lesson.teacher_id not in engaged:
        return _("%(name)s 已不在本机构任教") % {"name": lesson.teacher}
    if not lesson.room.usable_on(day):
        return _("%(room)s 到时已不能用") % {"room": lesson.room}
    return ""


def _moved(lesson: Lesson, unit: Unit, days: dict[date, date]) -> LessonFields:
    return {
        "unit": unit,
        "kind": lesson.kind,
        "starts_at": _on(lesson.starts_at, days),
        "ends_at": _on(lesson.ends_at, days),
        "teacher": lesson.teacher,
        "room": lesson.room,
    }


def _on(moment: datetime, days: dict[date, date]) -> datetime:
    local = timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(days[local.date()], local.time()))


def _papers(source: TrainingClass, made: TrainingClass) -> Sequence[ClassDocument]:
    """The same stored files: nobody has to upload them again."""
    return ClassDocument.objects.bulk_create(
        ClassDocument(training_class=made, kind=paper.kind, unit=paper.unit, file=paper.file)
        for paper in source.documents.select_related("file").order_by("pk")
    )
