"""What can happen to a filing. Stored for ever: never rename a value."""

from enum import StrEnum


class FilingEvent(StrEnum):
    DRAFTED = "filing.drafted"
    CHANGED = "filing.changed"
    PAPER_ATTACHED = "filing.paper_attached"
    PAPER_REMOVED = "filing.paper_removed"
    SUBMITTED = "filing.submitted"
    WITHDRAWN = "filing.withdrawn"
    RETURNED = "filing.returned"
    ACCEPTED = "filing.accepted"
    COPIED = "filing.copied"
    COPY_READ = "filing.copy_read"
    REVOKED = "filing.revoked"
    CANCELLED = "filing.cancelled"
    OVERDUE = "filing.overdue"
