"""What a bureau's own work is worth in a period: six shares, weighted.

A part of which a bureau had no case is not assessed, and its weight is left out of the whole: the
score always says out of how much it is.

Source: notice, part 2, section 1 (weak local supervision) and part 3, section 1.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """What is looked at."""

    REVIEW = "review"  # plans decided in time
    COVERAGE = "coverage"  # classes and sittings looked at
    FINDINGS = "findings"  # findings acted on in time
    CLOSURE = "closure"  # orders closed in time
    COMPLAINTS = "complaints"  # complaints answered in time, first and finally
    AGREEMENT = "agreement"  # second readings that agreed


class Counted(NamedTuple):
    """So many of so many were as they should be."""

    good: int
    all: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.good / self.all if self.all else None


class Score(NamedTuple):
    """``points`` of ``weight`` that could be had: of 100, if every part was assessed."""

    points: float
    weight: int

    @property
    def per_cent(self) -> float | None:
        """The points as if everything had been assessed, to one decimal."""
        return round(self.points * 100 / self.weight, 1) if self.weight else None


def points(counted: Counted, weight: int) -> float | None:
    """What one part earns; None when there was nothing to judge.

    Source: notice, part 3, section 1.
    """
    return None if counted.share is None else round(counted.share * weight, 2)


def score(parts: Mapping[Part, Counted], weights: Mapping[Part, int]) -> Score:
    """The sum over the parts that could be judged.

    Source: notice, part 3, section 1.
    """
    judged = [part for part in Part if parts.get(part, Counted(0, 0)).all]
    earned: Iterable[float | None] = (points(parts[part], weights[part]) for part in judged)
    return Score(round(sum(found or 0 for found in earned), 2), sum(weights[p] for p in judged))
