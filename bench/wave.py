"""Many candidates who press the same button within some seconds, each on their own connection."""

import heapq
import random
import select
import socket
import time
from typing import NamedTuple

OPEN = 900  # connections at the same time; more wait for one to be free, and their wait counts


class Round(NamedTuple):
    """What the candidates saw."""

    pressed: int
    p50: float  # milliseconds, from the press to the last byte of the reply
    p99: float
    longest: float
    refused: int  # replies that were no 200
    statements: int = 0

    def __str__(self) -> str:
        return (
            f"{self.pressed:,} pressed, p50 {self.p50:.0f} ms, p99 {self.p99:.0f} ms, "
            f"longest {self.longest:.0f} ms, {self.refused} refused"
        )


def press(port: int, path: str, tickets: list[str], seconds: float) -> Round:
    """Everybody presses at a random moment of these seconds. Busy is pressed again, as the page
    does, and the wait goes on.
    """
    chance = random.Random(7).random
    due = [(chance() * seconds, number) for number in range(len(tickets))]
    heapq.heapify(due)
    poll = select.epoll()
    open_: dict[int, tuple[socket.socket, int, float, bytes]] = {}
    waits: list[float] = []
    refused = 0
    began = time.perf_counter()
    while due or open_:
        now = time.perf_counter() - began
        while due and due[0][0] <= now and len(open_) < OPEN:
            pressed, number = heapq.heappop(due)
            one = _send(port, path, tickets[number])
            open_[one.fileno()] = (one, number, pressed, b"")
            poll.register(one.fileno(), select.EPOLLIN)
        for file, _ in poll.poll(0.002):
            one, number, pressed, reply = open_[file]
            reply += one.recv(65_536)
            if not reply.endswith(b"}"):  # the last byte of every reply
                open_[file] = (one, number, pressed, reply)
                continue
            poll.unregister(file)
            del open_[file]
            one.close()
            if b'"busy"' in reply:
                heapq.heappush(due, (pressed, number))
                continue
            waits.append(time.perf_counter() - began - pressed)
            refused += not reply.startswith(b"HTTP/1.1 200")
    return _round(waits, refused)


def _round(waits: list[float], refused: int) -> Round:
    waits.sort()
    p50, p99 = (waits[len(waits) * part // 100] * 1000 for part in (50, 99))
    return Round(len(waits), p50, p99, waits[-1] * 1000, refused)


def _send(port: int, path: str, ticket: str) -> socket.socket:
    body = b'{"ticket":"%b"}' % ticket.encode()
    one = socket.create_connection(("127.0.0.1", port), timeout=30)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    one.sendall(
        b"POST %b HTTP/1.1\r\nHost: hot\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (path.encode(), len(body), body)
    )
    return one
