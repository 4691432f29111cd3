"""What is asked of an assembly, what comes out, and the bank as the programme sees it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zhupei.papers.rules import Expected, Item, Limits, Row, expected, total_points

if TYPE_CHECKING:
    from zhupei.papers.assembly.shortages import Shortage


@dataclass(frozen=True)
class Tolerance:
    """How far forms may be apart: the expected mark in points out of 100, the information in
    percent.
    """

    difficulty: float = 1.0
    information: float = 2.0

    @property
    def pair(self) -> tuple[float, float]:
        return self.difficulty, self.information


@dataclass(frozen=True)
class Asked:
    """What an assembly is asked for. ``shares``: the part of the points an average candidate
    earns, by level of difficulty. ``seconds``: the solver's limit altogether.
    """

    forms: int
    seed: str
    limits: Limits
    shares: Mapping[int, float]
    tolerance: Tolerance = Tolerance()
    seconds: float = 60.0


class Pick(NamedTuple):
    """One item on a form, and the row it stands in."""

    item: int
    row: int


@dataclass(frozen=True)
class Assembled:
    """The forms, and how good they are. ``gap``: between what the solver found and the best it
    could not rule out, over all its steps; 0 = proven.
    """

    forms: list[list[Pick]]
    difficulty: list[float]
    information: list[float]
    status: str
    gap: float
    way: str  # "in_turn" or "together"

    @property
    def spread(self) -> tuple[float, float]:
        """How far the forms are apart: points of the expected mark, percent of information."""
        marks = max(self.difficulty) - min(self.difficulty)
        told = max(self.information) - min(self.information)
        return marks, 100 * told / max(*self.information, 1e-9)


class Infeasible(Exception):
    """No such forms can be made of this bank; ``shortages`` says what is missing."""

    def __init__(self, shortages: "Sequence[Shortage]") -> None:
        super().__init__(f"{len(shortages)} shortages")
        self.shortages = list(shortages)


class Unit(NamedTuple):
    """What is chosen as a whole: one item, or the items of a case."""

    members: tuple[Item, ...]

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def used(self) -> int:
        return max(item.used for item in self.members)


@dataclass(frozen=True)
class Pool:
    """The items that fit some row, in units, in an order that depends on nothing but them."""

    rows: Sequence[Row]
    units: Sequence[Unit]
    blocked: frozenset[int]  # items that fit, in cases of which another item does not

    @classmethod
    def of(cls, items: Iterable[Item], rows: Sequence[Row]) -> "Pool":
        cases: dict[int, list[Item]] = defaultdict(list)
        units: list[Unit] = []
        for item in sorted(items, key=lambda item: item.key):
            if item.group is None:
                units.append(Unit((item,)))
            else:
                cases[item.group].append(item)
        units += [Unit(tuple(members)) for _number, members in sorted(cases.items())]
        return cls._fitting(units, rows)

    @classmethod
    def _fitting(cls, units: Iterable[Unit], rows: Sequence[Row]) -> "Pool":
        kept, blocked = [], set()
        for unit in units:
            fitting = [item.key for item in unit.members if any(row.takes(item) for row in rows)]
            if len(fitting) == unit.size:
                kept.append(unit)
            else:
                blocked.update(fitting)
        return cls(rows, kept, frozenset(blocked))

    @cached_property
    def fits(self) -> dict[int, list[int]]:
        """The rows an item may stand in, by its key."""
        return {
            item.key: [place for place, row in enumerate(self.rows) if row.takes(item)]
            for unit in self.units
            for item in unit.members
        }

    @cached_property
    def unit_of(self) -> dict[int, int]:
        """The unit an item belongs to, by its key."""
        return {item.key: n for n, unit in enumerate(self.units) for item in unit.members}

    @cached_property
    def size(self) -> int:
        """How many items a form has."""
        return sum(row.count for row in self.rows)

    def pairs(self, limits: Limits) -> list[tuple[int, int]]:
        """Units that never meet on a form, because an item of one asks the same as one of the
        other.
        """
        known = self.unit_of
        met = {
            (min(known[a], known[b]), max(known[a], known[b]))
            for a, b in limits.alike
            if a in known and b in known and known[a] != known[b]
        }
        return sorted(met)

    def left(self, unit: Unit, limits: Limits, forms: int) -> int:
        """On how many of so many more forms a unit may stand."""
        return forms if limits.exposure is None else min(forms, max(0, limits.exposure - unit.used))


class Worth:
    """What an item adds to a form: to its expected mark, in points out of 100, and to its
    information.
    """

    def __init__(self, pool: Pool, shares: Mapping[int, float]) -> None:
        total = float(total_points(pool.rows))
        self._of = {
            item.key: expected(item, shares) for unit in pool.units for item in unit.members
        }
        self._points = [100 * float(row.points) / total for row in pool.rows]
        self._pool = pool

    def of(self, item: int) -> Expected:
        return self._of[item]

    def averaged(self, pool: Pool, classes: Iterable[Sequence[int]]) -> "Worth":
        """The same, where the first of each class of units stands for all of them."""
        averages = copy(self)
        averages._of = dict(self._of)  # noqa: SLF001 - its own kind
        for members in classes:
            if len(members) > 1:
                each = [self._of[pool.units[n].members[0].key] for n in members]
                mean = Expected(*(sum(values) / len(each) for values in zip(*each, strict=True)))
                averages._of[pool.units[members[0]].members[0].key] = mean  # noqa: SLF001
        return averages

    def difficulty(self, item: int, row: int) -> float:
        return self._points[row] * self._of[item].share

    def information(self, item: int) -> float:
        return self._of[item].information

    def usual(self) -> tuple[float, float]:
        """The mark and the information of a form that takes each row as the bank has it."""
        marks = told = 0.0
        for place, row in enumerate(self._pool.rows):
            held = [key for key, rows in self._pool.fits.items() if place in rows]
            if held:
                marks += row.count * sum(self.difficulty(key, place) for key in held) / len(held)
                told += row.count * sum(self.information(key) for key in held) / len(held)
        return marks, told


def rank(seed: str, unit: Unit) -> float:
    """The unit's own number between 0 and 1 under this seed, by which ties are broken; that of
    SHA-256, which any language can repeat.
    """
    text = f"{seed}/{unit.members[0].key}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
