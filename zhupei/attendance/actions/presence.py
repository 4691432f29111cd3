"""The teacher looks up: who signed in from somebody else's phone, who did not sign out."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import parameters as p
from zhupei.attendance import rules
from zhupei.attendance.actions.shared import credit, tell_learner
from zhupei.attendance.actions.signing import sign_out_window
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.models import Attendance
from zhupei.classes.access import may_keep_roll
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User


@transaction.atomic
def confirm_presence(row: Attendance, *, by: User) -> Attendance:
    """The teacher saw who signed in from a shared phone: it counts from the sign-in on.

    Raises NotAllowed; Refused "not_waiting".
    """
    row = _waiting(row, by)
    lesson = row.lesson
    row.waiting = False
    row.credited_seconds = credit(lesson, row, p.figures(lesson.training_class.prefecture_id))
    row.save(update_fields=["waiting", "credited_seconds"])
    _record(AttendanceEvent.PRESENCE_CONFIRMED, row, by)
    return row


@transaction.atomic
def deny_presence(row: Attendance, *, by: User, note: str) -> Attendance:
    """The teacher did not see them: the sign-in counts nothing, and the learner is told.

    Nobody is accused and nothing follows from it; whoever comes may sign in again.
    Raises NotAllowed; Refused "not_waiting", "note_required".
    """
    row = _waiting(row, by)
    if not note.strip():
        raise Refused("note_required", _("请写一句您看到的情况，学员会看到。"), field="note")
    row.waiting, row.signed_at, row.arrived_at, row.left_at = False, None, None, None
    row.save(update_fields=["waiting", "signed_at", "arrived_at", "left_at"])
    _record(AttendanceEvent.PRESENCE_DENIED, row, by, note=note.strip())
    tell_learner(
        row,
        str(_("一次签到没有被确认")),
        str(_("%(lesson)s：教师没有看到您在场（%(note)s）。如果不对，请尽快告诉教务更正。"))
        % {"lesson": row.lesson, "note": note.strip()},
    )
    return row


@transaction.atomic
def confirm_stay(row: Attendance, *, by: User) -> Attendance:
    """The teacher saw somebody stay to the end who forgot to sign out.

    Raises NotAllowed; Refused "signed_out".
    """
    row = _locked(row, by)
    figures = p.figures(row.lesson.training_class.prefecture_id)
    owes = figures.sign_out == "yes" and rules.owes_sign_out(
        timezone.now(),
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        signed_out_at=row.signed_out_at,
        closes=sign_out_window(row.lesson, figures)[1],
    )
    if not owes:
        raise Refused("signed_out", _("这一行没有欠签退，不用确认。请刷新页面。"))
    row.signed_out_at = row.lesson.ends_at
    row.save(update_fields=["signed_out_at"])
    _record(AttendanceEvent.STAY_CONFIRMED, row, by)
    return row


def _waiting(row: Attendance, by: User) -> Attendance:
    row = _locked(row, by)
    if not row.waiting:
        raise Refused("not_waiting", _("这次签到已经确认过了。请刷新页面。"))
    return row


def _locked(row: Attendance, by: User) -> Attendance:
    rows = Attendance.objects.select_for_update(of=("self",)).select_related(
        "enrolment__person",
        "lesson__unit",
        "lesson__teacher",
        "lesson__training_class__organization",
    )
    row = rows.get(pk=row.pk)
    if not may_keep_roll(by, row.lesson):
        raise NotAllowed("not_allowed", _("只有任课教师和本机构教务能确认这节课的考勤。"))
    return row


def _record(event: AttendanceEvent, row: Attendance, by: User, **more: Any) -> None:
    facts = {"learner": str(row.enrolment.person), "lesson": str(row.lesson)} | more
    audit.record(event, row.enrolment, by=by, within=row.lesson.training_class, **facts)
