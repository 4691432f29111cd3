"""Who goes where, when several are to be looked at on one day."""

from collections import deque
from collections.abc import Mapping, Sequence


def shared(free: Mapping[int, Sequence[int]], each: Mapping[int, int]) -> dict[int, list[int]]:
    """Share duties out evenly: ``each`` of them wants so many people of those ``free`` for it.

    Nobody ends up with two more than somebody who could have taken one of theirs, directly or by
    handing on: the loads differ only as far as recusal makes them. Of people equally loaded the
    one named first goes. A duty with too few people gets those there are.

    Source: Measures, art. 6 (every class and every exam is looked at); 优化营商环境条例第54条.
    """
    load = dict.fromkeys((one for people in free.values() for one in people), 0)
    given: dict[int, list[int]] = {}
    for duty in sorted(free, key=lambda one: len(free[one])):  # who has least choice goes first
        given[duty] = sorted(free[duty], key=load.__getitem__)[: each[duty]]
        for person in given[duty]:
            load[person] += 1
    while path := _relief(free, given, load):
        _hand_on(path, given, load)
    return {duty: given[duty] for duty in free}


Step = tuple[int, int, int]  # somebody, the duty they hand on, to whom


def _relief(
    free: Mapping[int, Sequence[int]], given: Mapping[int, list[int]], load: Mapping[int, int]
) -> list[Step]:
    """How the most loaded of those who can hand something on does so, to somebody with at least
    two fewer; empty when nobody can.
    """
    for heavy in sorted(load, key=load.__getitem__, reverse=True):
        path = _path(heavy, free, given, load)
        if path:
            return path
    return []


def _path(
    heavy: int,
    free: Mapping[int, Sequence[int]],
    given: Mapping[int, list[int]],
    load: Mapping[int, int],
) -> list[Step]:
    reached: dict[int, list[Step]] = {heavy: []}
    waiting = deque([heavy])
    while waiting:
        giver = waiting.popleft()
        for duty in (one for one, people in given.items() if giver in people):
            for taker in free[duty]:
                if taker in reached or taker in given[duty]:
                    continue
                reached[taker] = [*reached[giver], (giver, duty, taker)]
                if load[heavy] - load[taker] > 1:
                    return reached[taker]
                waiting.append(taker)
    return []


def _hand_on(path: Sequence[Step], given: dict[int, list[int]], load: dict[int, int]) -> None:
    for giver, duty, taker in path:
        given[duty][given[duty].index(giver)] = taker
        load[giver] -= 1
        load[taker] += 1
