"""The timetable of a plan: written as a whole, or laid out from the syllabus.

Source: Measures, art. 12 (教学计划, 授课师资).
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.actions.shared import open_to, refuse_overwriting
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Lesson, LessonKind, TrainingClass
from zhupei.classes.rules import timetable as rules
from zhupei.core import audit, workdays
from zhupei.core.errors import Refused
from zhupei.institutions.models import Room
from zhupei.people.models import User
from zhupei.syllabus.models import Unit
from zhupei.teachers.models import Teacher


class LessonFields(TypedDict):
    """What is said of a lesson."""

    unit: Unit
    kind: str
    starts_at: Any
    ends_at: Any
    teacher: Teacher
    room: Room


@dataclass(frozen=True)
class Wishes:
    """How the days of a laid-out timetable shall look; hours are 学时."""

    first_day: date
    daily_hours: int
    morning: time
    afternoon: time
    weekdays: frozenset[int]  # date.weekday()
    holidays_off: bool
    teacher: Teacher
    room: Room
    practice_teacher: Teacher
    practice_room: Room


@transaction.atomic
def set_timetable(
    training_class: TrainingClass,
    *,
    by: User,
    lessons: Sequence[LessonFields],
    between: tuple[date, date] | None = None,
    seen: int | None = None,
) -> TrainingClass:
    """Make the timetable what ``lessons`` say; with ``between`` only that of these days.
    ``seen`` is the version that was read (``shared.version_of``).

    Lessons that stay the same keep their rows. Raises Refused "changed_meanwhile",
    "unit_of_another_syllabus", "teacher_not_engaged", "room_not_yours",
    "lesson_ends_before_it_starts", "lessons_overlap" or "lesson_was_held".
    """
    row = open_to(by, training_class)
    refuse_overwriting(row, ClassEvent.TIMETABLED, seen)
    _check_parts(row, lessons)
    old = {_key(lesson): lesson for lesson in row.lessons.all()}
    kept = {} if between is None else {k: x for k, x in old.items() if not _within(x, between)}
    wanted = {_key(lesson): lesson for lesson in (Lesson(**fields) for fields in lessons)}
    _check_times(list((kept | wanted).values()))
    _remove(row, [lesson.pk for key, lesson in old.items() if key not in kept | wanted])
    for key, lesson in wanted.items():
        lesson.training_class = row
        if key not in old:
            lesson.clean_fields(exclude=["training_class"])
    Lesson.objects.bulk_create(lesson for key, lesson in wanted.items() if key not in old)
    if old.keys() != (kept | wanted).keys():
        seconds = sum(lesson.seconds for lesson in (kept | wanted).values())
        facts: dict[str, Any] = {"lessons": len(kept | wanted), "hours": rules.hours(seconds)}
        audit.record(ClassEvent.TIMETABLED, row, by=by, **facts)
    return row


def _key(lesson: Lesson) -> tuple[Any, ...]:
    return (
        lesson.unit_id,
        lesson.kind,
        lesson.starts_at,
        lesson.ends_at,
        lesson.teacher_id,
        lesson.room_id,
    )


def _within(lesson: Lesson, between: tuple[date, date]) -> bool:
    return between[0] <= timezone.localdate(lesson.starts_at) <= between[1]


def _check_parts(row: TrainingClass, lessons: Sequence[LessonFields]) -> None:
    """Units are of the syllabus, teachers engaged here, rooms the institution's own."""
    strange = next((x for x in lessons if x["unit"].syllabus_id != row.syllabus_id), None)
    if strange:
        raise Refused(
            "unit_of_another_syllabus",
            _("单元“%(unit)s”不属于大纲“%(syllabus)s”。请重新选择单元。"),
            field="unit",
            unit=strange["unit"].title,
            syllabus=row.syllabus,
        )
    teachers = {x["teacher"].pk: x["teacher"] for x in lessons}
    engaged = Teacher.objects.engaged_by(row.organization).filter(pk__in=teachers)
    for missing in teachers.keys() - set(engaged.values_list("pk", flat=True)):
        raise Refused(
            "teacher_not_engaged",
            _("%(name)s 没有与本机构签约，不能排课（依据：第九条）。请先办理签约或换一位教师。"),
            field="teacher",
            name=teachers[missing],
        )
    for lesson in lessons:
        if lesson["room"].organization_id != row.organization_id:
            raise Refused(
                "room_not_yours",
                _("“%(room)s”不是本机构登记的场地。请从本机构的场地里选择。"),
                field="room",
                room=lesson["room"],
            )


