"""What can happen to a bulletin. Stored for ever: never rename a value."""

from enum import StrEnum


class BulletinEvent(StrEnum):
    DRAFTED = "bulletin.drafted"
    GATHERED = "bulletin.gathered_again"
    EDITED = "bulletin.edited"
    ISSUED = "bulletin.issued"
    WITHDRAWN = "bulletin.withdrawn"
    DISCARDED = "bulletin.discarded"
