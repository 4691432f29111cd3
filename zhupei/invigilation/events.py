"""What can happen in the room of a sitting. Stored for ever: never rename a value."""

from enum import StrEnum


class DoorEvent(StrEnum):
    ADMITTED = "door.admitted"
    REFUSED = "door.refused"
    UNDONE = "door.undone"


class RoomEvent(StrEnum):
    OPENED = "room.opened"
    CLOSED = "room.closed"
    SIGNED = "room.signed"
    ANNOUNCED = "room.announced"
    TOLD = "room.told"


class IncidentEvent(StrEnum):
    NOTED = "incident.noted"
    SETTLED = "incident.settled"


class HelpEvent(StrEnum):
    CALLED = "help.called"
    ANSWERED = "help.answered"


class SafeBrowserEvent(StrEnum):
    REQUIRED = "safe_browser.required"
    LIFTED = "safe_browser.lifted"
    WAIVED = "safe_browser.waived"
