"""What can happen to rubrics, sessions and turns. Stored for ever: never rename a value."""

from enum import StrEnum


class RubricEvent(StrEnum):
    STARTED = "rubric.started"
    CHANGED = "rubric.changed"
    IMPORTED = "rubric.imported"
    PUBLISHED = "rubric.published"
    RETIRED = "rubric.retired"


class SessionEvent(StrEnum):
    DRAFTED = "session.drafted"
    CHANGED = "session.changed"
    NOTIFIED = "session.notified"
    LAID_OUT = "session.laid_out"
    FIXED = "session.fixed"
    CLOSED = "session.closed"
    RELEASED = "session.released"
    CANCELLED = "session.cancelled"


class TurnEvent(StrEnum):
    ARRIVED = "turn.arrived"
    ABSENT = "turn.absent"
    REPLACED = "turn.assessor_replaced"
    THIRD_CALLED = "turn.third_called"
    TAKEN_AGAIN = "turn.taken_again"
    SCORED = "turn.scored"
    HANDED_IN = "turn.handed_in"
    DIFFERED = "turn.differed"
    SETTLED = "turn.settled"
    CORRECTED = "turn.corrected"
    ANNULLED = "turn.annulled"
    EVIDENCE_ADDED = "turn.evidence_added"
