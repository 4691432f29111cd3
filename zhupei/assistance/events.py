"""What can happen to a pairing and to a piece of help. Stored for ever."""

from enum import StrEnum


class PairingEvent(StrEnum):
    ASSIGNED = "pairing.assigned"
    ENDED = "pairing.ended"


class AssistanceEvent(StrEnum):
    DRAFTED = "assistance.drafted"
    CHANGED = "assistance.changed"
    EVIDENCE_ADDED = "assistance.evidence_added"
    EVIDENCE_REMOVED = "assistance.evidence_removed"
    SUBMITTED = "assistance.submitted"
    RETURNED = "assistance.returned"
    CONFIRMED = "assistance.confirmed"
    REVOKED = "assistance.revoked"
    CANCELLED = "assistance.cancelled"
    OVERDUE = "assistance.overdue"
