"""What can happen to a teacher of the pool. Stored for ever: never rename a value."""

from enum import StrEnum


class TeacherEvent(StrEnum):
    ADMITTED = "teacher.admitted"
    ENGAGED = "teacher.engaged"
