"""师资研修: what teachers learn themselves, counted once the association has confirmed it."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.people.models import User
from zhupei.teachers import offices, rules
from zhupei.teachers.access import may_enter_study, may_review
from zhupei.teachers.actions.shared import kept, locked, tell
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Study, Teacher
from zhupei.teachers.parameters import STUDY_HOURS_A_DAY


class Course(TypedDict):
    """What is said of a course, its proof apart."""

    title: str
    host: str
    starts_on: date
    ends_on: date
    seconds: int


@transaction.atomic
def add_study(teacher: Teacher, *, by: User, file: File[bytes], **course: Unpack[Course]) -> Study:
    """Enter a course a teacher took, with its proof.

    Raises Refused "study_dates", "study_not_over", "study_hours" or what ``core.files.accept``
    refuses.

    Source: Measures, art. 2 (the development of teachers is within the Measures).
    """
    row = locked(teacher)
    if not may_enter_study(by, row):
        raise NotAllowed("not_allowed", _("研修由教师本人或聘用机构登记。"))
    _check(course["starts_on"], course["ends_on"], course["seconds"])
    made = Study.objects.create(teacher=row, file=kept(file, by=by, field="file"), **course)
    audit.record(TeacherEvent.STUDY_ENTERED, row, by=by, name=made.title, seconds=made.seconds)
    tell(row, offices.officers(), _("待确认的师资研修：%(name)s"), made.title)
    return made


def _check(starts_on: date, ends_on: date, seconds: int) -> None:
    if ends_on < starts_on:
        raise Refused("study_dates", _("结束日期早于开始日期，请检查两个日期。"), field="ends_on")
    if ends_on > timezone.localdate():
        raise Refused("study_not_over", _("研修还没有结束，请结束后再登记。"), field="ends_on")
    hours = value(STUDY_HOURS_A_DAY)
    if not rules.study_fits(seconds, starts_on, ends_on, hours_a_day=hours):
        raise Refused(
            "study_hours",
            _("这几天至多认定 %(most)s 学时（每天 %(hours)s 学时）。请按证明填写。"),
            field="hours",
            most=((ends_on - starts_on).days + 1) * hours,
            hours=hours,
        )


@transaction.atomic
def confirm_study(study: Study, *, by: User) -> Study:
    """The hours count from now on.

    Raises Refused "study_confirmed" for one that was confirmed before.
    """
    row = _open(study, by)
    if not may_review(by, row.teacher):
        raise NotAllowed("not_allowed", _("研修由协会确认。"))
    row.confirmed_at, row.confirmed_by_name = timezone.now(), str(by)
    row.save(update_fields=["confirmed_at", "confirmed_by_name"])
    hours = row.seconds / rules.SECONDS_PER_HOUR
    teacher = row.teacher
    audit.record(TeacherEvent.STUDY_CONFIRMED, teacher, by=by, name=row.title, hours=f"{hours:g}")
    tell(teacher, offices.themself(teacher), _("研修已确认，学时计入本年度"), row.title)
    return row


@transaction.atomic
def remove_study(study: Study, *, by: User, note: str = "") -> None:
    """Take a course that is not confirmed off the record: by those who enter it, or by the
    association, who must say why.

    Raises Refused "study_confirmed" or "note_required".
    """
    row = _open(study, by)
    if may_review(by, row.teacher) and not note.strip():
        raise Refused("note_required", _("请写明不予确认的理由，对方会看到。"), field="note")
    teacher, title = row.teacher, row.title
    row.delete()
    audit.record(TeacherEvent.STUDY_REMOVED, teacher, by=by, name=title, note=note.strip())
    if may_review(by, teacher):
        told = [*offices.themself(teacher), *_employers(teacher)]
        tell(teacher, told, _("研修没有确认：%(name)s"), f"{title}：{note}")


def _open(study: Study, by: User) -> Study:
    teacher = locked(study.teacher)
    row = (
        Study.objects.select_for_update(of=("self",))
        .select_related("teacher__person")
        .get(pk=study.pk)
    )
    if not (may_review(by, teacher) or may_enter_study(by, teacher)):
        raise NotAllowed("not_allowed", _("您不能办理这条研修。"))
    if row.confirmed_at:
        raise Refused("study_confirmed", _("这条研修已由协会确认，不能再改。"))
    return row


def _employers(teacher: Teacher) -> list[User]:
    current = teacher.engagements.filter(until__isnull=True)
    return list(offices.registrars(current.values_list("organization", flat=True)))
