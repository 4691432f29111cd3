"""Nothing acknowledged is lost, nobody left behind: kill -9 in mid-run, fifty times, then compare.

Thirty-two clients live the exam of one candidate after the other: start, answer, hand in. Every
other time the hot process is killed, every other time PostgreSQL with all its children. Whatever a
client heard a 200 for is noted; after the restart it must be in the database: the start with its
event, each answer as it was sent or replaced by a newer one, the hand-in with its mark and with the
very receipt the candidate heard. And after every kill each client must come further than it was.
The limit is 0.
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
from typing import Any

from bench import pg
from config import cluster, processes
from zhupei.exams import rules

KILLS = 50
CLIENTS = 32
BEFORE = 0.8  # seconds between two kills, and a little chance
PATIENCE = 30  # seconds in which every client has to come further after a kill
TOO_LATE = 5  # seconds: a client that hears nothing for so long asks again

Key = tuple[int, int]  # attempt, item
BROKEN = """
    SELECT count(*) FROM core_event e
     WHERE hash <> core_event_hash(previous, core_event_canonical(e))
"""


class Ledger:
    """What the clients were promised."""

    def __init__(self) -> None:
        self.turns: dict[Key, int] = {}  # newest acknowledged turn
        self.started: set[int] = set()
        self.receipts: dict[int, str] = {}
        self.heard = [0] * CLIENTS  # replies of 200, by client
        self.stuck: list[str] = []
        self.over = threading.Event()
        self.lock = threading.Lock()

    def kept(self) -> tuple[dict[Key, int], set[int], dict[int, str]]:
        """All of it as it stands now."""
        with self.lock:
            return dict(self.turns), set(self.started), dict(self.receipts)


def main() -> None:
    """Kill, restart, compare; exit with 1 if anything is missing or anybody stuck."""
    tickets, ledger, port = pg.tickets(), Ledger(), pg.free_port()
    lost: set[object] = set()
    with pg.durable_cluster() as data:
        pg.execute(data, "UPDATE exams_attempt SET started_at = NULL")
        process = pg.start_hot(data, port)
        clients = [
            threading.Thread(target=live, args=(port, tickets, ledger, number), daemon=True)
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for number in range(1, KILLS + 1):
            time.sleep(BEFORE + random.random() / 2)
            process, missing = kill_and_compare(data, port, process, ledger, number)
            lost |= missing
            wait_for_everybody(ledger)
        ledger.over.set()
        for client in clients:
            client.join()
        end(process)
        broken = pg.execute(data, BROKEN)[0][0]
    told = sum(ledger.heard)
    print(
        f"bench durability: {told:,} promises ({len(ledger.started):,} starts, "
        f"{len(ledger.receipts):,} hand-ins), {KILLS} kills, {broken} broken links"
    )
    for sentence in ledger.stuck[:5]:
        print(f"  {sentence}")
    kept = 1 - len(lost) / told
    value = f"{len(lost)} lost {len(ledger.stuck)} stuck"
    print(f"bench durability: ratio {kept:.2f} value {value} limit 0 lost 0 stuck")
    if lost or ledger.stuck or broken:
        raise SystemExit(1)


def kill_and_compare(
    data: Path, port: int, process: subprocess.Popen[bytes], ledger: Ledger, number: int
) -> tuple[subprocess.Popen[bytes], set[object]]:
    """One kill; returns the new hot process, and what was promised and is not there."""
    postgresql = number % 2 == 0
    if postgresql:
        processes.send(processes.working_in((data / "pg").resolve(), "postgres"), signal.SIGKILL)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    time.sleep(0.1)  # whoever still gets a 200 now is counted as well
    end(process)
    cluster.start(data)
    missing = missing_from(data, ledger)
    turns, started, receipts = ledger.kept()
    print(
        f"  kill {number:2} ({'PostgreSQL' if postgresql else 'hot process'}): {len(turns):,} "
        f"answers, {len(started):,} starts, {len(receipts):,} hand-ins promised, "
        f"{len(missing)} missing",
        flush=True,
    )
    return pg.start_hot(data, port), missing


def missing_from(data: Path, ledger: Ledger) -> set[object]:
    """What was promised and is not in the database, or not as it was promised."""
    turns, started, receipts = ledger.kept()
    answers: dict[int, dict[int, str]] = {}
    stored: dict[Key, int] = {}
    for attempt, item, choice, turn in pg.execute(
        data, "SELECT attempt_id, item, choice, turn FROM exams_answer"
    ):
        stored[attempt, item] = turn
        answers.setdefault(attempt, {})[item] = choice
    missing: set[object] = {key for key, turn in turns.items() if stored.get(key, -1) < turn}
    rows = pg.execute(
        data,
        "SELECT a.id, a.mark, count(*) FILTER (WHERE e.verb = 'attempt.started'),"
        " count(*) FILTER (WHERE e.verb = 'attempt.handed_in')"
        " FROM exams_attempt a JOIN core_event e ON e.subject = 'exams.attempt/' || a.id"
        " WHERE a.started_at IS NOT NULL GROUP BY a.id, a.mark",
    )
    found = {row[0]: tuple(row) for row in rows}
    missing |= {("start", one) for one in started if found.get(one, (0, 0, 0))[2] != 1}
    for one, receipt in receipts.items():
        _id, mark, _starts, ends = found.get(one, (one, None, 0, 0))
        if ends != 1 or mark is None or rules.receipt(answers.get(one, {})) != receipt:
            missing.add(("hand-in", one))
    return missing


def wait_for_everybody(ledger: Ledger) -> None:
    """Return once every client came further than it is now; those who do not are stuck."""
    before = list(ledger.heard)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if all(now > then for now, then in zip(ledger.heard, before, strict=True)):
            return
        time.sleep(0.05)
    for number, (now, then) in enumerate(zip(ledger.heard, before, strict=True)):
        if now == then:
            ledger.stuck.append(f"client {number} came no further within {PATIENCE} s")


# ── A client ─────────────────────────────────────────────────────────────────────────────────


def live(port: int, tickets: list[str], ledger: Ledger, number: int) -> None:
    """The candidates whose attempt leaves this number, one exam after the other."""
    line = Line(port, ledger, number)
    chance = random.Random(time.time_ns() + number)
    turns = itertools.count(time.time_ns())
    for attempt in range(number + 1, pg.ATTEMPTS + 1, CLIENTS):
        ticket = {"ticket": tickets[attempt - 1]}
        if line.ask("/hot/start", ticket) is None:
            return
        with ledger.lock:
            ledger.started.add(attempt)
        for _ in range(chance.randrange(30, 150)):  # so that candidates last for every kill
            item, turn = chance.randrange(pg.ITEMS), next(turns)
            said = ticket | {"item": item, "choice": chance.choice(pg.KEYS), "turn": turn}
            if line.ask("/hot/answers", said) is None:
                return
            with ledger.lock:
                ledger.turns[attempt, item] = turn
        ended = line.ask("/hot/hand-in", ticket)
        if ended is None:
            return
        with ledger.lock:
            ledger.receipts[attempt] = ended["receipt"]


class Line:
    """One client's line to the hot process: asks until it hears a 200, as the page does."""

    def __init__(self, port: int, ledger: Ledger, number: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TOO_LATE)
        self._ledger = ledger
        self._number = number

    def ask(self, path: str, said: object) -> Any:
        """The reply's body; None when the bench is over, or the reply is a refusal for good."""
        while not self._ledger.over.is_set():
            try:
                self._connection.request("POST", path, json.dumps(said))
                reply = self._connection.getresponse()
                body = json.loads(reply.read())
            except (OSError, ValueError, http.client.HTTPException):
                self._connection.close()  # killed under us; without a reply nothing was promised
                time.sleep(0.02)
                continue
            if reply.status == http.HTTPStatus.OK:
                self._ledger.heard[self._number] += 1
                return body
            if reply.status != http.HTTPStatus.SERVICE_UNAVAILABLE:
                self._ledger.stuck.append(f"{path} {said}: {reply.status} {body}")
                return None
            time.sleep(0.02)
        return None


def end(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of the hot process."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


if __name__ == "__main__":
    main()
