"""The demands of a blueprint on one form, or on the sum of several, as rows of a programme."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from zhupei.papers.assembly.plain import Pick, Pool, Worth
from zhupei.papers.assembly.solver import INFINITY, Programme, Solution

Expression = list[tuple[int, float]]


class Layer(NamedTuple):
    """One form, or the sum of several, in variables of a programme."""

    units: Sequence[Expression]  # how often each unit stands on it
    places: dict[Pick, Expression]  # how often an item stands in a row
    short: dict[int, int]  # by row: the variable that says how many items are missing

    def difficulty(self, worth: Worth) -> Expression:
        return [
            (column, factor * worth.difficulty(pick.item, pick.row))
            for pick, expression in self.places.items()
            for column, factor in expression
        ]

    def information(self, worth: Worth) -> Expression:
        return [
            (column, factor * worth.information(pick.item))
            for pick, expression in self.places.items()
            for column, factor in expression
        ]

    def chosen(self, solution: Solution) -> list[Pick]:
        """What stands on the form, for a layer of one."""
        return [pick for pick, terms in self.places.items() if solution.of(terms) > 1 / 2]


def add(
    programme: Programme,
    pool: Pool,
    units: Sequence[Expression],
    copies: int,
    *,
    whole: bool = True,
    short: float | None = None,
) -> Layer:
    """Demand what ``copies`` forms need of each row. With ``short``, the cost of one missing item,
    the demand may be missed.
    """
    places = _places(programme, pool, units, copies, whole=whole)
    by_row: dict[int, Expression] = defaultdict(list)
    for pick, expression in places.items():
        by_row[pick.row] += expression
    missing: dict[int, int] = {}
    for place, row in enumerate(pool.rows):
        wanted = row.count * copies
        terms = by_row[place]
        if short is not None:
            missing[place] = programme.variable(cost=short, upper=wanted, whole=whole)
            terms = [*terms, (missing[place], 1.0)]
        programme.row(terms, wanted, wanted)
    return Layer(units, places, missing)


def _places(
    programme: Programme, pool: Pool, units: Sequence[Expression], copies: int, *, whole: bool
) -> dict[Pick, Expression]:
    """An item that fits one row stands there; one that fits several is given to one of them."""
    places: dict[Pick, Expression] = {}
    for unit, expression in zip(pool.units, units, strict=True):
        for item in unit.members:
            rows = pool.fits[item.key]
            if len(rows) == 1:
                places[Pick(item.key, rows[0])] = expression
                continue
            given = [programme.variable(upper=copies, whole=whole) for _row in rows]
            places |= {
                Pick(item.key, row): [(column, 1.0)]
                for row, column in zip(rows, given, strict=True)
            }
            taken = [(column, -factor) for column, factor in expression]
            programme.row([*((column, 1.0) for column in given), *taken], 0, 0)
    return places


def near(programme: Programme, terms: Expression, target: float, free: float, cost: float) -> None:
    """The sum of ``terms`` costs nothing within ``free`` of ``target``, beyond it ``cost`` each."""
    away = programme.variable(cost=cost, upper=INFINITY)
    programme.row([*terms, (away, -1.0)], -INFINITY, target + free)
    programme.row([*terms, (away, 1.0)], target - free, INFINITY)


def times(terms: Expression, factor: float) -> Expression:
    return [(column, value * factor) for column, value in terms]


def one_form(programme: Programme, costs: Sequence[float]) -> list[Expression]:
    """A variable for each unit: on the form or not."""
    return [[(programme.variable(cost=cost, whole=True), 1.0)] for cost in costs]


def no_pairs(
    programme: Programme, units: Sequence[Expression], pairs: Sequence[tuple[int, int]], copies: int
) -> None:
    """Units that ask the same do not meet on one form."""
    for first, second in pairs:
        programme.row([*units[first], *units[second]], -INFINITY, copies)


def room(
    programme: Programme, pool: Pool, left: Sequence[int], costs: Sequence[float], again: float
) -> tuple[list[Expression], Expression]:
    """How often each unit stands on several forms, and the pairs of forms that then share items.

    The first use of a unit is free of the second part, the second makes one pair, the third two
    more, and so on; ``again`` is the cost of each.
    """
    units: list[Expression] = []
    pairs: Expression = []
    for unit, most, cost in zip(pool.units, left, costs, strict=True):
        steps = [programme.variable(cost=cost + again * unit.size * step) for step in range(most)]
        units.append([(column, 1.0) for column in steps])
        pairs += [(column, float(unit.size * step)) for step, column in enumerate(steps)]
    return units, pairs