def _check_times(lessons: Sequence[Lesson]) -> None:
    """Every lesson ends after it starts, and none runs while another of the class does."""
    for lesson in lessons:
        if lesson.ends_at <= lesson.starts_at:
            raise Refused(
                "lesson_ends_before_it_starts",
                _("%(lesson)s：结束时间不晚于开始时间。请检查这节课的两个时间。"),
                field="ends",
                lesson=lesson,
            )
    found = rules.overlapping([rules.Span(x.starts_at, x.ends_at) for x in lessons])
    if found:
        raise Refused(
            "lessons_overlap",
            _("同一个班的两节课重叠：%(first)s 与 %(second)s。请错开时间。"),
            field="starts",
            first=lessons[found[0]],
            second=lessons[found[1]],
        )


def _remove(row: TrainingClass, keys: Sequence[int]) -> None:
    try:
        row.lessons.filter(pk__in=keys).delete()
    except ProtectedError as kept:
        raise Refused(
            "lesson_was_held",
            _("已经有考勤的课不能改动或删除。请只改还没有上的课。"),
            field="timetable",
        ) from kept


@transaction.atomic
def lay_out(training_class: TrainingClass, *, by: User, wishes: Wishes) -> TrainingClass:
    """Write the whole timetable from the syllabus, around what teachers and rooms already have.

    Raises Refused "timetable_does_not_fit" with the day on which it would be done.
    """
    row = open_to(by, training_class)
    units = {unit.position: unit for unit in row.syllabus.units.all()}
    demands = list(_demands(units.values()))
    needed = sum(demand.seconds for demand in demands)
    days = rules.sessions(
        wishes.morning, wishes.afternoon, wishes.daily_hours * rules.SECONDS_PER_HOUR
    )
    slots = rules.lay_out(
        demands,
        teaching_days(wishes.first_day, wishes.weekdays, holidays_off=wishes.holidays_off),
        days,
        zone=timezone.get_default_timezone(),
        busy=_busy(row, wishes),
    )
    last = timezone.localdate(slots[-1].ends_at) if slots else wishes.first_day
    if rules.total(slots) < needed or last > row.ends_on:
        raise Refused(
            "timetable_does_not_fit",
            _(
                "按每天 %(daily)d 学时要排到 %(last)s，晚于结课日期。"
                "请改结课日期，或增加每天学时、上课日。"
            ),
            field="daily_hours",
            daily=wishes.daily_hours,
            last=last,
        )
    lessons = [_lesson(units[slot.unit], slot, wishes) for slot in slots]
    return set_timetable(row, by=by, lessons=lessons)


def _demands(units: Any) -> Iterator[rules.Demand]:
    for unit in sorted(units, key=lambda unit: unit.position):
        for practice, hours in ((False, unit.theory_hours), (True, unit.practice_hours)):
            if hours:
                yield rules.Demand(unit.position, practice, hours * rules.SECONDS_PER_HOUR)


HORIZON = timedelta(days=400)  # the longest class anybody lays out


def teaching_days(first: date, weekdays: AbstractSet[int], *, holidays_off: bool) -> Iterator[date]:
    """The days of teaching from ``first`` on: these weekdays, holidays left out if wished for."""
    last = first + HORIZON
    known = workdays.exceptions(first, last) if holidays_off else {}
    day = first
    while day <= last:
        if day.weekday() in weekdays and known.get(day, True):
            yield day
        day += timedelta(days=1)


def _busy(row: TrainingClass, wishes: Wishes) -> dict[bool, list[rules.Span]]:
    """When the teacher or the room of theory and of practice are booked by other classes."""
    booked = (
        Lesson.objects.filter(booked=True, ends_at__gte=timezone.now())
        .exclude(training_class=row)
        .order_by("starts_at")
    )

    def spans(teacher: Teacher, room: Room) -> list[rules.Span]:
        taken = booked.filter(teacher=teacher) | booked.filter(room=room)
        return [rules.Span(*times) for times in taken.values_list("starts_at", "ends_at")]

    return {
        False: spans(wishes.teacher, wishes.room),
        True: spans(wishes.practice_teacher, wishes.practice_room),
    }


def _lesson(unit: Unit, slot: rules.Slot, wishes: Wishes) -> LessonFields:
    return {
        "unit": unit,
        "kind": LessonKind.PRACTICE if slot.practice else LessonKind.THEORY,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "teacher": wishes.practice_teacher if slot.practice else wishes.teacher,
        "room": wishes.practice_room if slot.practice else wishes.room,
    }
