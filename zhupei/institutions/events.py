"""What can happen to an institution's file. Stored for ever: never rename a value."""

from enum import StrEnum


class InstitutionEvent(StrEnum):
    ROOM_ADDED = "institution.room_added"
    LICENCE_ENTERED = "institution.licence_entered"
