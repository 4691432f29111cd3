"""What a form is, and what a blueprint asks of it, in plain values.

A **form** is a flat list of places. A place is what a candidate sees of one item::

    {"item": 17, "kind": "single", "stem": "…", "options": ["…", "…"], "pictures": […],
     "group": {"number": 4, "stem": "…", "pictures": […]} or None}

``item`` is the key of the item's version; cases are numbered from 1 on each form. Beside the
places, by place as text ("0", "1", …): what each is worth (``points``: ``{"0": "2"}``) and its key
(``keys``, as ``questions.rules`` writes keys), which is never shown with them. Items stand in the
order of ``questions.rules.Kind``; after them the case groups, each whole, in the order of its own
items.

A **blueprint** is rows: so many items on this point, of this kind, in this band of difficulty,
each worth so much. An item stands in one row only; a row may say "any" for point and band.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from statistics import NormalDist
from typing import Any, NamedTuple

from zhupei.questions.rules import Kind

CASE = "case"  # the kind of a row that takes the items of case groups, whatever their own kind
ANY = ""  # of a row's point or band
KINDS = (*(kind.value for kind in Kind), CASE)  # the order of rows


class Band(StrEnum):
    """A band of difficulty, on the bank's scale of 1 (easy) to 5 (hard)."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


BANDS: Mapping[str, frozenset[int]] = {
    ANY: frozenset({1, 2, 3, 4, 5}),
    Band.EASY: frozenset({1, 2}),
    Band.MEDIUM: frozenset({3}),
    Band.HARD: frozenset({4, 5}),
}


@dataclass(frozen=True)
class Item:
    """One item as assembly sees it. ``under``: the units and topics its point lies below.
    ``used``: on how many forms it stood lately. ``share`` and ``slope`` are measured: the part of
    the points people earned, and how steeply that rises with their ability; None where nobody has
    measured yet.
    """

    key: int
    kind: str
    point: str
    difficulty: int
    group: int | None = None
    used: int = 0
    share: float | None = None
    slope: float | None = None
    under: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """``count`` items for one cell of the blueprint, each worth ``points``."""

    point: str
    kind: str
    band: str
    count: int
    points: Decimal = Decimal(1)

    def takes(self, item: Item) -> bool:
        """May this item stand in this row?"""
        if self.kind == CASE:
            of_kind = item.group is not None
        else:
            of_kind = item.group is None and item.kind == self.kind
        on_point = self.point in {ANY, item.point} or self.point in item.under
        return of_kind and on_point and item.difficulty in BANDS[self.band]


@dataclass(frozen=True)
class Limits:
    """What binds forms together. ``overlap``: how many items two forms may share. ``exposure``: on
    how many forms an item may stand altogether, those of earlier assemblies counted; None: any.
    ``alike``: pairs of items that ask the same and never stand on one form.
    """

    overlap: int
    exposure: int | None = None
    alike: frozenset[tuple[int, int]] = frozenset()


# ── What is expected of an item ──────────────────────────────────────────────────────────────


class Expected(NamedTuple):
    """What an item is expected to do: the part of its points an average candidate earns, and its
    information there.
    """

    share: float
    information: float


def expected(item: Item, shares: Mapping[int, float]) -> Expected:
    """Measured values where there are any, else those of its difficulty (``shares`` by level).

    In the Rasch model an item of share p carries the information p(1 - p) about an average
    candidate; with a measured slope a it carries a² times that. Nothing is certain: a share stays
    within 0.02 and 0.98.
    """
    share = min(0.98, max(0.02, shares[item.difficulty] if item.share is None else item.share))
    slope = 1.0 if item.slope is None else item.slope
    return Expected(share, slope * slope * share * (1 - share))


SLOPES = (0.2, 2.5)  # what a slope estimated from few people is kept within


def slope(point_biserial: float, share: float) -> float:
    """The slope of a logistic item with this correlation to the rest of its form.

    The biserial is r·√(p(1-p))/φ(z), z the normal deviate of p; a = 1.702·r/√(1-r²) then
    (Lord's approximation).
    """
    share = min(0.98, max(0.02, share))
    density = math.exp(-(_deviate(share) ** 2) / 2) / math.sqrt(2 * math.pi)
    biserial = min(0.95, point_biserial * math.sqrt(share * (1 - share)) / density)
    return min(SLOPES[1], max(SLOPES[0], 1.702 * biserial / math.sqrt(1 - biserial**2)))


def _deviate(share: float) -> float:
    return NormalDist().inv_cdf(share)


# ── A form ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Chosen:
    """An item that was chosen for a form: what is shown of it, its key, its points, and where it
    stands in its case.
    """

    shown: Mapping[str, Any]  # a place, as the top of this page says
    key: Any
    points: Decimal
    position: int = 0


@dataclass(frozen=True)
class Form:
    """What is stored of a form; ``places`` may be shown, ``keys`` never with them."""

    places: list[dict[str, Any]]
    points: dict[str, str]
    keys: dict[str, Any] = field(repr=False)

    @property
    def sha256(self) -> str:
        """What stands for the places, for ever."""
        return digest(self.places)


def lay_out(chosen: Iterable[Chosen]) -> Form:
    """Put what was chosen in the order of a form. The same choice gives the same form, whatever
    order it comes in: by kind and key, then the cases, which are numbered anew from 1.
    """
    rows = sorted(chosen, key=_standing)
    return Form(
        places=_numbered([dict(row.shown) for row in rows]),
        points={str(place): _plain(row.points) for place, row in enumerate(rows)},
        keys={str(place): row.key for place, row in enumerate(rows)},
    )


def _standing(row: Chosen) -> tuple[int, int, int, int]:
    group, kind = row.shown["group"], KINDS.index(row.shown["kind"])
    if group is None:
        return (0, kind, 0, row.shown["item"])
    return (1, group["number"], row.position, row.shown["item"])


def _numbered(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    numbers: dict[int, int] = {}
    for place in places:
        if place["group"] is not None:
            known_as = place["group"]["number"]
            number = numbers.setdefault(known_as, len(numbers) + 1)
            place["group"] = {**place["group"], "number": number}
    return places


def _plain(points: Decimal) -> str:
    return f"{points.normalize():f}"


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of ``value``: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def share_out(count: int, sizes: Mapping[Any, int]) -> dict[Any, int]:
    """Divide ``count`` in proportion to ``sizes``, by largest remainder; earlier ones win ties.

    None gets more than its size. Raises ValueError when there is not enough.
    """
    total = sum(sizes.values())
    if not 0 < count <= total:
        raise ValueError(f"{count} of {total} items cannot be drawn")
    quotas = {kind: count * size // total for kind, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda kind: -(count * sizes[kind] % total))
    for kind in by_remainder[: count - sum(quotas.values())]:
        quotas[kind] += 1
    return quotas


def total_points(rows: Sequence[Row]) -> Decimal:
    """What all rows are worth together."""
    return sum((row.count * row.points for row in rows), Decimal(0))
