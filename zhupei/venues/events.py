"""What can happen to a designation, a site and its seats. Stored: never rename a value."""

from enum import StrEnum


class DesignationEvent(StrEnum):
    DRAFTED = "designation.drafted"
    CHANGED = "designation.changed"
    PAPER_ATTACHED = "designation.paper_attached"
    PAPER_REMOVED = "designation.paper_removed"
    SIGNED = "designation.signed"
    COMPLETED = "designation.completed"
    RETURNED = "designation.returned"
    DROPPED = "designation.dropped"
    SUSPENDED = "designation.suspended"
    LIFTED = "designation.lifted"
    WITHDRAWN = "designation.withdrawn"


class SiteEvent(StrEnum):
    ADDED = "site.added"
    CHANGED = "site.changed"
    CLOSED = "site.closed"
    ROOM_PLACED = "site.room_placed"
    SEATS_LAID_OUT = "site.seats_laid_out"
    SEAT_CHANGED = "site.seat_changed"
    SEATS_CHECKED = "site.seats_checked"
    ROOM_CHECKED = "site.room_checked"
