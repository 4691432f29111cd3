"""When something owes a look, when the look is missed, and how coverage is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Self


class Facts(NamedTuple):
    """What is known about one class or one sitting. ``held``: it is approved (or was) and takes
    place; ``stopped_at``: since when it is called off, revoked or ended before its time.
    """

    opens_at: datetime
    closes_at: datetime
    held: bool
    stopped_at: datetime | None = None
    frozen_since: datetime | None = None


class Standing(NamedTuple):
    """Between which moments a look is owed; ``owed`` is False when none is."""

    owed: bool
    opens_at: datetime
    closes_at: datetime


class Due(StrEnum):
    """What the clock says of an open duty."""

    RUNS = "runs"
    MISSED = "missed"
    LIFTED = "lifted"


def standing(facts: Facts) -> Standing:
    """Every class and every sitting that takes place owes a look, from its beginning to its end.
    One that is called off before it began owes none; one that is stopped after that owed a look
    until then.

    Source: Measures, art. 6 (逢培必巡、逢考必督).
    """
    end = facts.closes_at
    if facts.stopped_at is not None:
        if facts.stopped_at <= facts.opens_at:
            return Standing(owed=False, opens_at=facts.opens_at, closes_at=facts.closes_at)
        end = min(end, facts.stopped_at)
    elif not facts.held:
        return Standing(owed=False, opens_at=facts.opens_at, closes_at=facts.closes_at)
    return Standing(owed=True, opens_at=facts.opens_at, closes_at=end)


def due(
    closes_at: datetime,
    now: datetime,
    *,
    planned: bool,
    offline: timedelta,
    paused_since: datetime | None = None,
) -> Due:
    """What became of an open duty by ``now``. While its institution is suspended nothing is
    missed. A form filled in without network has ``offline`` to come in.

    Source: Measures, art. 6.
    """
    if paused_since is not None:
        return Due.RUNS
    end = closes_at + offline if planned else closes_at
    return Due.MISSED if now >= end else Due.RUNS


def after_a_pause(closes_at: datetime, paused_since: datetime, now: datetime) -> Due:
    """What becomes of a duty when its institution goes on: where the end came while everything
    stood still nothing was held to its end, and no look is missed. (A lesson planned again brings
    the duty back.)

    Source: Measures, art. 6 and 23.
    """
    return Due.LIFTED if paused_since < closes_at <= now else Due.RUNS


def met(looked_at: datetime, *, opens_at: datetime, closes_at: datetime, early: timedelta) -> bool:
    """Was the look taken while there was something to see?

    Source: Measures, art. 6.
    """
    return opens_at - early <= looked_at <= closes_at


@dataclass(frozen=True)
class Tally:
    """How many duties of a place and a time stand how."""

    owed: int = 0
    planned: int = 0
    done: int = 0
    missed: int = 0
    lifted: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        return cls(**dict(counts))

    @classmethod
    def grouped(cls, rows: Iterable[tuple[Any, str, int]]) -> dict[Any, Self]:
        """Rows of (group, state, number) as one tally a group."""
        found: dict[Any, dict[str, int]] = {}
        for group, state, number in rows:
            counts = found.setdefault(group, {})
            counts[state] = counts.get(state, 0) + number
        return {group: cls.of(counts) for group, counts in found.items()}

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.owed + other.owed,
            self.planned + other.planned,
            self.done + other.done,
            self.missed + other.missed,
            self.lifted + other.lifted,
        )

    @property
    def all(self) -> int:
        """All that owe or owed a look."""
        return self.owed + self.planned + self.done + self.missed

    @property
    def settled(self) -> int:
        """Looked at, or over without a look."""
        return self.done + self.missed

    @property
    def coverage(self) -> Decimal | None:
        """Looked at, of those looked at or over: percent with one decimal, None of nothing."""
        return coverage(self.done, self.missed)


def coverage(done: int, missed: int) -> Decimal | None:
    """Coverage in percent, to one decimal, never rounded up: 99.95 % is not all. What is not over
    yet counts only once it was looked at.

    Source: Measures, art. 6; notice, part 2, section 1 (approved and not supervised).
    """
    if not done + missed:
        return None
    return Decimal(done * 1000 // (done + missed)) / 10
