"""Marking written answers: who reads which, when two readings differ too much, what counts.

Points are those of the item on the paper; a reading gives points per line of the rubric.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

STEP = Decimal("0.5")  # the smallest part of a point anybody gives


class Shortage(Exception):
    """A script that nobody is left for: everybody free is bound to its institution or read it."""

    def __init__(self, script: int) -> None:
        self.script = script
        super().__init__(f"nobody is left for script {script}")


def deal(
    scripts: Iterable[int],
    readers: Mapping[int, frozenset[int]],
    bound: Mapping[int, int],
    *,
    each: int,
    seed: str,
) -> dict[int, tuple[int, ...]]:
    """Give every script to ``each`` different readers, as evenly as can be.

    ``readers``: reader → the institutions they work or teach for; ``bound``: script → the
    institution its candidate was trained by. Nobody reads what comes from an institution of their
    own. Among those with the fewest scripts the seed decides, so that nobody can choose and
    everybody can repeat it. Raises Shortage.

    Source: Measures, art. 18 and 20 (assessment is fair; results are true); project register of
    facts, §5 (subjective items are marked twice).
    """
    load: Counter[int] = Counter()
    dealt: dict[int, tuple[int, ...]] = {}
    for script in sorted(scripts, key=lambda one: _rank(seed, one)):
        free = [reader for reader in readers if bound.get(script) not in readers[reader]]
        if len(free) < each:
            raise Shortage(script)
        free.sort(key=lambda reader: (load[reader], _rank(seed, f"{script}/{reader}")))
        dealt[script] = tuple(free[:each])
        load.update(dealt[script])
    return dealt


def _rank(seed: str, value: object) -> str:
    return hashlib.sha256(f"{seed}/{value}".encode()).hexdigest()


def possible(given: Mapping[int, Decimal], most: Sequence[Decimal]) -> dict[int, str]:
    """What is wrong with the points per line of a rubric: line → ``points_missing``,
    ``points_range`` or ``points_step``; empty when they can stand.
    """
    faults: dict[int, str] = {}
    for line, limit in enumerate(most):
        points = given.get(line)
        if points is None:
            faults[line] = "points_missing"
        elif not 0 <= points <= limit:
            faults[line] = "points_range"
        elif points % STEP:
            faults[line] = "points_step"
    return faults


class Outcome(NamedTuple):
    """What the readings of one answer come to. ``points`` is None while another one is needed."""

    points: Fraction | None
    disputed: bool


def outcome(readings: Sequence[Decimal], *, worth: Decimal, tolerance: int, final: str) -> Outcome:
    """The points of an answer from its first two readings, and the third where they differ.

    ``tolerance``: percent of ``worth`` two readings may differ by and still be averaged.
    ``final``: "third", the third reading alone counts; "nearest", its mean with the nearer of the
    first two (with the higher one when both are equally near).

    Source: project register of facts, §5 (two markers, arbitration when they differ).
    """
    if len(readings) < 2:  # noqa: PLR2004 - blind and twice
        return Outcome(None, disputed=False)
    first, second, *rest = map(Fraction, readings)
    if abs(first - second) * 100 <= Fraction(worth) * tolerance:
        return Outcome((first + second) / 2, disputed=False)
    if not rest:
        return Outcome(None, disputed=True)
    if final == "third":
        return Outcome(rest[0], disputed=True)
    near = min((first, second), key=lambda one: (abs(one - rest[0]), -one))
    return Outcome((near + rest[0]) / 2, disputed=True)
