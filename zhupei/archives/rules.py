"""When something is over, so that its archive can be complete; and what fits into it."""

from collections.abc import Sequence
from datetime import date

HELD = frozenset({"filed", "approved"})  # classes in effect
ENDED = frozenset({"finished", "revoked"})  # nothing is held any more
MARKED = frozenset({"closed", "released"})  # sittings over and marked


def class_is_over(state: str, ends_on: date, today: date) -> bool:
    """Finished, called off by the authority, or in effect until its last day went by.

    A plan that never took effect leaves nothing to keep but its events.

    Source: Measures, art. 13 (records of the training are kept).
    """
    return state in ENDED or (state in HELD and ends_on < today)


def sitting_is_over(state: str) -> bool:
    """Closed and marked.

    Source: Measures, art. 20 (一场一档: time, place, content, people, results).
    """
    return state in MARKED


def inside(sizes: Sequence[int], *, one: int, total: int) -> frozenset[int]:
    """Which of these files (by place) a package takes in: none larger than ``one`` byte limit, all
    together within ``total``; what comes first goes in first, a later smaller one still may.

    Source: project register of facts, §7 (recordings may be registered by their digest).
    """
    taken, room = set(), total
    for place, size in enumerate(sizes):
        if size <= min(one, room):
            taken.add(place)
            room -= size
    return frozenset(taken)
