"""Forms in turn: each is a small programme that keeps room for those that follow.

Solving all forms at once is slow because they may trade places (n! times the same solution). So
each form is chosen alone, together with the *sum* of all that are still to come, which must meet
the same demands so many times over (van der Linden's shadow test). Where that fails, all forms are
chosen at once, and only what that proves is said to be impossible.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import comb

from zhupei.papers.assembly import layers
from zhupei.papers.assembly.layers import Expression, Layer
from zhupei.papers.assembly.plain import Asked, Assembled, Infeasible, Pick, Pool, Worth, rank
from zhupei.papers.assembly.shortages import Shortage, What, shortages
from zhupei.papers.assembly.solver import INFINITY, Programme
from zhupei.papers.rules import Item, Row

FREE = 0.05  # this part of the tolerance costs nothing
APART = 100.0  # the cost of one whole tolerance beyond that
AGAIN = 1.0  # the cost of an item that stands on another form already
WORN = 0.5  # the most that earlier use costs
TIE = 0.3  # the most that chance costs
OVER = 1000.0  # the cost of one item that two forms share beyond the limit
GAP, NEAR = 0.01, 2.0  # how near to the best is near enough, relative and absolute
NODES = 2000  # of the search for one form: enough in practice, and the same on every machine


def assemble(
    items: Sequence[Item],
    rows: Sequence[Row],
    asked: Asked,
    told: Callable[[int], None] = lambda _done: None,
) -> Assembled:
    """Forms of equal expected difficulty and information. Raises Infeasible.

    ``told`` hears how many forms there are so far. The same items, rows and question give the same
    forms, unless the time limit ends the search.
    """
    missing = shortages(items, rows, asked.limits, asked.forms)
    if missing:
        raise Infeasible(missing)
    pool = Pool.of(items, rows)
    until = time.monotonic() + asked.seconds
    work = Work(pool, Worth(pool, asked.shares), asked, until, told)
    found = work.in_turn()
    if found is None or work.too_far_apart(found):
        found = work.together()
    if far := work.too_far_apart(found):
        raise Infeasible(far)
    return found


@dataclass
class Work:
    """One assembly under way."""

    pool: Pool
    worth: Worth
    asked: Asked
    until: float
    told: Callable[[int], None]
    chosen: list[list[Pick]] = field(default_factory=list)
    gap: float = 0.0

    # ── In turn ──────────────────────────────────────────────────────────────────────────────

    def in_turn(self) -> Assembled | None:
        """The forms one after the other; None where one of them found no room."""
        target: tuple[float, float] | None = None
        while len(self.chosen) < self.asked.forms:
            form = self._next(target)
            if form is None:
                return None
            self.chosen.append(form)
            self.told(len(self.chosen))
            target = target or self._value(form)
        return self._assembled("optimal", "in_turn")

    def _next(self, target: tuple[float, float] | None) -> list[Pick] | None:
        left = self.asked.forms - len(self.chosen)
        programme = Programme()
        last = left == 1
        placed = self._placed()
        costs = [
            self._chance(n) + (self._reuse(n, placed) if last else 0.0)
            for n in range(len(self.pool.units))
        ]
        units = layers.one_form(programme, costs)
        this = layers.add(programme, self.pool, units, 1)
        pairs = self.pool.pairs(self.asked.limits)
        layers.no_pairs(programme, units, pairs, 1)
        self._apart(programme, units)
        if target:
            self._near(programme, this, target, FREE)
        else:
            self._near(programme, this, self.worth.usual(), 1.0)
        if last:
            self._within(programme, units, placed)
        else:
            self._keep_room(programme, this, left, target)
        solution = programme.solve(
            seconds=self.until - time.monotonic(), gap=GAP, near=NEAR, nodes=NODES
        )
        if not solution.found:
            return None
        self.gap = max(self.gap, solution.gap)
        return this.chosen(solution)

    def _placed(self) -> Counter[int]:
        """On how many of the forms chosen so far each unit stands."""
        return Counter(n for form in self.chosen for n in self._units_of(form))

    def _units_of(self, form: Sequence[Pick]) -> set[int]:
        return {self.pool.unit_of[pick.item] for pick in form}

    def _chance(self, unit: int) -> float:
        return TIE * self.pool.units[unit].size * rank(self.asked.seed, self.pool.units[unit])

    def _reuse(self, unit: int, placed: Counter[int]) -> float:
        """What it costs to take a unit that stands on other forms, now or earlier."""
        most = max((one.used for one in self.pool.units), default=0)
        worn = WORN * self.pool.units[unit].used / (most + 1)
        return self.pool.units[unit].size * (worn + AGAIN * placed[unit])

    def _left(self, unit: int, placed: Counter[int], forms: int) -> int:
        """On how many of ``forms`` more forms a unit may stand."""
        exposure = self.asked.limits.exposure
        if exposure is None:
            return forms
        return max(0, min(forms, exposure - self.pool.units[unit].used - placed[unit]))

    def _within(
        self, programme: Programme, units: Sequence[Expression], placed: Counter[int]
    ) -> None:
        for n, expression in enumerate(units):
            if not self._left(n, placed, 1):
                programme.row(expression, 0, 0)

    def _apart(self, programme: Programme, units: Sequence[Expression]) -> None:
        """No more items shared with any form chosen before than the limit says."""
        for form in self.chosen:
            shared = [
                (column, factor * self.pool.units[n].size)
                for n in sorted(self._units_of(form))
                for column, factor in units[n]
            ]
            programme.row(shared, -INFINITY, self.asked.limits.overlap)

    def _near(
        self, programme: Programme, layer: Layer, target: tuple[float, float], part: float
    ) -> None:
        """Near the target: within ``part`` of the tolerance for nothing, beyond it at a cost."""
        for terms, aim, free in zip(
            self._sums(layer), target, self._tolerances(target), strict=True
        ):
            layers.near(programme, terms, aim, part * free, APART / free)

    def _sums(self, layer: Layer) -> tuple[Expression, Expression]:
        return layer.difficulty(self.worth), layer.information(self.worth)

    def _tolerances(self, target: tuple[float, float]) -> tuple[float, float]:
        tolerance = self.asked.tolerance
        return tolerance.difficulty, max(tolerance.information * target[1] / 100, 1e-6)

    def _keep_room(
        self, programme: Programme, this: Layer, left: int, target: tuple[float, float] | None
    ) -> None:
        """All forms still to come, this one among them, meet all demands as a sum as well.

        Single items that differ in nothing the sum asks for are counted together, on the first of
        them (measured values by tenths, each class with its average).
        """
        placed = self._placed()
        pairs = self.pool.pairs(self.asked.limits)
        classes = self._classes(placed, {n for pair in pairs for n in pair})
        units: list[Expression] = [[] for _unit in self.pool.units]
        shared: Expression = []
        for members in classes:
            uses = sorted((self._left(n, placed, left) for n in members), reverse=True)
            first = members[0]
            size = self.pool.units[first].size
            for step in range(uses[0]):
                cost = self._reuse(first, placed) + AGAIN * size * step
                fits = sum(most > step for most in uses)
                column = programme.variable(cost=cost, upper=float(fits))
                units[first].append((column, 1.0))
                shared.append((column, float(size * (step + placed[first]))))
            mine = [term for n in members for term in layers.times(this.units[n], -1.0)]
            programme.row([*units[first], *mine], 0, INFINITY)
        total = layers.add(programme, self.pool, units, left, whole=False)
        layers.no_pairs(programme, units, pairs, left)
        most = comb(self.asked.forms, 2) - comb(self.asked.forms - left, 2)
        programme.row(shared, -INFINITY, self.asked.limits.overlap * most)
        self._balance(programme, this, total, self.worth.averaged(self.pool, classes), target)

    def _classes(self, placed: Counter[int], apart: AbstractSet[int]) -> list[list[int]]:
        """Units by what they are to the sum of several forms; cases, items that fit several rows
        and those in ``apart`` each alone.
        """
        classes: dict[Hashable, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.pool.units):
            item = unit.members[0]
            rows = self.pool.fits[item.key]
            if unit.size > 1 or len(rows) > 1 or n in apart:
                classes[n].append(n)
            else:
                does = self.worth.of(item.key)
                looks = (round(does.share, 1), round(does.information, 1))
                classes[(rows[0], *looks, unit.used, placed[n])].append(n)
        return list(classes.values())

    def _balance(
        self,
        programme: Programme,
        this: Layer,
        total: Layer,
        averages: Worth,
        target: tuple[float, float] | None,
    ) -> None:
        """What is still to come is on average what this form is (the first) or has to be."""
        left = self.asked.forms - len(self.chosen)
        aims = target or (0.0, 0.0)
        frees = self._tolerances(target or self.worth.usual())
        sums = (total.difficulty(averages), total.information(averages))
        for mine, all_of_it, aim, free in zip(self._sums(this), sums, aims, frees, strict=True):
            terms = all_of_it if target else [*all_of_it, *layers.times(mine, -left)]
            layers.near(programme, terms, left * aim, left * FREE * free, APART / free)

    # ── All at once ──────────────────────────────────────────────────────────────────────────

    def together(self) -> Assembled:
        """All forms in one programme. Raises Infeasible with what it proves, or could not find."""
        programme, forms, _over = self._all_forms(most_over=0)
        self._same(programme, forms)
        solution = programme.solve(seconds=self.until - time.monotonic(), gap=GAP)
        if not solution.found:
            proven = solution.status == "infeasible"
            raise Infeasible([self._least_overlap() if proven else Shortage(What.TIME)])
        self.gap = solution.gap
        self.chosen = [form.chosen(solution) for form in forms]
        return self._assembled(solution.status, "together")

    def _least_overlap(self) -> Shortage:
        """By how much two forms would have to share more than they may, equal or not."""
        programme, _forms, over = self._all_forms(most_over=self.pool.size)
        solution = programme.solve(seconds=self.until - time.monotonic())
        if solution.status != "optimal":
            return Shortage(What.TOGETHER)
        limit = self.asked.limits.overlap
        return Shortage(What.OVERLAP, wanted=limit, held=limit + round(solution.of([(over, 1.0)])))

    def _all_forms(self, *, most_over: int) -> tuple[Programme, list[Layer], int]:
        programme = Programme()
        forms = [self._one(programme) for _form in range(self.asked.forms)]
        for n in range(len(self.pool.units)):
            left = self._left(n, Counter(), self.asked.forms)
            programme.row([term for form in forms for term in form.units[n]], 0, left)
        over = self._shared_by_pairs(programme, forms, most_over)
        self._in_order(programme, forms)
        return programme, forms, over

    def _one(self, programme: Programme) -> Layer:
        costs = [self._chance(n) + self._reuse(n, Counter()) for n in range(len(self.pool.units))]
        units = layers.one_form(programme, costs)
        layers.no_pairs(programme, units, self.pool.pairs(self.asked.limits), 1)
        return layers.add(programme, self.pool, units, 1)

    def _shared_by_pairs(self, programme: Programme, forms: Sequence[Layer], most_over: int) -> int:
        """Bound what each two forms share; the variable that says by how much that fails."""
        over = programme.variable(cost=OVER, upper=float(most_over), whole=True)
        for one, other in combinations(forms, 2):
            shared: Expression = []
            for n, unit in enumerate(self.pool.units):
                both = programme.variable(cost=AGAIN * unit.size)
                terms = [*one.units[n], *other.units[n], (both, -1.0)]
                programme.row(terms, -INFINITY, 1)
                shared.append((both, float(unit.size)))
            programme.row([*shared, (over, -1.0)], -INFINITY, self.asked.limits.overlap)
        return over

    def _same(self, programme: Programme, forms: Sequence[Layer]) -> None:
        """All forms near one mark and one information, whatever these are."""
        frees = self._tolerances(self.worth.usual())
        for which, free in enumerate(frees):
            common = programme.variable(upper=INFINITY)
            for form in forms:
                terms = [*self._sums(form)[which], (common, -1.0)]
                layers.near(programme, terms, 0, FREE * free, APART / free)

    def _in_order(self, programme: Programme, forms: Sequence[Layer]) -> None:
        """Forms may trade places; only one order of each set of forms is looked at."""
        for one, other in pairwise(forms):
            terms = [
                (column, factor * rank(self.asked.seed, self.pool.units[n]))
                for n in range(len(self.pool.units))
                for column, factor in [*one.units[n], *layers.times(other.units[n], -1.0)]
            ]
            programme.row(terms, 0, INFINITY)

    # ── What came out ────────────────────────────────────────────────────────────────────────

    def _value(self, form: Sequence[Pick]) -> tuple[float, float]:
        marks = sum(self.worth.difficulty(pick.item, pick.row) for pick in form)
        return marks, sum(self.worth.information(pick.item) for pick in form)

    def _assembled(self, status: str, way: str) -> Assembled:
        values = [self._value(form) for form in self.chosen]
        return Assembled(
            forms=[sorted(form) for form in self.chosen],
            difficulty=[marks for marks, _told in values],
            information=[told for _marks, told in values],
            status=status,
            gap=self.gap,
            way=way,
        )

    def too_far_apart(self, found: Assembled) -> list[Shortage]:
        """Why the forms are not equal within the tolerance; nothing when they are."""
        limits = self.asked.tolerance.pair
        kinds = (What.DIFFICULTY, What.INFORMATION)
        return [
            Shortage(what, spread=spread, limit=limit)
            for what, spread, limit in zip(kinds, found.spread, limits, strict=True)
            if spread > limit + 1e-9
        ]
