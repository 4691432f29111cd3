"""Several people at the same moment, each on a connection of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from django.db import connection, connections

from zhupei.core.errors import Refused

LONGEST = 60  # seconds a busy machine may take for what otherwise would never come
HELD_UP = (
    "SELECT true FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returned, or the code of its refusal; in the order given, whoever was first.

    What a deed needs to know is asked before: a question within the race may meet what somebody
    else has already done, and fails where the verb should have refused.
    """
    start = Barrier(len(deeds), timeout=LONGEST)

    def run(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait()
            return deed()
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


class Held:
    """A function in which the first who calls it stops, with its result, until somebody else waits
    for what that one has locked, or is through. ``after`` is for the deed of that somebody.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._stopped, self._through = Event(), Event()

    def __call__(self, *said: Any) -> Any:
        found = self._function(*said)
        if not self._stopped.is_set():
            self._stopped.set()
            until = time.monotonic() + LONGEST
            while not self._through.is_set() and not _somebody_waits():
                assert time.monotonic() < until, "nobody came"
                time.sleep(0.01)
        return found

    def after(self, deed: Callable[[], Any]) -> Callable[[], Any]:
        """The deed, begun once the first has stopped."""

        def begin() -> Any:
            try:
                assert self._stopped.wait(LONGEST), "nobody has stopped"
                return deed()
            finally:
                self._through.set()

        return begin


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HELD_UP)
        return cursor.fetchone() is not None
