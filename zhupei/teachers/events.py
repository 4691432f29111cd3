"""What can happen to a teacher of the pool. Stored for ever: never rename a value."""

from enum import StrEnum


class TeacherEvent(StrEnum):
    PROPOSED = "teacher.proposed"
    CHANGED = "teacher.changed"
    APPLIED = "teacher.applied"
    WITHDRAWN = "teacher.withdrawn"
    RETURNED = "teacher.returned"
    ADMITTED = "teacher.admitted"
    REMOVED = "teacher.removed"
    REOPENED = "teacher.reopened"
    OVERDUE = "teacher.overdue"
    EVIDENCE_ADDED = "teacher.evidence_added"
    EVIDENCE_REMOVED = "teacher.evidence_removed"
    ENGAGED = "teacher.engaged"
    RENEWED = "teacher.renewed"
    LEFT = "teacher.left"
    EXPIRING = "teacher.expiring"
    STUDY_ENTERED = "teacher.study_entered"
    STUDY_CONFIRMED = "teacher.study_confirmed"
    STUDY_REMOVED = "teacher.study_removed"
    EXPORTED = "teacher.exported"
