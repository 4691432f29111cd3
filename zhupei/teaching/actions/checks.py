"""教学检查: an institution looks at its own lessons and puts right what it finds."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.teaching.access import may_check
from zhupei.teaching.events import TeachingEvent
from zhupei.teaching.models import TeachingCheck, Verdict


@transaction.atomic
def check(
    training_class: TrainingClass,
    *,
    by: User,
    checked_on: date,
    verdict: Verdict,
    found: str,
    lesson: Lesson | None = None,
) -> TeachingCheck:
    """Note what a check of the teaching found.

    Raises NotAllowed; Refused "own_lesson", "check_in_the_future", "check_outside_class",
    "found_missing".

    Source: notice, part 2, section 2 (no records of teaching checks).
    """
    if not may_check(by, training_class):
        raise NotAllowed("not_allowed", _("教学检查由本机构教务填写。"))
    if lesson and by.person_id and lesson.teacher.person_id == by.person_id:
        raise Refused("own_lesson", _("不能检查自己上的课。请由别人来查。"), field="lesson")
    if checked_on > timezone.localdate():
        raise Refused("check_in_the_future", _("检查日期还没到。"), field="checked_on")
    if not training_class.starts_on <= checked_on <= training_class.ends_on:
        raise Refused("check_outside_class", _("检查日期不在办班期间。"), field="checked_on")
    if not found.strip():
        raise Refused("found_missing", _("请写明看到了什么。"), field="found")
    row = TeachingCheck.objects.create(
        training_class=training_class,
        lesson=lesson,
        checked_on=checked_on,
        verdict=verdict,
        found=found.strip(),
        checker=by,
    )
    facts = {"verdict": str(Verdict(verdict).label), "note": row.found}
    audit.record(TeachingEvent.CHECKED, row, by=by, within=training_class, **facts)
    return row


@transaction.atomic
def correct(row: TeachingCheck, *, by: User, corrected: str) -> TeachingCheck:
    """Note how a fault was put right.

    Raises NotAllowed; Refused "nothing_to_correct", "correction_missing".
    """
    row = TeachingCheck.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not may_check(by, row.training_class):
        raise NotAllowed("not_allowed", _("教学检查由本机构教务填写。"))
    if row.verdict != Verdict.BAD or row.corrected_at:
        raise Refused("nothing_to_correct", _("这次检查没有待整改的问题。"))
    if not corrected.strip():
        raise Refused("correction_missing", _("请写明怎样改的。"), field="corrected")
    row.corrected, row.corrected_at = corrected.strip(), timezone.now()
    row.save(update_fields=["corrected", "corrected_at"])
    within = row.training_class
    audit.record(TeachingEvent.FAULT_CORRECTED, row, by=by, within=within, note=row.corrected)
    return row
