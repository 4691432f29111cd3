"""An exam day: fifty thousand candidates, each an answer every twenty seconds, twenty boards open.

One hot process, one durable cluster and the client share this machine. A wait is counted from the
moment an answer was due, not from when a connection was free for it. Afterwards everything that
was acknowledged must be in the database, and the process must not have grown. Then a hundred
thousand for a minute, to say where it ends.

``BENCH_MINUTES`` shortens the day.
"""

import os
import random
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bench import pg
from bench.answers import HEAD, stop
from zhupei.core.tickets import issue
from zhupei.exams.hot import PURPOSE
from zhupei.invigilation import hot as board

CANDIDATES, MORE = 50_000, 100_000
EVERY = 20.0  # seconds between two answers of a candidate
MINUTES = float(os.environ.get("BENCH_MINUTES", "10"))
BOARDS = 20
SEATS = 60  # of a room
CONNECTIONS = 900  # kept open, as a proxy in front keeps them
LIMIT = 200.0  # milliseconds, of the slowest in a hundred
FLAT = 1.2  # the process may be so much larger at the end than after its first minute

ROOMS = -(-MORE // SEATS)
TABLES = f"""
    ALTER TABLE exams_attempt ADD candidate_id bigint, ADD extra_minutes smallint DEFAULT 0;
    ALTER TABLE exams_sitting ADD prefecture_id text NOT NULL DEFAULT '652300';
    CREATE TABLE exams_candidate (id bigint PRIMARY KEY, seat smallint NOT NULL);
    CREATE UNLOGGED TABLE invigilation_heard (
        attempt_id bigint PRIMARY KEY, at timestamptz NOT NULL);
    CREATE TABLE invigilation_helpcall (
        id bigserial PRIMARY KEY, sitting_id bigint, candidate_id bigint, at timestamptz,
        text text, answered_at timestamptz);
    CREATE INDEX ON invigilation_helpcall (sitting_id);
    CREATE TABLE invigilation_incident (
        id bigserial PRIMARY KEY, sitting_id bigint, settled_at timestamptz);
    CREATE INDEX ON invigilation_incident (sitting_id);
    CREATE TABLE invigilation_notice (id bigserial PRIMARY KEY, sitting_id bigint);
    CREATE INDEX ON invigilation_notice (sitting_id);
    CREATE TABLE core_parametervalue (
        key text, prefecture text, value jsonb, valid_from date);
    TRUNCATE exams_attempt;
    INSERT INTO exams_sitting (id, state, starts_at, minutes, pass_mark, grace_seconds,
                               needs_admission)
    SELECT n, 'sealed', now() - interval '1 minute', 180, 60, 30, false
      FROM generate_series({pg.SITTINGS + 1}, {ROOMS}) AS n;
    INSERT INTO exams_candidate
    SELECT n, (n - 1) % {SEATS} + 1 FROM generate_series(1, {MORE}) AS n;
    INSERT INTO exams_attempt (id, sitting_id, paper_id, label, account_id, account_name, seed,
                               admitted_at, started_at, closes_at, candidate_id)
    SELECT n, (n - 1) / {SEATS} + 1, 1, '考生 ' || n, n, '考生 ' || n, md5(n::text),
           now(), now(), now() + interval '2 hours', n
      FROM generate_series(1, {MORE}) AS n;
    CREATE INDEX ON exams_attempt (sitting_id);
"""  # noqa: S608 - constants of this file


class Minute(NamedTuple):
    """What the candidates saw in one minute."""

    answers: int
    p50: float  # milliseconds
    p99: float
    refused: int
    memory: int  # bytes of the hot process at its end


def main() -> None:
    """Hold the day; compare; say where more end."""
    with pg.durable_cluster() as data:
        pg.execute(data, TABLES, "VACUUM ANALYZE")
        port = pg.free_port()
        process = pg.start_hot(data, port)
        over = threading.Event()
        boards = [Board(port, number, over) for number in range(1, BOARDS + 1)]
        try:
            for one in boards:
                one.start()
            ledger: dict[tuple[int, int], int] = {}
            minutes = hold(port, CANDIDATES, MINUTES, ledger, process.pid)
            lost = _lost(data, ledger)
            more = hold(port, MORE, min(MINUTES, 1.0), {}, process.pid)
        finally:
            over.set()
            stop(process)
    p99 = max(one.p99 for one in minutes)
    grown = minutes[-1].memory / minutes[0].memory
    pictures = min(one.pictures for one in boards)
    print(
        f"bench examday: {len(ledger):,} places answered, {lost} lost; {BOARDS} boards, each with"
    )
    print(f"  {pictures} pictures at least; memory {grown:.2f} times that of the first minute")
    print(f"  {MORE:,} candidates: p99 {more[-1].p99:,.0f} ms")
    print(f"bench examday: ratio {LIMIT / p99:.2f} value {p99:.0f} ms limit {LIMIT:.0f} ms")
    refused = sum(one.refused for one in minutes)
    if lost or refused or p99 > LIMIT or grown > FLAT or not pictures:
        raise SystemExit(1)


def hold(
    port: int, candidates: int, minutes: float, ledger: dict[tuple[int, int], int], process: int
) -> list[Minute]:
    """Everybody answers at their own beat until the time is over; what was heard is noted."""
    client = Client(port, candidates, ledger)
    found = []
    for number in range(max(round(minutes), 1)):
        waits, refused = client.run(min(minutes, 1.0) * 60)
        waits.sort()
        p50, p99 = (waits[len(waits) * part // 100] * 1000 for part in (50, 99))
        found.append(Minute(len(waits), p50, p99, refused, _memory(process)))
        print(
            f"  {candidates:,} candidates, minute {number + 1}: {len(waits):,} answers, "
            f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, {refused} refused, "
            f"{found[-1].memory / 2**20:.0f} MiB",
            flush=True,
        )
    client.close()
    return found


class Client:
    """Many candidates behind a proxy that keeps its connections."""

    def __init__(self, port: int, candidates: int, ledger: dict[tuple[int, int], int]) -> None:
        self._rate = candidates / EVERY
        self._ledger = ledger
        self._due = self._answers(candidates)
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._free: deque[int] = deque()  # the longest idle goes first: none is idle for long
        self._sent: dict[int, tuple[float, tuple[int, int], int]] = {}
        for _number in range(CONNECTIONS):
            one = socket.create_connection(("127.0.0.1", port), timeout=30)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets[one.fileno()] = one
            self._free.append(one.fileno())
            self._poll.register(one.fileno(), select.EPOLLIN)

    def _answers(self, candidates: int) -> Iterator[tuple[tuple[int, int], int, bytes]]:
        """The candidates in turn, for ever: whose answer, its turn, the request."""
        end = datetime.now(UTC) + timedelta(hours=2)  # noqa: TID251 - no Django here
        tickets = [issue(PURPOSE, attempt, end) for attempt in range(1, candidates + 1)]
        order = list(range(candidates))
        random.Random(3).shuffle(order)
        chance = random.Random(5).random
        while True:
            for place in order:
                item, turn = int(chance() * pg.ITEMS), time.time_ns()
                said = (tickets[place], item, turn)
                body = '{"ticket":"%s","item":%d,"choice":"B","turn":%d}' % said  # noqa: UP031 - faster
                request = b"%b%d\r\n\r\n%b" % (HEAD, len(body), body.encode())
                yield (place + 1, item), turn, request

    def run(self, seconds: float) -> tuple[list[float], int]:
        """Send what is due for so long; the waits in seconds, and how many were refused."""
        waits: list[float] = []
        refused = sent = 0
        began = time.perf_counter()
        wanted = int(seconds * self._rate)
        while len(waits) < wanted:
            now = time.perf_counter() - began
            while self._free and sent < wanted and sent / self._rate <= now:
                key, turn, request = next(self._due)
                file = self._free.popleft()
                self._sent[file] = (began + sent / self._rate, key, turn)
                self._sockets[file].sendall(request)
                sent += 1
            for file, _event in self._poll.poll(0.001):
                reply = b""
                while not reply.endswith(b"}"):  # the last byte of every reply
                    more = self._sockets[file].recv(4096)
                    if not more:
                        raise ConnectionError("the hot process closed a connection in use")
                    reply += more
                due, key, turn = self._sent.pop(file)
                waits.append(time.perf_counter() - due)
                self._free.append(file)
                if reply.startswith(b"HTTP/1.1 200"):
                    self._ledger[key] = max(turn, self._ledger.get(key, 0))
                else:
                    refused += 1
        return waits, refused

    def close(self) -> None:
        for one in self._sockets.values():
            one.close()


class Board(threading.Thread):
    """Somebody who watches a room all day; counts the pictures that came."""

    def __init__(self, port: int, sitting: int, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._port, self._sitting, self._over = port, sitting, over
        self.pictures = 0

    def run(self) -> None:
        while not self._over.is_set():
            try:
                self._watch()
            except OSError:
                time.sleep(0.5)

    def _watch(self) -> None:
        end = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251 - no Django here
        ticket = issue(board.PURPOSE, self._sitting, end)
        with socket.create_connection(("127.0.0.1", self._port), timeout=30) as one:
            one.sendall(f"GET /hot/board?ticket={ticket} HTTP/1.1\r\nHost: hot\r\n\r\n".encode())
            while not self._over.is_set():
                got = one.recv(65_536)
                if not got:
                    return
                self.pictures += got.count(b"data:")


def _memory(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {process} says nothing of its memory")


def _lost(data: Path, ledger: dict[tuple[int, int], int]) -> int:
    """How many acknowledged answers the database does not hold, or holds an older one of."""
    rows = pg.execute(data, "SELECT attempt_id, item, turn FROM exams_answer")
    stored = {(attempt, item): turn for attempt, item, turn in rows}
    return sum(stored.get(key, 0) < turn for key, turn in ledger.items())


if __name__ == "__main__":
    main()
