"""How many exam answers a second one hot process acknowledges, every one of them on disk.

The limit is what pgbench reaches with single-row upserts of the same meaning, 16 clients,
prepared, on the same cluster in the same run. Both sides, the client included, share the machine.
"""

import os
import random
import select
import signal
import socket
import statistics
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bench import pg

CONNECTIONS = 256
ROUNDS = 3
SECONDS = 6
SCRIPT = Path(__file__).with_name("answer.sql")


class Round(NamedTuple):
    """What the client saw."""

    rate: float  # acknowledged answers per second
    p50: float  # milliseconds
    p99: float
    refused: int  # replies that were no 200: there must be none


def main() -> None:
    """Measure in turn, hot process and limit; print the medians."""
    rounds: list[Round] = []
    limits: list[float] = []
    with pg.durable_cluster() as data:
        tickets = pg.tickets()
        for number in range(1, ROUNDS + 1):
            rounds.append(measure(data, tickets, SECONDS))
            pg.execute(data, "TRUNCATE exams_answer", "CHECKPOINT")
            limits.append(pg.pgbench(data, SCRIPT, clients=16, seconds=SECONDS))
            pg.execute(data, "TRUNCATE exams_answer", "CHECKPOINT")
            one = rounds[-1]
            print(
                f"  round {number}: {one.rate:,.0f} answers/s, p50 {one.p50:.1f} ms, "
                f"p99 {one.p99:.1f} ms, {one.refused} refused; limit {limits[-1]:,.0f} upserts/s",
                flush=True,
            )
    if any(one.refused for one in rounds):
        raise SystemExit("bench answers: some answers were refused, so the rate means nothing")
    value = statistics.median(one.rate for one in rounds)
    limit = statistics.median(limits)
    print(
        f"bench answers: p50 {statistics.median(one.p50 for one in rounds):.1f} ms, "
        f"p99 {statistics.median(one.p99 for one in rounds):.1f} ms, {CONNECTIONS} connections"
    )
    print(
        f"bench answers: ratio {value / limit:.2f} value {value:.0f} answers/s "
        f"limit {limit:.0f} upserts/s"
    )


def measure(data: Path, tickets: list[str], seconds: float, *, workers: int = 1) -> Round:
    """One run of a fresh hot process."""
    port = pg.free_port()
    process = pg.start_hot(data, port, workers=workers)
    try:
        hammer(port, tickets, 1.0)  # warm: connections, plans, caches
        return hammer(port, tickets, seconds)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the hot process and its workers."""
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(20)


def hammer(port: int, tickets: list[str], seconds: float) -> Round:
    """Keep one answer under way on every connection. Own client: none is sure to be installed."""
    bodies = [b'{"ticket":"%b","item":' % ticket.encode() for ticket in tickets]
    choose, turns = random.Random(1).choices, count(time.time_ns())
    sockets: dict[int, socket.socket] = {}
    poll = select.epoll()
    for _ in range(CONNECTIONS):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[one.fileno()] = one
        poll.register(one, select.EPOLLIN)
    sent: dict[int, float] = {}
    heard = dict.fromkeys(sockets, b"")
    waits: list[float] = []
    refused = 0
    clock = time.perf_counter
    items = [b"%d" % (10 + item) for item in range(pg.ITEMS)]

    def ask(number: int) -> None:
        # Every request is equally long, so its head is a constant.
        body = b'%b%b,"choice":"B","turn":%d}' % (
            bodies[int(random.random() * len(bodies))], items[int(random.random() * len(items))], next(turns))
        sent[number] = clock()
        sockets[number].send(HEAD % len(body) + body)
    del choose
    began = clock()
    for number in sockets:
        ask(number)
    end = began + seconds
    now = began
    while now < end:
        for number, _ in poll.poll(1.0):
            reply = heard[number] + sockets[number].recv(4096)
            if not reply.endswith(b"}"):
                heard[number] = reply
                continue
            heard[number] = b""
            now = clock()
            waits.append(now - sent[number])
            if reply[9:12] != b"200":
                refused += 1
            ask(number)
    for one in sockets.values():
        one.close()
    waits.sort()
    return Round(len(waits) / (now - began), waits[len(waits) // 2] * 1e3, waits[len(waits) * 99 // 100] * 1e3, refused)


HEAD = b"POST /hot/answers HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"

if __name__ == "__main__":
    main()
