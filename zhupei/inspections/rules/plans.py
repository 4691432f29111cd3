"""How often, how many, and what a seed has to be made of."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LARGEST = 100  # per cent
INDEPENDENT = 2  # commitments that stand in for a public event


class Planned(NamedTuple):
    """One draw of a year's plan."""

    target: str
    percent: int
    key: bool  # it is about key items


def sample_size(count: int, percent: int) -> int:
    """How many of ``count`` objects are drawn: the share, rounded up.

    Source: project register of facts, section 9.1 (at least so many per cent).
    """
    return -(-count * percent // 100)


def percent_fault(percent: int, *, key: bool, least: int, most_general: int) -> str:
    """What is wrong with a share: "too_small", "too_large" or nothing.

    General items may burden only a limited share of institutions a time, key items any.

    Source: project register of facts, section 9.1 (general items are limited, key items are not).
    """
    if not least <= percent:
        return "too_small"
    if percent > (LARGEST if key else most_general):
        return "too_large"
    return ""


def plan_faults(rows: Sequence[Planned], *, times: int, least: int, most_general: int) -> list[str]:
    """What is wrong with a year's plan: "too_few_draws", "too_small", "too_large".

    Source: project register of facts, section 9.1 (at least twice a year).
    """
    faults = {
        percent_fault(row.percent, key=row.key, least=least, most_general=most_general)
        for row in rows
    }
    if len(rows) < times:
        faults.add("too_few_draws")
    return sorted(faults - {""})


def seed_is_safe(kinds: Iterable[str], committers: Iterable[str]) -> bool:
    """Can nobody know or choose the seed when the frames are frozen?

    A public event that is still to come suffices. Without one, two who do not know each other's
    value must have committed: one alone could try frames until the draw suits.
    """
    return "event" in kinds or len({who.casefold() for who in committers}) >= INDEPENDENT
