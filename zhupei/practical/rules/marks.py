"""From what assessors saw to a mark: totals, where two differ, what a third one decides."""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations
from statistics import median
from typing import NamedTuple

from zhupei.practical.rules.rubric import Rubric

PAIR = 2  # assessors of every turn
CENT = Decimal("0.01")


class Judgement(NamedTuple):
    """What one assessor's sheet comes to."""

    total: Decimal
    fatal: bool = False


class Difference(StrEnum):
    """How two sheets may disagree so far that a third assessor is needed."""

    TOTAL = "total"
    FATAL = "fatal"
    VERDICT = "verdict"


class Method(StrEnum):
    """How three totals become one mark."""

    MEDIAN = "median"
    NEAREST = "nearest"


class Outcome(NamedTuple):
    mark: Decimal
    passed: bool
    fatal: bool


def unscored(rubric: Rubric, points: Mapping[str, Decimal], fatal: Collection[str]) -> list[str]:
    """The keys of the criteria that still need points before a sheet can be handed in.

    A fatal error ends the exam: what was not reached any more is worth nothing and is not asked.
    """
    return [] if fatal else [key for key in rubric.criteria() if key not in points]


def total(rubric: Rubric, points: Mapping[str, Decimal]) -> Decimal:
    """The points of one sheet out of 100; a criterion without points earns none.

    Source: project register of facts, §5 (theory and practice are marked out of 100).
    """
    return sum((points.get(key, Decimal(0)) for key in rubric.criteria()), Decimal("0.00"))


def passes(judgement: Judgement, pass_mark: Decimal) -> bool:
    """Reaching the pass mark is enough; a fatal error fails whatever the points are.

    Source: project register of facts, §5 (60 of 100 passes; fatal errors are ours, a proposal).
    """
    return not judgement.fatal and judgement.total >= pass_mark


def differ(
    first: Judgement, second: Judgement, *, deviation: Decimal, pass_mark: Decimal
) -> frozenset[Difference]:
    """Where two sheets disagree so far that a third assessor is asked; empty: they agree.

    Two that both saw a fatal error agree that it is failed: their points decide nothing.

    Source: Measures, art. 17 (the assessment is fair); project register of facts, §5 (two mark, a
    third decides where they differ; the figure is the parameter practical.deviation).
    """
    if first.fatal and second.fatal:
        return frozenset()
    against = {
        Difference.TOTAL: abs(first.total - second.total) > deviation,
        Difference.FATAL: first.fatal != second.fatal,
        Difference.VERDICT: passes(first, pass_mark) != passes(second, pass_mark),
    }
    return frozenset(kind for kind, holds in against.items() if holds)


def outcome(judgements: Sequence[Judgement], *, pass_mark: Decimal, method: Method) -> Outcome:
    """The mark of a turn: the mean of two, or what ``method`` makes of three; to two decimals.

    Of three a fatal error needs two who saw it. Raises ValueError for any other number.

    Source: Measures, art. 17 (the assessment is fair); the method is the parameter
    practical.third.
    """
    totals = [one.total for one in judgements]
    if len(totals) == PAIR:
        mark = _mean(totals)
    elif len(totals) == PAIR + 1:
        mark = nearest_two(totals) if method == Method.NEAREST else median(totals)
    else:
        raise ValueError(f"{len(totals)} sheets make no mark")
    fatal = sum(one.fatal for one in judgements) >= PAIR
    mark = mark.quantize(CENT, ROUND_HALF_UP)
    return Outcome(mark, passes(Judgement(mark, fatal), pass_mark), fatal)


def nearest_two(totals: Sequence[Decimal]) -> Decimal:
    """The mean of the two that lie closest together; the middle one when both gaps are equal."""
    low, middle, high = sorted(totals)
    if middle - low == high - middle:
        return middle
    pairs = combinations((low, middle, high), 2)
    return _mean(min(pairs, key=lambda pair: pair[1] - pair[0]))


def _mean(totals: Sequence[Decimal]) -> Decimal:
    return sum(totals, Decimal(0)) / len(totals)
