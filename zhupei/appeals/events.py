"""What can follow a mark. Stored for ever: never rename a value."""

from enum import StrEnum


class ReviewEvent(StrEnum):
    FILED = "review_request.filed"
    WITHDRAWN = "review_request.withdrawn"
    UPHELD = "review_request.upheld"
    CORRECTED = "review_request.corrected"
    REOPENED = "review_request.reopened"


class AppealEvent(StrEnum):
    FILED = "appeal.filed"
    WITHDRAWN = "appeal.withdrawn"
    DISMISSED = "appeal.dismissed"
    GRANTED = "appeal.granted"


class CaseEvent(StrEnum):
    OPENED = "case.opened"
    EVIDENCE_ADDED = "case.evidence_added"
    NOTICED = "case.noticed"
    STATED = "case.stated"
    DECIDED = "case.decided"
    DROPPED = "case.dropped"
    SEEN = "case.seen"
