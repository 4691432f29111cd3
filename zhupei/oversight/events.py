"""What can happen to a measure, and to a matter handed over. Stored for ever: never rename a
value. (Suspending and lifting are events of an admission, in ``institutions.events``.)
"""

from enum import StrEnum


class MeasureEvent(StrEnum):
    DRAFTED = "measure.drafted"
    EDITED = "measure.edited"
    PAPER_ADDED = "measure.paper_added"
    SEEN = "measure.seen"
    URGENT = "measure.urgent"
    NOTICED = "measure.noticed"
    STATED = "measure.stated"
    HEARING_CALLED = "measure.hearing_called"
    HEARD = "measure.heard"
    DECIDED = "measure.decided"
    SERVED = "measure.served"
    ACKNOWLEDGED = "measure.acknowledged"
    DONE = "measure.done"
    LIFTED = "measure.lifted"
    DROPPED = "measure.dropped"
    REVOKED = "measure.revoked"


class HandoverEvent(StrEnum):
    DRAFTED = "handover.drafted"
    PAPER_ADDED = "handover.paper_added"
    PAPER_REMOVED = "handover.paper_removed"
    SEEN = "handover.seen"
    SENT = "handover.sent"
    RECEIVED = "handover.received"
    DECLINED = "handover.declined"
    REPORTED = "handover.reported"
    FILED = "handover.filed"
    PENALISED = "handover.penalised"
    CLEARED = "handover.cleared"
    REVOKED = "handover.revoked"
    CANCELLED = "handover.cancelled"


class BasisEvent(StrEnum):
    ENTERED = "legal_basis.entered"
    CHANGED = "legal_basis.changed"
