"""What the rules say about being there, as plain functions of plain values."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

DIGITS = 6

# ── The code on the screen ───────────────────────────────────────────────────────────────────


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
    shown = {
        code_for(secret, lesson, moment - timedelta(seconds=late), every=every)
        for late in (0, margin)
    }
    typed = "".join(code.split())
    return any(hmac.compare_digest(typed.encode(), right.encode()) for right in shown)


def minutes_old(
    code: str, secret: bytes, lesson: int, moment: datetime, *, every: int, back: int
) -> int | None:
    """How many minutes ago, rounded up, a dead code was shown last; None if not in ``back``
    minutes. It tells somebody with a photo of the screen why it does not open anything.
    """
    typed = "".join(code.split())
    for age in range(every, back * 60 + 1, every):
        shown = code_for(secret, lesson, moment - timedelta(seconds=age), every=every)
        if hmac.compare_digest(typed.encode(), shown.encode()):
            return -(-age // 60)
    return None


def seconds_left(moment: datetime, *, every: int) -> float:
    """How long the code shown at ``moment`` stays on the screen."""
    return every - moment.timestamp() % every


# ── When one may sign in and out ─────────────────────────────────────────────────────────────


class Phase(StrEnum):
    """Where a lesson stands for somebody who wants to sign in."""

    CLOSED = "closed"  # not open yet
    OPEN = "open"  # in time
    LATE = "late"  # open, but after the grace
    OVER = "over"


def sign_in_opens(starts_at: datetime, *, minutes_before: int) -> datetime:
    """From when on people may sign in to a lesson."""
    return starts_at - timedelta(minutes=minutes_before)


def phase(
    now: datetime, *, opens: datetime, starts_at: datetime, ends_at: datetime, grace: timedelta
) -> Phase:
    """What signing in at ``now`` means. The last moment of the lesson still counts.

    Source: Measures, art. 13 (strict attendance).
    """
    if now < opens:
        return Phase.CLOSED
    if now > ends_at:
        return Phase.OVER
    return Phase.LATE if now > starts_at + grace else Phase.OPEN


def owes_sign_out(
    now: datetime,
    *,
    arrived_at: datetime | None,
    left_at: datetime | None,
    signed_out_at: datetime | None,
    closes: datetime,
) -> bool:
    """未签退: was there, is not known to have left, did not sign out, and it is too late to.

    The time counts until somebody says otherwise: forgetting a scan is no proof of leaving.
    """
    there = arrived_at is not None and left_at is None
    return there and signed_out_at is None and now > closes


def waits(others: int, *, accepted: int) -> bool:
    """Does a sign-in from a phone that ``others`` used in this lesson wait for the teacher?"""
    return others >= accepted


# ── What counts ──────────────────────────────────────────────────────────────────────────────


def late_by(starts_at: datetime, arrived_at: datetime, *, grace: timedelta) -> timedelta:
    """迟到: how long after the start somebody came; nothing within the grace.

    Source: Measures, art. 13 (strict attendance).
    """
    return arrived_at - starts_at if arrived_at > starts_at + grace else timedelta(0)


def left_early_by(ends_at: datetime, left_at: datetime | None, *, grace: timedelta) -> timedelta:
    """早退: how long before the end somebody left; nothing within the grace.

    Source: Measures, art. 13 (strict attendance).
    """
    if left_at is None or left_at >= ends_at - grace:
        return timedelta(0)
    return ends_at - left_at


def credited_seconds(
    *,
    starts_at: datetime,
    ends_at: datetime,
    arrived_at: datetime | None,
    left_at: datetime | None = None,
    grace: timedelta,
    leave_grace: timedelta = timedelta(0),
) -> int:
    """The seconds of a lesson that count for somebody.

    Who arrives within ``grace`` of the start gets the lesson from its start; who arrives later
    gets it from then on. Who left early gets it until they left. Absent: nothing.

    Source: Measures, art. 13 (strict attendance).
    """
    if arrived_at is None or (left_at is not None and left_at < arrived_at):
        return 0
    begins = starts_at + late_by(starts_at, arrived_at, grace=grace)
    finishes = ends_at - left_early_by(ends_at, left_at, grace=leave_grace)
    return max(0, int((finishes - begins).total_seconds()))


# ── The roll taken without network ───────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What a teacher taps beside a name."""

    HERE = "here"
    LATE = "late"
    ABSENT = "absent"
    LEFT = "left"


@dataclass(frozen=True)
class Mark:
    """One tap: on which phone, when by the server's clock."""

    phone: str
    kind: Kind
    at: datetime


class Said(NamedTuple):
    """What all phones together say of one learner; ``differ`` when they do not agree."""

    arrived_at: datetime | None
    left_at: datetime | None
    differ: bool


def merged(marks: Iterable[Mark], *, starts_at: datetime, signed_at: datetime | None) -> Said:
    """One answer out of several phones and the learner's own sign-in (``signed_at``).

    On one phone the last tap counts, and tapping 到, 迟到 or 缺勤 takes an earlier 早退 back. Of
    several the earliest arrival wins, and of those who saw somebody leave the latest.
    """
    phones: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: one.at):
        before = [] if mark.kind != Kind.LEFT else phones.get(mark.phone, [])
        phones[mark.phone] = [*before, mark]
    said = [_of_one_phone(taps, starts_at) for taps in phones.values()]
    arrivals = [arrived for arrived, _left in said if arrived]
    arrivals += [signed_at] if signed_at else []
    lefts = [left for _arrived, left in said if left]
    kinds = {taps[0].kind for taps in phones.values() if taps[0].kind != Kind.LEFT}
    denied = signed_at is not None and Kind.ABSENT in kinds
    return Said(
        min(arrivals, default=None),
        max(lefts, default=None) if arrivals else None,
        len(kinds) > 1 or denied,
    )


def _of_one_phone(taps: list[Mark], starts_at: datetime) -> tuple[datetime | None, datetime | None]:
    """到 means in time, however late the teacher got round to it; 迟到 means when tapped."""
    first, last = taps[0], taps[-1]
    if first.kind == Kind.ABSENT and last.kind != Kind.LEFT:
        return None, None
    arrived = max(first.at, starts_at) if first.kind == Kind.LATE else starts_at
    return arrived, last.at if last.kind == Kind.LEFT else None
