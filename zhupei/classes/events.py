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
    REFERRED = "class.referred"
    REFERRAL_ANSWERED = "class.referral_answered"
    REFERRAL_RECALLED = "class.referral_recalled"
    DRAWN = "class.drawn_for_second_reading"
    DOCUMENT_ATTACHED = "class.document_attached"
    DOCUMENT_REMOVED = "class.document_removed"
    INVITED = "class.invited"
    IDENTITIES_VIEWED = "class.identities_viewed"
    FROZEN = "class.frozen"
    THAWED = "class.thawed"
    COPIED = "class.copied"
    RESCHEDULED = "class.rescheduled"


class EnrolmentEvent(StrEnum):
    ENROLLED = "enrolment.enrolled"
    WITHDRAWN = "enrolment.withdrawn"
    TRANSFERRED = "enrolment.transferred"
    CAME_OVER = "enrolment.came_over"


class InvitationEvent(StrEnum):
    CONFIRMED = "invitation.confirmed"
    DECLINED = "invitation.declined"
    TAKEN_BACK = "invitation.taken_back"


class WaitingEvent(StrEnum):
    JOINED = "waiting.joined"
    OFFERED = "waiting.offered"
    TAKEN = "waiting.taken"
    LAPSED = "waiting.lapsed"
    LEFT = "waiting.left"
    ENDED = "waiting.ended"


class SecondReadingEvent(StrEnum):
    AGREED = "second_reading.agreed"
    OBJECTED = "second_reading.objected"
