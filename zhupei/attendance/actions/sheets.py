"""The sheet of paper, the last resort: entered by one with its photo, confirmed by another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance.actions.corrections import (
    check_times,
    confirm_correction,
    propose,
    reject_correction,
    take_back_correction,
)
from zhupei.attendance.events import CorrectionEvent
from zhupei.attendance.models import Attendance, Correction, PaperSheet
from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import Enrolment, Lesson
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User

PICTURES = {"image/jpeg", "image/png", "application/pdf"}


class Line(NamedTuple):
    """Somebody who signed on the paper, and when they came and went."""

    enrolment: Enrolment
    arrived_at: datetime
    left_at: datetime | None = None


@transaction.atomic
def enter_sheet(lesson: Lesson, *, by: User, lines: Sequence[Line], upload: Any) -> PaperSheet:
    """Enter a signed sheet from its photo; it counts once a second person has compared the two.

    Whoever is on the roll already with the same times is left alone. Raises NotAllowed; Refused
    "photo_required", "photo_kind", "nobody_ticked", what ``files.accept`` and a correction refuse.

    Source: Measures, art. 13; notice, part 2, section 2 (signatures on rolls are not rigorous).
    """
    if not may_keep_roll(by, lesson):
        raise NotAllowed("not_allowed", _("只有任课教师和本机构教务能录入这节课的签到表。"))
    if not upload:
        raise Refused(
            "photo_required", _("请附上签好字的签到表照片，确认的人要对照它。"), field="photo"
        )
    if not lines:
        raise Refused("nobody_ticked", _("一个人都没有勾选。请勾选在签到表上签了字的学员。"))
    for line in lines:
        check_times(lesson, line.enrolment, line.arrived_at, line.left_at)
    new = _new(lesson, lines)
    sheet = _sheet(lesson, by, upload)
    for line in new:
        propose(
            lesson,
            line.enrolment,
            by=by,
            times=(line.arrived_at, line.left_at),
            note=f"纸质签到表 {sheet}",
            sheet=sheet,
        )
    facts = {"number": str(sheet), "lesson": str(lesson), "count": len(new)}
    facts |= {"photo_sha256": sheet.photo.sha256}
    audit.record(CorrectionEvent.SHEET_ENTERED, sheet, by=by, within=lesson.training_class, **facts)
    return sheet


def _new(lesson: Lesson, lines: Sequence[Line]) -> list[Line]:
    rows = Attendance.objects.filter(lesson=lesson, waiting=False)
    there = {row.enrolment_id: (row.arrived_at, row.left_at) for row in rows}
    new = [one for one in lines if there.get(one.enrolment.pk) != (one.arrived_at, one.left_at)]
    if not new:
        raise Refused("nothing_to_correct", _("点名册上已经是这样，不用再录。"))
    return new


def _sheet(lesson: Lesson, by: User, upload: Any) -> PaperSheet:
    try:
        photo = files.accept(upload, by=by)
    except Refused as refusal:
        refusal.field = "photo"
        raise
    if photo.media_type not in PICTURES:
        raise Refused("photo_kind", _("签到表要照片（JPG、PNG）或扫描的 PDF。"), field="photo")
    return PaperSheet.objects.create(
        lesson=lesson, photo=photo, entered_by=by, entered_at=timezone.now()
    )


@transaction.atomic
def confirm_sheet(sheet: PaperSheet, *, by: User) -> int:
    """A second person has compared sheet and lines: all open lines count; how many it were.

    Raises what ``confirm_correction`` raises, and Refused "nothing_open".
    """
    lines = _open(sheet)
    for line in lines:
        confirm_correction(line, by=by)
    return len(lines)


@transaction.atomic
def reject_sheet(sheet: PaperSheet, *, by: User, note: str) -> int:
    """A second person does not agree with the open lines. Raises like ``confirm_sheet``."""
    lines = _open(sheet)
    for line in lines:
        reject_correction(line, by=by, note=note)
    return len(lines)


@transaction.atomic
def take_back_sheet(sheet: PaperSheet, *, by: User) -> int:
    """Who entered it takes the open lines back. Raises like ``confirm_sheet``."""
    lines = _open(sheet)
    for line in lines:
        take_back_correction(line, by=by)
    return len(lines)


def _open(sheet: PaperSheet) -> list[Correction]:
    lines = list(Correction.objects.filter(sheet=sheet).open().order_by("pk"))
    if not lines:
        raise Refused("nothing_open", _("这张签到表已经处理完了。请刷新页面。"))
    return lines
