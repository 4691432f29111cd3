"""What can happen to a finding, an order and a wish for more time. Stored for ever."""

from enum import StrEnum


class FindingEvent(StrEnum):
    FOUND = "finding.found"
    EVIDENCE_ADDED = "finding.evidence_added"
    ORDERED = "finding.ordered"
    SETTLED = "finding.settled"
    CORRECTED = "finding.corrected"
    WITHDRAWN = "finding.withdrawn"
    OVERDUE = "finding.overdue"


class OrderEvent(StrEnum):
    ISSUED = "correction_order.issued"
    RECEIVED = "correction_order.received"
    LETTER_CORRECTED = "correction_order.letter_corrected"
    EVIDENCE_ADDED = "correction_order.evidence_added"
    EVIDENCE_REMOVED = "correction_order.evidence_removed"
    SUBMITTED = "correction_order.submitted"
    RECALLED = "correction_order.recalled"
    RETURNED = "correction_order.returned"
    CLOSED = "correction_order.closed"
    WITHDRAWN = "correction_order.withdrawn"
    REMINDED = "correction_order.reminded"
    OVERDUE = "correction_order.overdue"
    VERIFICATION_OVERDUE = "correction_order.verification_overdue"


class DisputeEvent(StrEnum):
    RAISED = "correction_dispute.raised"
    EVIDENCE_ADDED = "correction_dispute.evidence_added"
    UPHELD = "correction_dispute.upheld"
    CHANGED = "correction_dispute.changed"
    CONCEDED = "correction_dispute.conceded"
    OVERDUE = "correction_dispute.overdue"


class ExtensionEvent(StrEnum):
    ASKED = "correction_extension.asked"
    GRANTED = "correction_extension.granted"
    REFUSED = "correction_extension.refused"
