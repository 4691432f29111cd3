"""What can happen to a lead. Stored for ever: never rename a value."""

from enum import StrEnum


class LeadEvent(StrEnum):
    FOUND = "lead.found"
    VIEWED = "lead.viewed"
    CONFIRMED = "lead.confirmed"
    DISMISSED = "lead.dismissed"
    REOPENED = "lead.reopened"
    HANDED_ON = "lead.handed_on"
    FORGOTTEN = "lead.forgotten"
    SEARCHED = "lead.searched"
