"""The director: plays stories in order of time, each at its own moment, until the present.

A story is a generator of moments: it says when it goes on, and is resumed with the clock set to
then. A story that reaches beyond the present simply stays where it is: that is how a class comes
to be running today.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count

from zhupei.portal.demo import clock

Story = Iterator[datetime]
Tell = Callable[[float, str], None]


def play(stories: Iterable[Story], *, until: datetime, tell: Tell) -> None:
    """Play every story up to ``until``. ``tell`` hears what part is done, and what day it is.

    A story may name a moment that has passed by then: it goes on at once, never backwards.
    """
    order = count()
    waiting = [(next(story), next(order), story) for story in stories]
    heapq.heapify(waiting)
    if not waiting:
        return
    first = now = waiting[0][0]
    with clock.at(first):
        while waiting and waiting[0][0] <= until:
            moment, _, story = heapq.heappop(waiting)
            now = max(now, moment)
            tell((now - first) / (until - first), f"{now:%Y-%m-%d}")
            clock.move(now)
            following = next(story, None)
            if following is not None:
                heapq.heappush(waiting, (following, next(order), story))
