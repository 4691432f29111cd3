"""What can happen to somebody's attendance. Stored for ever: never rename a value."""

from enum import StrEnum


class AttendanceEvent(StrEnum):
    SIGNED_IN = "attendance.signed_in"
    HELD = "attendance.held"
    SIGNED_OUT = "attendance.signed_out"
    PRESENCE_CONFIRMED = "attendance.presence_confirmed"
    PRESENCE_DENIED = "attendance.presence_denied"
    STAY_CONFIRMED = "attendance.stay_confirmed"
    MARKED = "attendance.marked"
    CORRECTED = "attendance.corrected"


class CorrectionEvent(StrEnum):
    PROPOSED = "attendance.correction_proposed"
    CONFIRMED = "attendance.correction_confirmed"
    REJECTED = "attendance.correction_rejected"
    TAKEN_BACK = "attendance.correction_taken_back"
    SHEET_ENTERED = "attendance.sheet_entered"
