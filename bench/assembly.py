"""How long eight parallel forms of sixty items take from a bank of three hundred.

Five points of knowledge, three kinds, five levels; 480 places for 300 items, any two forms share
12 at most. Once with the difficulty experts gave, once with measured values (each item another),
several banks each. Seconds are of processor time, so that a busy machine does not spoil them; the
solver uses one core.
"""

import random
import time
from decimal import Decimal
from itertools import combinations

from zhupei.papers import assembly
from zhupei.papers.assembly import Asked, Assembled
from zhupei.papers.rules import Item, Limits, Row

BANKS, ITEMS, FORMS, SHARED = 3, 300, 8, 12
PROMISE = 10.0  # seconds
SHARES = {1: 0.85, 2: 0.70, 3: 0.55, 4: 0.40, 5: 0.25}
POINTS = ("法规", "识图", "工艺", "质量", "安全")
ROWS = [
    Row(point, kind, "", count, Decimal(points))
    for point in POINTS
    for kind, count, points in (("single", 6, 1), ("multiple", 4, 2), ("judge", 2, 1))
]


def main() -> None:
    """Assemble from each bank; print the slowest beside the promise."""
    slowest, apart = 0.0, 0.0
    for measured in (False, True):
        for seed in range(BANKS):
            seconds, found = _timed(_bank(seed, measured=measured), str(seed))
            slowest, apart = max(slowest, seconds), max(apart, found.spread[0])
            words = "measured" if measured else "by level"
            print(
                f"bench assembly: bank {seed} {words}: {seconds:.1f} s, expected marks"
                f" {found.spread[0]:.2f} apart, information {found.spread[1]:.2f} %"
            )
    print(f"bench assembly: forms are at most {apart:.2f} points of 100 apart")
    print(
        f"bench assembly: ratio {PROMISE / slowest:.2f} value {slowest:.1f} s limit {PROMISE:.0f} s"
    )


def _bank(seed: int, *, measured: bool) -> list[Item]:
    chance = random.Random(seed)
    return [
        Item(
            key=n,
            kind=chance.choices(["single", "multiple", "judge"], [5, 3, 2])[0],
            point=chance.choice(POINTS),
            difficulty=chance.choice([1, 2, 2, 3, 3, 3, 4, 4, 5]),
            share=chance.uniform(0.2, 0.95) if measured else None,
            slope=chance.uniform(0.5, 1.8) if measured else None,
        )
        for n in range(ITEMS)
    ]


def _timed(items: list[Item], seed: str) -> tuple[float, Assembled]:
    limits = Limits(SHARED)
    began = time.process_time()
    found = assembly.assemble(items, ROWS, Asked(FORMS, seed, limits, SHARES, seconds=300))
    seconds = time.process_time() - began
    sets = [{pick.item for pick in form} for form in found.forms]
    if any(len(one & other) > SHARED for one, other in combinations(sets, 2)):
        raise SystemExit("bench assembly: two forms share too much, so the time means nothing")
    return seconds, found
