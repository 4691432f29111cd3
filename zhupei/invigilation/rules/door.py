"""Who may come in, until when, and whether the document is the right one."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum


class Entry(StrEnum):
    """What the clock says to somebody at the door."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"  # may enter; has what is left of the time
    SHUT = "shut"


def entry(now: datetime, starts_at: datetime, opens: timedelta, shuts: timedelta) -> Entry:
    """From ``opens`` before the start until ``shuts`` after it, the last moment included.

    Source: project register of facts, §5 (no figure of the region; parameters of the platform).
    """
    if now < starts_at - opens:
        return Entry.EARLY
    if now > starts_at + shuts:
        return Entry.SHUT
    return Entry.LATE if now > starts_at else Entry.OPEN


def same_ending(said: str, last_four: str) -> bool:
    """Do the last four of the document agree with the record? Full width and case do not matter.

    Source: Measures, art. 15 (real-name verification).
    """
    plain = unicodedata.normalize("NFKC", said).strip().upper()
    return len(plain) >= len(last_four) and plain[-len(last_four) :] == last_four.upper()
