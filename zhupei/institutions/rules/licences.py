"""How long the right to train lasts, and when to say that it is running out.

Source: Measures, art. 9 (training only after the licence was obtained).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Where an institution stands with its licences."""

    NONE = "none"
    FUTURE = "future"
    VALID = "valid"
    RUNS_OUT = "runs_out"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """A licence: the jobs (codes) it allows, from its first to its last day."""

    number: str
    first: date
    last: date
    jobs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Right:
    """Whether somebody may train today. ``left`` are the days until the last day, itself counted;
    after it, how long ago it was, below zero.
    """

    standing: Standing
    licence: LicenceFacts | None
    left: int


def right(licences: Sequence[LicenceFacts], today: date, warn_at: Sequence[int]) -> Right:
    """The right to train as it is on a day: of the licences that others do not go on with, the
    first to run out is what counts; without one in force, the last that was.

    Source: Measures, art. 9.
    """
    living = [one for one in licences if one.first <= today <= one.last]
    if living:
        ahead = [one for one in licences if one.first > today and _joins(one, living)]
        reached = [*living, *ahead]
        counting = [one for one in reached if not succeeded(one, reached)]
        first = min(counting, key=lambda one: one.last)
        left = (first.last - today).days
        soon = due(left, warn_at) is not None
        return Right(Standing.RUNS_OUT if soon else Standing.VALID, first, left)
    past = [one for one in licences if one.last < today]
    if past:
        last = max(past, key=lambda one: one.last)
        return Right(Standing.EXPIRED, last, (last.last - today).days)
    if licences:
        next_one = min(licences, key=lambda one: one.first)
        return Right(Standing.FUTURE, next_one, (next_one.last - today).days)
    return Right(Standing.NONE, None, 0)


def _joins(licence: LicenceFacts, living: Sequence[LicenceFacts]) -> bool:
    """Does it begin before one that holds today is over, or on the day after?"""
    return any((licence.first - one.last).days <= 1 for one in living)


def succeeded(licence: LicenceFacts, others: Sequence[LicenceFacts]) -> bool:
    """Do others, without a gap, allow everything this one allows for longer?"""
    going_on = [
        other
        for other in others
        if other.last > licence.last and (other.first - licence.last).days <= 1
    ]
    covered = frozenset[str]().union(*(other.jobs for other in going_on))
    return bool(going_on) and licence.jobs <= covered


def due(left: int, warn_at: Sequence[int]) -> int | None:
    """Which warning is due with ``left`` days to go: the latest that was reached, if any.

    >>> due(30, (90, 30, 7)), due(29, (90, 30, 7)), due(91, (90, 30, 7))
    (30, 30, None)
    """
    reached = [days for days in warn_at if left <= days]
    return min(reached, default=None)
