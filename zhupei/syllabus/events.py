"""What can happen to syllabi, jobs and textbooks. Stored for ever: never rename a value."""

from enum import StrEnum


class SyllabusEvent(StrEnum):
    DRAFTED = "syllabus.drafted"
    COPIED = "syllabus.copied"
    CHANGED = "syllabus.changed"
    UNIT_ADDED = "syllabus.unit_added"
    UNIT_CHANGED = "syllabus.unit_changed"
    UNIT_MOVED = "syllabus.unit_moved"
    UNIT_REMOVED = "syllabus.unit_removed"
    TOPIC_ADDED = "syllabus.topic_added"
    TOPIC_CHANGED = "syllabus.topic_changed"
    TOPIC_MOVED = "syllabus.topic_moved"
    TOPIC_REMOVED = "syllabus.topic_removed"
    PUBLISHED = "syllabus.published"
    RETIRED = "syllabus.retired"


class JobEvent(StrEnum):
    ENTERED = "job.entered"
    CHANGED = "job.changed"
    CODED = "job.coded"
    CODE_ENDED = "job.code_ended"
    SYSTEM_ENTERED = "job.system_entered"


class TextbookEvent(StrEnum):
    PROPOSED = "textbook.proposed"
    CHANGED = "textbook.changed"
    APPROVED = "textbook.approved"
    DECLINED = "textbook.declined"
    RETIRED = "textbook.retired"
