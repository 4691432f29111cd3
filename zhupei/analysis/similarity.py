"""Are two candidates' wrong answers the same more often than chance explains?

Pure. Two people who sat the same items got some of them both wrong. Given that, each of these items
is a draw: do both have the *same* wrong answer? The chance of it comes from what all others who
were wrong answered there. So neither ability nor how popular a wrong answer is counts as evidence;
formulas and limits in docs/mechanisms/similarity.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

LEAST = 5  # items both got wrong: with fewer, nothing is said
SMOOTH = 0.5  # added to the count of each wrong answer

Key = int


class Sat(NamedTuple):
    """One candidate: the wrong answers given, by item, and where they sat."""

    key: Key
    wrong: Mapping[int, str]
    at: tuple[int, int]  # row and column


class Pair(NamedTuple):
    """Two candidates. ``chance``: that at least so many of ``both`` wrong answers are the same by
    chance; ``adjusted``: after all pairs that were looked at are allowed for.
    """

    first: Key
    second: Key
    both: int
    same: int
    expected: float
    chance: float
    adjusted: float
    distance: int
    near: bool


def pairs(people: Sequence[Sat], *, near: int) -> list[Pair]:
    """Every pair with enough in common to judge, the least likely first.

    Near pairs (at most ``near`` seats apart) and far ones are two families, each adjusted by Holm
    and doubled, so that the chance of any false lead of a whole sitting stays below the bound.
    """
    counts = _counts(people)
    found = [
        pair
        for one, other in combinations(people, 2)
        if (pair := _pair(one, other, counts, near)) is not None
    ]
    families = [[pair for pair in found if pair.near is which] for which in (True, False)]
    adjusted = [pair for family in families for pair in _holm(family, times=2)]
    return sorted(adjusted, key=lambda pair: (pair.adjusted, pair.chance, pair.distance))


def distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Seats between two places, corners counted as one."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _counts(people: Iterable[Sat]) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = {}
    for one in people:
        for item, answer in one.wrong.items():
            counts.setdefault(item, Counter())[answer] += 1
    return counts


def _pair(one: Sat, other: Sat, counts: Mapping[int, Counter[str]], near: int) -> Pair | None:
    both = sorted(one.wrong.keys() & other.wrong.keys())
    if len(both) < LEAST:
        return None
    odds = [match_odds(counts[item], (one.wrong[item], other.wrong[item])) for item in both]
    same = sum(one.wrong[item] == other.wrong[item] for item in both)
    apart = distance(one.at, other.at)
    chance = at_least(same, odds)
    return Pair(
        one.key, other.key, len(both), same, sum(odds), chance, chance, apart, apart <= near
    )


def match_odds(counts: Counter[str], pair: tuple[str, str]) -> float:
    """The chance that two people who are both wrong give the same answer: Σ w². The pair's own
    two answers are taken out of the counts, and each known answer gets half a person more, so
    that an answer nobody else gave is rare but not impossible.
    """
    rest = Counter(counts)
    rest.subtract(pair)
    weights = [count + SMOOTH for count in rest.values()]
    total = sum(weights)
    return sum((weight / total) ** 2 for weight in weights)


def at_least(many: int, odds: Sequence[float]) -> float:
    """The chance of at least ``many`` hits among independent draws of these odds (exact)."""
    spread = np.zeros(len(odds) + 1)
    spread[0] = 1.0
    for chance in odds:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(min(1.0, spread[many:].sum()))


def _holm(family: Sequence[Pair], *, times: int) -> list[Pair]:
    """Step down: the smallest of m chances times m, the next times m-1, never falling."""
    ordered = sorted(family, key=lambda pair: pair.chance)
    adjusted, highest = [], 0.0
    for n, pair in enumerate(ordered):
        highest = min(1.0, max(highest, times * (len(ordered) - n) * pair.chance))
        adjusted.append(pair._replace(adjusted=highest))
    return adjusted
