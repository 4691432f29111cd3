"""What can happen to a class. Stored for ever: never rename a value."""

from enum import StrEnum


class ClassEvent(StrEnum):
    DRAFTED = "class.drafted"
    CHANGED = "class.changed"
    TIMETABLED = "class.timetabled"
    SUBMITTED = "class.submitted"
    FILED = "class.filed"
    WITHDRAWN = "class.withdrawn"
    APPROVED = "class.approved"
    RETURNED = "class.returned"
    REVOKED = "class.revoked"
    CANCELLED = "class.cancelled"
    FINISHED = "class.finished"
    OVERDUE = "class.overdue"
    DOCUMENT_ATTACHED = "class.document_attached"
    DOCUMENT_REMOVED = "class.document_removed"
    INVITED = "class.invited"
    IDENTITIES_VIEWED = "class.identities_viewed"


class EnrolmentEvent(StrEnum):
    ENROLLED = "enrolment.enrolled"
    WITHDRAWN = "enrolment.withdrawn"


class InvitationEvent(StrEnum):
    CONFIRMED = "invitation.confirmed"
    DECLINED = "invitation.declined"
