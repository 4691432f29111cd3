"""What can happen to somebody's attendance. Stored for ever: never rename a value."""

from enum import StrEnum


class AttendanceEvent(StrEnum):
    SIGNED_IN = "attendance.signed_in"
    CORRECTED = "attendance.corrected"
