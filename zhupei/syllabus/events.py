"""What can happen to a syllabus. Stored for ever: never rename a value."""

from enum import StrEnum


class SyllabusEvent(StrEnum):
    DRAFTED = "syllabus.drafted"
    CHANGED = "syllabus.changed"
    PUBLISHED = "syllabus.published"
    RETIRED = "syllabus.retired"
