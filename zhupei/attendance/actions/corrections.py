"""Correcting a line of the roll: one says what really happened, a second one agrees."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import parameters as p
from zhupei.attendance.access import has_second_person, is_own, works_there
from zhupei.attendance.actions.shared import credit, describe, opens, tell_learner
from zhupei.attendance.events import AttendanceEvent, CorrectionEvent
from zhupei.attendance.models import Attendance, Correction, Method, PaperSheet
from zhupei.attendance.workflow import CORRECTION
from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import Enrolment, Lesson
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User


@transaction.atomic
def correct(
    lesson: Lesson,
    enrolment: Enrolment,
    *,
    by: User,
    arrived_at: datetime | None,
    left_at: datetime | None = None,
    note: str,
) -> Correction:
    """The teacher or registrar proposes what really happened; a second person decides.

    ``arrived_at`` None means absent. Raises NotAllowed; Refused "note_required", "wrong_class",
    "lesson_not_begun", "outside_the_lesson", "left_before_arriving", "already_proposed",
    "nothing_to_correct".

    Source: Measures, art. 13; notice, part 2, section 2 (signatures on rolls are not rigorous).
    """
    if not may_keep_roll(by, lesson):
        raise NotAllowed("not_allowed", _("只有任课教师和本机构教务能更正这节课的考勤。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么更正，学员会看到。"), field="note")
    return propose(lesson, enrolment, by=by, times=(arrived_at, left_at), note=note)


def propose(
    lesson: Lesson,
    enrolment: Enrolment,
    *,
    by: User,
    times: tuple[datetime | None, datetime | None],
    note: str,
    sheet: PaperSheet | None = None,
) -> Correction:
    """Write a proposal; who may has been asked. Refuses what cannot have been."""
    arrived_at, left_at = times if times[0] else (None, None)
    check_times(lesson, enrolment, arrived_at, left_at)
    row = Attendance.objects.select_for_update().filter(lesson=lesson, enrolment=enrolment).first()
    if Correction.objects.filter(lesson=lesson, enrolment=enrolment).open().exists():
        raise Refused(
            "already_proposed",
            _("%(learner)s 这节课已有一条更正等第二个人确认。请先确认、退回或收回那一条。"),
            learner=enrolment.person,
        )
    before = (row.arrived_at, row.left_at) if row else (None, None)
    waiting = row is not None and row.waiting
    if before == (arrived_at, left_at) and not waiting:
        raise Refused("nothing_to_correct", _("点名册上已经是这样，不用更正。"), field="arrived_at")
    found = Correction.objects.create(
        lesson=lesson,
        enrolment=enrolment,
        sheet=sheet,
        was_arrived_at=before[0],
        was_left_at=before[1],
        arrived_at=arrived_at,
        left_at=left_at,
        note=note.strip(),
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    facts = _facts(found) | {"before": describe(*before), "after": describe(arrived_at, left_at)}
    audit.record(CorrectionEvent.PROPOSED, found, by=by, within=enrolment, note=found.note, **facts)
    return found


@transaction.atomic
def confirm_correction(correction: Correction, *, by: User) -> Correction:
    """A second person of the institution agrees: the roll changes and the learner is told.

    Raises NotAllowed "own_correction", "no_second_person" (both say what to do) or "not_allowed";
    Refused "wrong_state", "changed_meanwhile".

    Source: Measures, art. 13; notice, part 2, section 2 (signatures on rolls are not rigorous).
    """
    found = _decide(correction, "confirm", by=by)
    row = (
        Attendance.objects.select_for_update()
        .filter(lesson=found.lesson, enrolment=found.enrolment)
        .first()
    )
    now = (row.arrived_at, row.left_at) if row else (None, None)
    if now != (found.was_arrived_at, found.was_left_at):
        raise Refused(
            "changed_meanwhile",
            _("提出以后 %(learner)s 的记录已变成“%(now)s”。请不同意这条更正，按新的情况再提。"),
            learner=found.enrolment.person,
            now=describe(*now),
        )
    _apply(found, row, by=by)
    return found


@transaction.atomic
def reject_correction(correction: Correction, *, by: User, note: str) -> Correction:
    """A second person does not agree: the roll stays, and who proposed it reads why.

    Raises NotAllowed like ``confirm_correction``; Refused "wrong_state", "note_required".
    """
    found = _decide(correction, "reject", by=by, note=note)
    messages.tell(
        [found.proposed_by],
        str(_("您提出的考勤更正没有被同意")),
        body=f"{found.enrolment.person}，{found.lesson}：{note.strip()}",
        url=f"/attendance/corrections/{found.pk}/",
    )
    return found


@transaction.atomic
def take_back_correction(correction: Correction, *, by: User) -> Correction:
    """Who proposed it takes it back. Raises NotAllowed; Refused "wrong_state"."""
    return _decide(correction, "take_back", by=by)


def why_not(correction: Correction, user: User) -> Refused | None:
    """Why somebody of the institution may not decide on this one, and what to do about it."""
    if not works_there(user, correction) or not is_own(user, correction):
        return None
    if has_second_person(correction):
        return NotAllowed(
            "own_correction",
            _("更正要由第二个人确认，这一条是您提出的。请本机构另一名教务员或教师确认。"),
        )
    return NotAllowed(
        "no_second_person",
        _(
            "更正要由第二个人确认，而本机构现在只有您一人能处理考勤。请先再任命一名教务员或教师，"
            "由其确认；在那以前这条更正一直保留。"
        ),
    )


def change(correction: Correction) -> str:
    """What a correction changes, in words: 缺勤 → 10:20 到."""
    before = describe(correction.was_arrived_at, correction.was_left_at)
    return f"{before} → {describe(correction.arrived_at, correction.left_at)}"


def _decide(correction: Correction, move: str, *, by: User, note: str = "") -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related(
        "enrolment__person",
        "lesson__unit",
        "lesson__teacher",
        "lesson__training_class__organization",
        "proposed_by",
    )
    found = rows.get(pk=correction.pk)
    refusal = why_not(found, by)
    if refusal is not None and move != "take_back":
        raise refusal
    facts = _facts(found) | {"change": change(found)}
    CORRECTION.move(found, move, by=by, note=note, within=found.enrolment, **facts)
    if move != "take_back":
        found.decided_by, found.decided_at = by, timezone.now()
        found.save(update_fields=["decided_by", "decided_at"])
    found.refresh_from_db(fields=["state"])
    return found


def _apply(found: Correction, row: Attendance | None, *, by: User) -> None:
    lesson = found.lesson
    row = row or Attendance(lesson=lesson, enrolment=found.enrolment)
    row.method = Method.PAPER if found.sheet_id else Method.TEACHER
    row.arrived_at, row.left_at = found.arrived_at, found.left_at
    row.corrected, row.waiting, row.phones_differ = True, False, False
    row.credited_seconds = credit(lesson, row, p.figures(lesson.training_class.prefecture_id))
    row.save()
    facts: dict[str, Any] = _facts(found) | {
        "before": describe(found.was_arrived_at, found.was_left_at),
        "after": describe(found.arrived_at, found.left_at),
        "proposed_by": str(found.proposed_by),
        "credited_seconds": row.credited_seconds,
        "note": found.note,
    }
    within = lesson.training_class
    audit.record(AttendanceEvent.CORRECTED, found.enrolment, by=by, within=within, **facts)
    body = f"{lesson}：{change(found)}（{found.note}）"
    tell_learner(row, str(_("您的考勤有更正")), body)


def _facts(found: Correction) -> dict[str, Any]:
    return {"learner": str(found.enrolment.person), "lesson": str(found.lesson)}


def check_times(
    lesson: Lesson, enrolment: Enrolment, arrived_at: datetime | None, left_at: datetime | None
) -> None:
    """Refuse times that cannot have been."""
    if enrolment.training_class_id != lesson.training_class_id:
        raise Refused("wrong_class", _("这名学员不在这个班。"))
    if timezone.now() < lesson.starts_at:
        raise Refused("lesson_not_begun", _("这节课还没开始，没有可更正的考勤。"))
    first = opens(lesson, p.figures(lesson.training_class.prefecture_id))
    if arrived_at and not first <= arrived_at <= lesson.ends_at:
        raise Refused(
            "outside_the_lesson",
            _("到达时间应在 %(first)s 到 %(last)s 之间（北京时间）。"),
            field="arrived_at",
            first=f"{timezone.localtime(first):%H:%M}",
            last=f"{timezone.localtime(lesson.ends_at):%H:%M}",
        )
    if arrived_at and left_at and left_at < arrived_at:
        raise Refused("left_before_arriving", _("离开时间早于到达时间，请检查。"), field="left_at")
