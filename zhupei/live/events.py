"""What can happen to a room that may be looked into. Stored for ever: never rename a value."""

from enum import StrEnum


class RoomEvent(StrEnum):
    REGISTERED = "room.registered"
    CHANGED = "room.changed"
    KEY_RENEWED = "room.key_renewed"
    WITHDRAWN = "room.withdrawn"
    ON_AIR = "room.on_air"
    OFF_AIR = "room.off_air"


class LookEvent(StrEnum):
    OPENED = "look.opened"
    CLOSED = "look.closed"
    WENT_AWAY = "look.went_away"


class SnapshotEvent(StrEnum):
    TAKEN = "snapshot.taken"
    VIEWED = "snapshot.viewed"
    HELD = "snapshot.held"
    REMOVED = "snapshot.removed"
