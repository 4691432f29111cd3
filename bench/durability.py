"""No acknowledged answer is lost: kill -9 in mid-run, twenty times, then compare.

Every other time the hot process is killed, every other time PostgreSQL with all its children. The
clients note an answer the moment its 200 has arrived; after the restart each of them must be in
the table, as it was sent or replaced by a newer one. The limit is 0.
"""

import http.client
import itertools
import json
import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from bench import pg
from config import cluster, processes

KILLS = 20
CLIENTS = 32
BEFORE = 0.8  # seconds of answers before each kill
TOO_LATE = 5  # seconds: a client that hears nothing for so long gives the answer up

Key = tuple[int, int]  # attempt, item


class Ledger:
    """What the clients were promised: for each answer its newest acknowledged turn."""

    def __init__(self) -> None:
        self.promised: dict[Key, int] = {}
        self.count = 0
        self.over = threading.Event()
        self._lock = threading.Lock()

    def note(self, key: Key, turn: int) -> None:
        """Remember a 200. Each client has candidates of its own, so its turns only grow."""
        with self._lock:
            self.promised[key] = turn
            self.count += 1


def main() -> None:
    """Kill, restart, compare; exit with 1 if an acknowledged answer is missing."""
    tickets, ledger = pg.tickets(), Ledger()
    lost: set[Key] = set()
    with pg.durable_cluster() as data:
        for number in range(1, KILLS + 1):
            before = ledger.count
            killed = run_until_killed(data, tickets, ledger, postgresql=number % 2 == 0)
            cluster.start(data)
            missing = missing_from(data, ledger.promised)
            lost |= missing  # a later answer to the same item must not hide it
            print(
                f"  kill {number:2} ({killed}): {ledger.count - before:,} more acknowledged, "
                f"{len(missing)} of {len(ledger.promised):,} lost",
                flush=True,
            )
            if ledger.count == before:
                raise SystemExit("bench durability: nothing was acknowledged, nothing is proved")
    print(f"bench durability: {ledger.count:,} answers acknowledged, {KILLS} kills")
    kept = 1 - len(lost) / len(ledger.promised)
    print(f"bench durability: ratio {kept:.2f} value {len(lost)} lost limit 0 lost")
    if lost:
        raise SystemExit(1)


def run_until_killed(data: Path, tickets: list[str], ledger: Ledger, *, postgresql: bool) -> str:
    """Save from many clients, kill in the middle, wait until every client has noticed."""
    port = pg.free_port()
    process = pg.start_hot(data, port)
    ledger.over.clear()
    clients = [
        threading.Thread(target=save_until_over, args=(port, tickets, ledger, number))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    time.sleep(BEFORE + random.random() / 5)
    if postgresql:
        processes.send(processes.working_in((data / "pg").resolve(), "postgres"), signal.SIGKILL)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    time.sleep(0.1)  # whoever still gets a 200 now is counted as well
    ledger.over.set()
    for client in clients:
        client.join()
    end(process)
    return "PostgreSQL" if postgresql else "hot process"


def save_until_over(port: int, tickets: list[str], ledger: Ledger, number: int) -> None:
    """One client: the candidates whose attempt leaves its number, one answer after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TOO_LATE)
    chance = random.Random(time.time_ns() + number)
    for turn in itertools.count(time.time_ns()):
        if ledger.over.is_set():
            return
        attempt = chance.randrange(number, pg.ATTEMPTS, CLIENTS) + 1
        item = chance.randrange(pg.ITEMS)
        said = {"ticket": tickets[attempt - 1], "item": item, "choice": "B", "turn": turn}
        try:
            connection.request("POST", "/hot/answers", json.dumps(said))
            reply = connection.getresponse()
            reply.read()
        except (OSError, http.client.HTTPException):
            connection.close()  # killed under us; without a reply nothing was promised
            time.sleep(0.01)
            continue
        if reply.status == http.HTTPStatus.OK:
            ledger.note((attempt, item), turn)


def missing_from(data: Path, promised: dict[Key, int]) -> set[Key]:
    """The promised answers which the table does not have, or has only older."""
    rows = pg.execute(data, "SELECT attempt_id, item, turn FROM exams_answer")
    stored: dict[Key, int] = {(attempt, item): turn for attempt, item, turn in rows}
    return {key for key, turn in promised.items() if stored.get(key, -1) < turn}


def end(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of the hot process."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


if __name__ == "__main__":
    main()
