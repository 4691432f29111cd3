"""From points to a score and from a score to a grade; what was not assessed stays visible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from zhupei.evaluation.rules.points import Status, rounded
from zhupei.institutions.rules import grades
from zhupei.institutions.rules.grades import Scale

BLOCKS: Final = ("basics", "teaching", "bureau")
BONUS: Final = "bonus"
AT_BEST: Final = "C"  # what a veto leaves
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Line:
    """One indicator as it counts."""

    block: str
    of: Decimal
    status: Status
    value: Decimal | None


@dataclass(frozen=True)
class Sum:
    """``value`` of ``assessed`` points; ``applicable`` could be assessed, ``of`` is all."""

    value: Decimal
    assessed: Decimal
    applicable: Decimal
    of: Decimal


@dataclass(frozen=True)
class Total:
    """A year of one institution. ``score`` is out of a hundred with the bonus; None while nothing
    is assessed. Not ``enough`` is assessed when too little of what applies is known for a grade.
    """

    blocks: Mapping[str, Sum]
    whole: Sum
    bonus: Decimal
    score: Decimal | None
    enough: bool


def add(lines: Iterable[Line]) -> Sum:
    """The points of some indicators; only what is scored enters the denominator.

    Source: project register of facts, §9.2 (denominators of 32, not of 35).
    """
    value = assessed = applicable = of = Decimal(0)
    for line in lines:
        of += line.of
        if line.status != Status.NOT_APPLICABLE:
            applicable += line.of
        if line.status == Status.SCORED:
            assessed += line.of
            value += line.value or 0
    return Sum(value, assessed, applicable, of)


def total(lines: Iterable[Line], scale: Scale, *, least: int) -> Total:
    """The points of a year, as many of a hundred as were earned of what was assessed, and of the
    bonus as much as may be added.

    Source: notice, part 1 (out of a hundred; tasks fulfilled are a bonus).
    """
    listed = list(lines)
    blocks = {name: add(one for one in listed if one.block == name) for name in BLOCKS}
    whole = add(one for one in listed if one.block != BONUS)
    earned = add(one for one in listed if one.block == BONUS).value
    bonus = min(earned, Decimal(scale.bonus))
    score = None
    if whole.assessed:
        full = whole.value * HUNDRED / whole.assessed
        score = rounded(min(full + bonus, Decimal(scale.total)))
    enough = bool(whole.assessed) and whole.assessed * HUNDRED >= whole.applicable * least
    return Total(blocks, whole, bonus, score, enough)


def grade(found: Total, scale: Scale, *, vetoed: bool) -> str:
    """``A`` to ``D``; "" where too little is assessed. A veto leaves ``C`` at best.

    Source: notice, part 1 (classes A, B and C); project register of facts, §10 (vetoes lead to C
    or lower).
    """
    if found.score is None or not found.enough:
        return AT_BEST if vetoed else ""
    earned = grades.grade(found.score, scale)
    return max(earned, AT_BEST) if vetoed else earned
