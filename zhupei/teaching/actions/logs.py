"""Writing the log of a lesson: what is not said was as the timetable has it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson, LessonKind
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.teachers.models import Teacher
from zhupei.teaching.access import may_log
from zhupei.teaching.events import TeachingEvent
from zhupei.teaching.models import Held, LessonLog

SAID = ("held", "content", "taught_by", "note", "batches", "stations_used", "briefed", "materials")


def planned(lesson: Lesson) -> dict[str, Any]:
    """What the log says before anybody has said anything else."""
    return {
        "held": Held.AS_PLANNED,
        "content": f"{lesson.unit.title}（{lesson.get_kind_display()}）",
        "taught_by": lesson.teacher,
    }


@transaction.atomic
def write(lesson: Lesson, *, by: User, **said: Any) -> LessonLog:
    """Write the log of a lesson that is over, or amend it; with nothing said, as planned.

    Raises NotAllowed; Refused "lesson_not_over", "reason_missing", "teacher_not_of_class",
    "practice_untold".

    Source: Measures, art. 13; notice, part 2, section 2 (logs are incomplete).
    """
    row = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if not may_log(by, row):
        raise NotAllowed("not_allowed", _("教学日志由这节课的教师或本机构教务填写。"))
    if timezone.now() < row.ends_at:
        raise Refused("lesson_not_over", _("这节课还没有上完，上完再写日志。"))
    log = LessonLog.objects.filter(lesson=row).first()
    before = _words(log) if log else ""
    log = log or LessonLog(lesson=row, training_class_id=row.training_class_id, **planned(row))
    for name, value in said.items():
        setattr(log, name, value.strip() if isinstance(value, str) else value)
    _check(log, row)
    log.written_by, log.written_at = by, timezone.now()
    log.save()
    _record(log, before, by)
    return log


def _check(log: LessonLog, lesson: Lesson) -> None:
    if log.held != Held.AS_PLANNED and not log.note:
        raise Refused("reason_missing", _("有变动或没有上，请写明原因。"), field="note")
    if log.held == Held.AS_PLANNED:
        log.taught_by = lesson.teacher
    elif not _teaches(log.taught_by, lesson):
        raise Refused(
            "teacher_not_of_class",
            _("%(name)s 没有与本机构签约，不能代课（依据：第九条）。"),
            field="taught_by",
            name=log.taught_by,
        )
    practised = lesson.kind == LessonKind.PRACTICE and log.held != Held.NOT_HELD
    if practised and (log.batches is None or log.briefed is None):
        raise Refused(
            "practice_untold",
            _("实操课请写分几批、操作前是否讲过安全（依据：第十三条）。"),
            field="batches" if log.batches is None else "briefed",
        )


def _teaches(teacher: Teacher, lesson: Lesson) -> bool:
    engaged = Teacher.objects.engaged_by(lesson.training_class.organization)
    return engaged.filter(pk=teacher.pk).exists()


def _words(log: LessonLog) -> str:
    """A log in one line, for before and after."""
    parts = [str(Held(log.held).label), str(log.taught_by), log.content, log.note]
    return "；".join(part for part in parts if part)


def _record(log: LessonLog, before: str, by: User) -> None:
    facts = {"lesson": str(log.lesson), "held": str(Held(log.held).label)}
    within = log.training_class
    if before:
        facts |= {"before": before, "after": _words(log)}
        audit.record(TeachingEvent.LOG_AMENDED, log, by=by, within=within, **facts)
    else:
        audit.record(TeachingEvent.LOGGED, log, by=by, within=within, **facts)
