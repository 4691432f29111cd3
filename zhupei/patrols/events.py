"""What can happen to a duty and to a patrol. Stored for ever: never rename a value."""

from enum import StrEnum


class DutyEvent(StrEnum):
    OPENED = "duty.opened"
    MOVED = "duty.moved"
    PAUSED = "duty.paused"
    RESUMED = "duty.resumed"
    PLANNED = "duty.planned"
    RELEASED = "duty.released"
    MET = "duty.met"
    MISSED = "duty.missed"
    LIFTED = "duty.lifted"
    REOPENED = "duty.reopened"
    ALERTED = "duty.alerted"
    EXPLAINED = "duty.explained"
    ESCALATED = "duty.escalated"


class PatrolEvent(StrEnum):
    PLANNED = "patrol.planned"
    CALLED_OFF = "patrol.called_off"
    FILLED = "patrol.filled"
    PHOTO_ADDED = "patrol.photo_added"
    ROLL_DRAWN = "patrol.roll_drawn"
    FILED = "patrol.filed"
    ROLL_REVISED = "patrol.roll_revised"
