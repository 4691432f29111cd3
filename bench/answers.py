"""How many exam answers a second one hot process acknowledges, every one of them on disk.

The limit is what pgbench reaches with single-row upserts of the same meaning, 16 clients,
prepared, on the same cluster in the same run. Both sides, client included, share the machine.
"""

import os
import random
import select
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bench import pg

CONNECTIONS = 256
ROUNDS = 3
SECONDS = 6
SCRIPT = Path(__file__).with_name("answer.sql")
HEAD = b"POST /hot/answers HTTP/1.1\r\nHost: hot\r\nContent-Type: text/plain\r\nContent-Length: "


class Round(NamedTuple):
    """What the client saw."""

    rate: float  # acknowledged answers per second
    p50: float  # milliseconds
    p99: float
    refused: int  # replies that were no 200


def main() -> None:
    """Measure hot process and limit in turn; print the medians."""
    with pg.durable_cluster() as data:
        tickets = pg.tickets()
        pairs = [_one_round(data, tickets, number) for number in range(1, ROUNDS + 1)]
    if any(one.refused for one, _ in pairs):
        raise SystemExit("bench answers: some answers were refused, so the rate means nothing")
    value = statistics.median(one.rate for one, _ in pairs)
    limit = statistics.median(limit for _, limit in pairs)
    p50 = statistics.median(one.p50 for one, _ in pairs)
    p99 = statistics.median(one.p99 for one, _ in pairs)
    print(f"bench answers: {CONNECTIONS} connections, p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    print(
        f"bench answers: ratio {value / limit:.2f} value {value:.0f} answers/s "
        f"limit {limit:.0f} upserts/s"
    )


def _one_round(data: Path, tickets: list[str], number: int) -> tuple[Round, float]:
    one = measure(data, tickets, SECONDS)
    empty(data)
    limit = pg.pgbench(data, SCRIPT, clients=16, seconds=SECONDS)
    empty(data)
    print(
        f"  round {number}: {one.rate:,.0f} answers/s, p50 {one.p50:.1f} ms, p99 {one.p99:.1f} ms; "
        f"limit {limit:,.0f} upserts/s",
        flush=True,
    )
    return one, limit


def empty(data: Path) -> None:
    """Every measurement begins with the same empty table and no checkpoint owed."""
    pg.execute(data, "TRUNCATE exams_answer", "CHECKPOINT")


def measure(data: Path, tickets: list[str], seconds: float, *, workers: int = 1) -> Round:
    """One run of a fresh hot process."""
    port = pg.free_port()
    process = pg.start_hot(data, port, workers=workers)
    try:
        hammer(port, tickets, 1.0)  # connections, plans and caches warm up
        return hammer(port, tickets, seconds)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the hot process and its workers: politely, and where that takes too long, for good. One
    that outlived its cluster would look for it for ever.
    """
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def hammer(port: int, tickets: list[str], seconds: float, *, pace: int = CONNECTIONS) -> Round:
    """Keep one answer under way on ``pace`` connections. Our own client: none is sure to be
    there.
    """
    requests = _requests(tickets)
    sockets = {one.fileno(): one for one in (_connect(port) for _ in range(pace))}
    poll = select.epoll()
    sent: dict[int, float] = {}
    waits: list[float] = []
    refused = 0
    began = now = time.perf_counter()
    for number, one in sockets.items():
        poll.register(number, select.EPOLLIN)
        sent[number] = began
        one.send(next(requests))
    while now < began + seconds:
        for number, _ in poll.poll(1.0):
            one = sockets[number]
            reply = one.recv(4096)
            while not reply.endswith(b"}"):  # the last byte of every reply
                reply += one.recv(4096)
            now = time.perf_counter()
            waits.append(now - sent[number])
            refused += not reply.startswith(b"HTTP/1.1 200")
            sent[number] = now
            one.send(next(requests))
    for one in sockets.values():
        one.close()
    waits.sort()
    p50, p99 = (waits[len(waits) * part // 100] * 1000 for part in (50, 99))
    return Round(len(waits) / (now - began), p50, p99, refused)


def _connect(port: int) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=30)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return one


def _requests(tickets: list[str]) -> Iterator[bytes]:
    """Endless answers of random candidates to random items, each with a newer turn."""
    chance = random.Random(1).random
    for turn in count(time.time_ns()):
        ticket = tickets[int(chance() * len(tickets))]
        body = '{"ticket":"%s","item":%d,"choice":"B","turn":%d}' % (  # noqa: UP031 - faster
            ticket,
            int(chance() * pg.ITEMS),
            turn,
        )
        yield b"%b%d\r\n\r\n%b" % (HEAD, len(body), body.encode())


if __name__ == "__main__":
    main()
