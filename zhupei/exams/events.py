"""What can happen to a sitting and to an attempt. Stored for ever: never rename a value."""

from enum import StrEnum


class SittingEvent(StrEnum):
    DRAFTED = "sitting.drafted"
    CHANGED = "sitting.changed"
    NOTIFIED = "sitting.notified"
    SEATED = "sitting.seated"
    UNSEATED = "sitting.unseated"
    SLIPS_ASKED = "sitting.slips_asked"
    ASKED = "sitting.asked"
    REPLIED = "sitting.replied"
    ARRANGED = "sitting.arranged"
    RESEATED = "sitting.reseated"
    SEALED = "sitting.sealed"
    CLOSED = "sitting.closed"
    RELEASED = "sitting.released"
    CANCELLED = "sitting.cancelled"


class CorrectionEvent(StrEnum):
    PROPOSED = "item_correction.proposed"
    AGREED = "item_correction.agreed"
    REJECTED = "item_correction.rejected"
    WITHDRAWN = "item_correction.withdrawn"
    REPLACED = "item_correction.replaced"
    ITEM_READ = "item_correction.item_read"


class PlanEvent(StrEnum):
    DRAFTED = "exam_plan.drafted"
    CHANGED = "exam_plan.changed"
    TAKEN_IN = "exam_plan.taken_in"
    LEFT_OUT = "exam_plan.left_out"
    NOTIFIED = "exam_plan.notified"
    CANCELLED = "exam_plan.cancelled"
    ASKED = "exam_plan.asked"
    REPLIED = "exam_plan.replied"


class AttemptEvent(StrEnum):
    ADMITTED = "attempt.admitted"
    ADMISSION_UNDONE = "attempt.admission_undone"
    TURNED_AWAY = "attempt.turned_away"
    STARTED = "attempt.started"
    PAUSED = "attempt.paused"
    RESUMED = "attempt.resumed"
    EXTENDED = "attempt.extended"
    ENDED = "attempt.ended"
    HANDED_IN = "attempt.handed_in"
    MARKED = "attempt.marked"
    VOIDED = "attempt.voided"
    CARRIED = "attempt.carried"
    LATE_COUNTED = "attempt.late_counted"
    LATE_LEFT = "attempt.late_left"


class InvigilatorEvent(StrEnum):
    CALLED = "invigilator.called"
    ACCEPTED = "invigilator.accepted"
    DECLINED = "invigilator.declined"
    RELIEVED = "invigilator.relieved"
    MOVED = "invigilator.moved"
