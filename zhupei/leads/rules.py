"""What makes a lead, as functions of plain values. The searches of ``finders`` say the same in SQL;
a test compares the two on random cases.

A lead is a question for people. None of these functions knows a face, a place on a map or a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import NamedTuple


class Presence(NamedTuple):
    """Somebody is on record somewhere, from when to when. ``place`` is a room."""

    key: str
    person: int
    place: int
    starts: datetime
    ends: datetime


def overlaps(presences: Iterable[Presence], least: timedelta) -> set[tuple[str, str]]:
    """Which records say that one person was in two rooms at once, for at least so long.

    Source: notice, part 2, section 2 (4: stand-ins were hired for classes).
    """
    by_person: defaultdict[int, list[Presence]] = defaultdict(list)
    for one in presences:
        by_person[one.person].append(one)
    found = set()
    for own in by_person.values():
        for one, other in combinations(sorted(own), 2):
            together = min(one.ends, other.ends) - max(one.starts, other.starts)
            if one.place != other.place and together >= least:
                found.add((one.key, other.key))
    return found


def busiest(moments: Sequence[datetime], seconds: int) -> int:
    """The most sign-ins within so many seconds, ends included.

    Source: notice, part 2, section 2 (4).
    """
    ordered, most, first = sorted(moments), 0, 0
    for place, moment in enumerate(ordered):
        while moment - ordered[first] > timedelta(seconds=seconds):
            first += 1
        most = max(most, place - first + 1)
    return most


def shared(uses: Iterable[tuple[str, date, int]], people: int) -> set[tuple[str, date]]:
    """Which device signed in so many people, or more, on one day; a use is device, day, person.

    Source: notice, part 2, section 2 (4).
    """
    seen: defaultdict[tuple[str, date], set[int]] = defaultdict(set)
    for device, day, person in uses:
        if device:
            seen[device, day].add(person)
    return {use for use, persons in seen.items() if len(persons) >= people}


def leaves_no_trace(*, lessons: int, attended: int, later: int) -> bool:
    """Was somebody in every lesson, and afterwards nowhere: in no exam, with no book received, no
    opinion given?

    Source: notice, part 2, section 2 (4).
    """
    return 0 < lessons <= attended and later == 0


def precision(confirmed: int, dismissed: int) -> float | None:
    """Of the leads somebody judged, how many were right; None while none was judged."""
    judged = confirmed + dismissed
    return confirmed / judged if judged else None
