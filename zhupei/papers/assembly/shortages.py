"""Why forms cannot be made of a bank: what is missing, row by row, in figures.

First what arithmetic shows: too few items in a cell, or too few uses left. Then the smallest set of
missing items that would make it work, from a programme in which every demand may be missed at a
cost. Both say only what is proven: a bank that passes can still fail at the whole programme.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhupei.papers.assembly import layers
from zhupei.papers.assembly.plain import Pool
from zhupei.papers.assembly.solver import Programme
from zhupei.papers.rules import Item, Limits, Row

SECONDS = 5.0  # the most each of the questions below may take
NOTHING = 1e-6  # the solver's own noise
SHORT = 1000.0  # the cost of one missing item; one pair that shares one too many costs 1


class What(StrEnum):
    """What is missing. The sentence of each is in sentences.py."""

    ROW = "row"  # the bank has too few items for a cell
    EXPOSED = "exposed"  # it has them, but too many were used too often
    USES = "uses"  # so many forms need more uses than the items of a cell have left
    CONTESTED = "contested"  # cells share items, cases come whole, likenesses exclude each other
    OVERLAP = "overlap"  # any two forms would have to share more items than they may
    DIFFICULTY = "difficulty"  # forms can be made, but not equally difficult
    INFORMATION = "information"  # forms can be made, but not equally telling
    TOGETHER = "together"  # one form can be made, but not so many
    TIME = "time"  # none was found in the time there was


@dataclass(frozen=True)
class Shortage:
    """One thing that is missing. ``row``: of the blueprint, by its place; ``wanted`` and ``held``
    count items (USES: uses); ``blocked``: items that fit but stand in a case that does not.
    """

    what: What
    row: int | None = None
    wanted: int = 0
    held: int = 0
    blocked: int = 0
    worn: int = 0
    spread: float = 0.0
    limit: float = 0.0

    @property
    def lack(self) -> int:
        return self.wanted - self.held


def shortages(
    items: Sequence[Item], rows: Sequence[Row], limits: Limits, forms: int
) -> list[Shortage]:
    """What keeps so many forms from being made; nothing when nothing is known to."""
    pool = Pool.of(items, rows)
    found = [
        shortage
        for place in range(len(rows))
        if (shortage := _counted(pool, limits, forms, place, items))
    ]
    return found or _contested(pool, limits) or _summed(pool, limits, forms)


def most_forms(items: Sequence[Item], rows: Sequence[Row], limits: Limits, most: int) -> int:
    """The most forms nothing speaks against, up to ``most``."""
    if not rows or shortages(items, rows, limits, 1):
        return 0
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        if shortages(items, rows, limits, middle):
            high = middle - 1
        else:
            low = middle
    return low


def _counted(
    pool: Pool, limits: Limits, forms: int, place: int, items: Sequence[Item]
) -> Shortage | None:
    row = pool.rows[place]
    fitting = [key for key, rows in pool.fits.items() if place in rows]
    if len(fitting) < row.count:
        blocked = sum(row.takes(item) and item.key in pool.blocked for item in items)
        return Shortage(What.ROW, place, row.count, len(fitting), blocked)
    left = [pool.left(pool.units[pool.unit_of[key]], limits, forms) for key in fitting]
    fresh = sum(uses > 0 for uses in left)
    if fresh < row.count:
        worn = len(fitting) - fresh
        return Shortage(What.EXPOSED, place, row.count, fresh, worn=worn)
    if sum(left) < row.count * forms:
        return Shortage(What.USES, place, row.count * forms, sum(left), worn=len(fitting))
    return None


def _contested(pool: Pool, limits: Limits) -> list[Shortage]:
    """One form, whose rows may miss items: where the fewest are missing."""
    programme = Programme()
    units = layers.one_form(programme, [0.0] * len(pool.units))
    for unit, expression in zip(pool.units, units, strict=True):
        if not pool.left(unit, limits, 1):
            programme.row(expression, 0, 0)
    form = layers.add(programme, pool, units, 1, short=SHORT)
    layers.no_pairs(programme, units, pool.pairs(limits), 1)
    solution = programme.solve(seconds=SECONDS)
    if solution.status != "optimal":
        return []
    missing = {row: round(solution.of([(column, 1.0)])) for row, column in form.short.items()}
    return [
        Shortage(What.CONTESTED, row, pool.rows[row].count, pool.rows[row].count - lack)
        for row, lack in missing.items()
        if lack
    ]


def _summed(pool: Pool, limits: Limits, forms: int) -> list[Shortage]:
    """All forms as one sum, whose demands may be missed: uses first, then what two may share."""
    if forms == 1:
        return []
    programme = Programme()
    left = [pool.left(unit, limits, forms) for unit in pool.units]
    units, pairs = layers.room(programme, pool, left, [0.0] * len(left), 0.0)
    total = layers.add(programme, pool, units, forms, whole=False, short=SHORT)
    layers.no_pairs(programme, units, pool.pairs(limits), forms)
    over = programme.variable(cost=1.0, upper=float(pool.size * math.comb(forms, 2)))
    programme.row([*pairs, (over, -1.0)], -math.inf, limits.overlap * math.comb(forms, 2))
    solution = programme.solve(seconds=SECONDS)
    if solution.status != "optimal":
        return []
    found = []
    for row, column in total.short.items():
        lack = math.ceil(solution.of([(column, 1.0)]) - NOTHING)
        if lack > 0:
            wanted = pool.rows[row].count * forms
            found.append(Shortage(What.USES, row, wanted, wanted - lack, worn=_fitting(pool, row)))
    beyond = solution.of([(over, 1.0)])
    if not found and beyond > NOTHING:
        least = limits.overlap + math.ceil(beyond / math.comb(forms, 2) - NOTHING)
        found.append(Shortage(What.OVERLAP, wanted=limits.overlap, held=least))
    return found


def _fitting(pool: Pool, row: int) -> int:
    return sum(row in rows for rows in pool.fits.values())
