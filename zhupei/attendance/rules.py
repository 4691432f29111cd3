"""What the rules say about being there, as plain functions of plain values."""

import hashlib
import hmac
from datetime import datetime, timedelta

DIGITS = 6


def code_for(secret: bytes, lesson: int, moment: datetime, *, every: int) -> str:
    """The six digits on the room's screen at ``moment``; they change every ``every`` seconds.

    The lesson is part of the code: what hangs in the next room does not open this one.
    """
    window = int(moment.timestamp()) // every
    digest = hmac.new(secret, f"{lesson}:{window}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def code_is_right(
    code: str, secret: bytes, lesson: int, moment: datetime, *, every: int, margin: int
) -> bool:
    """Was ``code`` on the screen at ``moment``, or up to ``margin`` seconds before?

    Blanks between the digits do not matter.
    """
    typed = "".join(code.split())
    shown = {
        code_for(secret, lesson, moment - timedelta(seconds=late), every=every)
        for late in (0, margin)
    }
    return any(hmac.compare_digest(typed.encode(), right.encode()) for right in shown)


def seconds_left(moment: datetime, *, every: int) -> float:
    """How long the code shown at ``moment`` stays on the screen."""
    return every - moment.timestamp() % every


def sign_in_opens(starts_at: datetime, *, minutes_before: int) -> datetime:
    """From when on people may sign in to a lesson."""
    return starts_at - timedelta(minutes=minutes_before)


def credited_seconds(
    *,
    starts_at: datetime,
    ends_at: datetime,
    arrived_at: datetime | None,
    left_at: datetime | None = None,
    grace: timedelta,
) -> int:
    """The seconds of a lesson that count for somebody.

    Who arrives within ``grace`` of the start gets the lesson from its start; who arrives later
    gets it from then on. Who left early gets it until they left. Absent: nothing.

    Source: Measures, art. 13 (strict attendance).
    """
    if arrived_at is None:
        return 0
    begins = starts_at if arrived_at <= starts_at + grace else arrived_at
    finishes = ends_at if left_at is None else min(left_at, ends_at)
    return max(0, int((finishes - begins).total_seconds()))
