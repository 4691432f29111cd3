"""Another teacher, room or time for one lesson of a class in effect: 调课.

Source: Measures, art. 12 (the teachers and the timetable filed are those that teach); art. 13.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices
from zhupei.classes.access import may_reschedule
from zhupei.classes.actions.shared import locked, tell, tell_learners
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Lesson, LessonKind, TrainingClass
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.institutions.models import Room
from zhupei.people.models import User
from zhupei.teachers.models import Teacher


@dataclass(frozen=True)
class Slot:
    """Who teaches a lesson, where and when."""

    teacher: Teacher
    room: Room
    starts_at: datetime
    ends_at: datetime

    def __str__(self) -> str:
        last = timezone.localtime(self.ends_at)
        return f"{beijing(self.starts_at)}–{last:%H:%M} {self.teacher} {self.room}"


def slot_of(lesson: Lesson) -> Slot:
    """The lesson as it is planned now."""
    return Slot(lesson.teacher, lesson.room, lesson.starts_at, lesson.ends_at)


@transaction.atomic
def reschedule(lesson: Lesson, *, by: User, to: Slot, note: str) -> Lesson:
    """Move a lesson nobody has held yet, and tell learners, teachers and the bureau why. A lesson
    lost while the class stood still may be held after the last day; the class ends later then.

    Raises Refused "note_required", "lesson_was_held", "class_frozen", "class_not_in_effect",
    "nothing_changed", "lesson_in_the_past", "lesson_outside_class" or what ``_check`` refuses.
    """
    row = locked(lesson.training_class)
    lesson = Lesson.objects.select_related("teacher__person", "room", "unit").get(pk=lesson.pk)
    if not may_reschedule(by, lesson):
        raise NotAllowed("not_allowed", _("只有本机构教务员能调课。"))
    _open(row, lesson, note)
    was = slot_of(lesson)
    _check(row, lesson, was, to)
    lesson.teacher, lesson.room = to.teacher, to.room
    lesson.starts_at, lesson.ends_at = to.starts_at, to.ends_at
    lesson.booked = True
    lesson.save(update_fields=["teacher", "room", "starts_at", "ends_at", "booked"])
    facts: dict[str, Any] = {"lesson": lesson.pk, "ends_on": _longer(row, to)}
    said: dict[str, Any] = {"was": str(was), "now": str(to), "note": note.strip()}
    audit.record(ClassEvent.RESCHEDULED, row, by=by, **said, **facts)
    _announce(row, lesson, was, to, note.strip())
    return lesson


def _open(row: TrainingClass, lesson: Lesson, note: str) -> None:
    if row.frozen_since:
        raise Refused("class_frozen", _("“%(title)s”已冻结，恢复之前不能调课。"), title=row.title)
    if not row.in_effect:
        raise Refused(
            "class_not_in_effect",
            _("“%(title)s”现在是“%(state)s”。草稿请直接改课程表；已结班的不再调课。"),
            title=row.title,
            state=row.get_state_display(),
        )
    if not note.strip():
        raise Refused("note_required", _("请写明调课的理由，学员和住建局会看到。"), field="note")
    begun = lesson.starts_at <= timezone.now() and not _lost(row, lesson)
    if begun or Lesson.objects.filter(pk=lesson.pk, attendance__isnull=False).exists():
        raise Refused("lesson_was_held", _("这节课已经开始或上过，不能再调。"))


def lost(row: TrainingClass, lessons: Iterable[Lesson]) -> set[int]:
    """Those that began while the class stood still: nobody held them, and they may be moved."""
    thaws = audit.own_history(row).filter(verb=ClassEvent.THAWED)
    still = [
        (datetime.fromisoformat(thaw.facts["since"]), datetime.fromisoformat(thaw.facts["until"]))
        for thaw in thaws
    ]
    return {
        lesson.pk
        for lesson in lessons
        if any(since <= lesson.starts_at <= until for since, until in still)
    }


def _lost(row: TrainingClass, lesson: Lesson) -> bool:
    return bool(lost(row, [lesson]))


def _check(row: TrainingClass, lesson: Lesson, was: Slot, to: Slot) -> None:
    """The same rules as for a plan, for one lesson.

    Raises Refused "nothing_changed", "lesson_ends_before_it_starts", "lesson_in_the_past",
    "hours_changed", "lesson_outside_class", "teacher_not_engaged", "room_not_yours",
    "room_too_small", "room_not_usable", "lessons_overlap", "teacher_double_booked" or
    "room_double_booked".
    """
    if was == to:
        raise Refused("nothing_changed", _("教师、地点和时间都没有变。"))
    _check_time(row, lesson, was, to)
    _check_parts(row, lesson, to)
    list(Teacher._base_manager.filter(pk=to.teacher.pk).select_for_update(no_key=True))
    list(Room._base_manager.filter(pk=to.room.pk).select_for_update(no_key=True))
    at_once = Lesson.objects.filter(starts_at__lt=to.ends_at, ends_at__gt=to.starts_at)
    others = at_once.exclude(pk=lesson.pk)
    if clash := others.filter(training_class=row).select_related("unit").first():
        raise Refused(
            "lessons_overlap",
            _("与本班的另一节课重叠：%(lesson)s。请错开时间。"),
            field="starts",
            lesson=clash,
        )
    taken = others.filter(Q(teacher=to.teacher) | Q(room=to.room), booked=True).first()
    if taken is None:
        return
    if taken.teacher_id == to.teacher.pk:
        raise Refused(
            "teacher_double_booked",
            _("%(name)s 那时有另一节课。请换教师或时间。"),
            field="teacher",
            name=to.teacher,
        )
    raise Refused(
        "room_double_booked",
        _("%(room)s 那时已被占用。请换地点或时间。"),
        field="room",
        room=to.room,
    )


def _check_time(row: TrainingClass, lesson: Lesson, was: Slot, to: Slot) -> None:
    if to.ends_at <= to.starts_at:
        raise Refused("lesson_ends_before_it_starts", _("结束时间不晚于开始时间。"), field="ends")
    if to.starts_at <= timezone.now():
        raise Refused("lesson_in_the_past", _("新的时间已经过去。请改到以后的时间。"), field="day")
    if to.ends_at - to.starts_at != was.ends_at - was.starts_at:
        raise Refused(
            "hours_changed",
            _("调课不能改变学时：原来 %(minutes)d 分钟。请改成同样长。"),
            field="ends",
            minutes=(was.ends_at - was.starts_at).total_seconds() // 60,
        )
    day = timezone.localdate(to.starts_at)
    early, late = day < row.starts_on, day > row.ends_on and not _lost(row, lesson)
    if early or late:
        raise Refused(
            "lesson_outside_class",
            _("%(day)s 不在 %(first)s 至 %(last)s 的办班期间内。"),
            field="day",
            day=beijing(day),
            first=beijing(row.starts_on),
            last=beijing(row.ends_on),
        )


def _check_parts(row: TrainingClass, lesson: Lesson, to: Slot) -> None:
    if not Teacher.objects.engaged_by(row.organization).filter(pk=to.teacher.pk).exists():
        raise Refused(
            "teacher_not_engaged",
            _("%(name)s 没有与本机构签约，不能排课（依据：第九条）。"),
            field="teacher",
            name=to.teacher,
        )
    if to.room.organization_id != row.organization_id:
        raise Refused(
            "room_not_yours", _("“%(room)s”不是本机构登记的场地。"), field="room", room=to.room
        )
    if not to.room.usable_on(timezone.localdate(to.starts_at)):
        raise Refused("room_not_usable", _("“%(room)s”到时已不能用。"), field="room", room=to.room)
    if to.room.seats < row.seats and lesson.kind != LessonKind.ONLINE:
        raise Refused(
            "room_too_small",
            _("“%(room)s”只有 %(has)d 座，本班 %(seats)d 人（依据：第九条）。"),
            field="room",
            room=to.room,
            has=to.room.seats,
            seats=row.seats,
        )


def _longer(row: TrainingClass, to: Slot) -> str:
    """A class that lost lessons ends when the last of them is held."""
    day = timezone.localdate(to.starts_at)
    if day > row.ends_on:
        row.ends_on = day
        row.save(update_fields=["ends_on"])
    return row.ends_on.isoformat()


def _announce(row: TrainingClass, lesson: Lesson, was: Slot, to: Slot, note: str) -> None:
    facts = {"unit": lesson.unit.title, "was": was, "now": to}
    body = str(_("%(unit)s：原定 %(was)s，改为 %(now)s。")) % facts + note
    tell_learners(row, _("调课通知：%(title)s"), body)
    teachers = User.objects.filter(person__teacher__in={was.teacher, to.teacher})
    for users in (offices.reviewers(row), teachers):
        tell(row, users, _("调课：%(title)s"), body)
    if was.starts_at != to.starts_at or was.room != to.room:
        _text_learners(row, lesson, to)


def _text_learners(row: TrainingClass, lesson: Lesson, to: Slot) -> None:
    """Whoever might travel to the old place is told on their phone."""
    words = str(_("【筑培】调课：“%(title)s”的%(unit)s改到%(when)s（北京时间），%(room)s。")) % {
        "title": row.title,
        "unit": lesson.unit.title,
        "when": beijing(to.starts_at),
        "room": to.room,
    }
    for enrolment in row.enrolments.active().select_related("person"):
        messages.text(enrolment.person.phone, words)
