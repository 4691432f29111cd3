"""Points of an assessment, and the grade they make."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scale:
    """How points are added and what they are worth; all of it parameters.

    ``basics``, ``teaching`` and ``bureau`` are the most a block can give, ``bonus`` the most that
    can be added, ``total`` the most a year can end with; ``a``, ``b`` and ``c`` the least a grade
    asks for.
    """

    basics: int
    teaching: int
    bureau: int
    bonus: int
    total: int
    a: int
    b: int
    c: int


@dataclass(frozen=True)
class Points:
    """What an institution was given in each block of the assessment."""

    basics: int
    teaching: int
    bureau: int
    bonus: int = 0


def fits(points: Points, scale: Scale) -> bool:
    """Does no block hold more than it can give?

    Source: notice, part 1 (basic conditions 40, teaching 50, the bureau of the place 10).
    """
    return (
        0 <= points.basics <= scale.basics
        and 0 <= points.teaching <= scale.teaching
        and 0 <= points.bureau <= scale.bureau
        and points.bonus >= 0
    )


def total(points: Points, scale: Scale) -> int:
    """The points of a year: the blocks, and of the bonus as much as may be added.

    Source: notice, part 1 (out of a hundred; tasks fulfilled are a bonus); project register of
    facts, §9.2 (the limit of the bonus is a proposal).
    """
    blocks = points.basics + points.teaching + points.bureau
    return min(blocks + min(points.bonus, scale.bonus), scale.total)


def grade(sum_of_points: int | Decimal, scale: Scale) -> str:
    """``A``, ``B``, ``C``, or ``D`` for what is below the least.

    Source: notice, part 1 (classes A, B and C); project register of facts, §9.2 (the lines between
    them are not in the notice: a proposal).
    """
    for name, least in (("A", scale.a), ("B", scale.b), ("C", scale.c)):
        if sum_of_points >= least:
            return name
    return "D"
