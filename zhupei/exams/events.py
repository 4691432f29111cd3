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


class AttemptEvent(StrEnum):
    ADMITTED = "attempt.admitted"
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
