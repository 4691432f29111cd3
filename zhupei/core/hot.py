"""The hot path's one mechanism: queue, group commit, reply. Nothing here knows what an exam is.

A request puts its entry into the queue and waits. A writer takes everything that queued up
while the previous transaction was running, writes all of it in one statement, and after COMMIT
wakes every request it served. There is no artificial wait: an idle process commits one entry at
once, a busy one commits hundreds together.

*Acknowledged means durable.* Whoever waits hears an outcome only after COMMIT; when the
transaction fails, everybody in that batch, and nobody else, hears Away and asks again.

The why and the figures: docs/mechanisms/hot-path.md.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import asyncpg

from zhupei.core import streams
from zhupei.core.tickets import BadTicket

# The queue

Entry = TypeVar("Entry")
Outcome = TypeVar("Outcome")

Connect = Callable[[], Awaitable[asyncpg.Connection]]
Write = Callable[[asyncpg.Connection, list[Entry]], Awaitable[list[Outcome]]]

WRITERS = 2  # connections: one commits while the other collects and writes
ROOM = 20_000  # entries that may wait; beyond it the honest reply is "come back"
BATCH = 1_000  # entries in one statement
RECONNECT_AFTER = 0.2  # seconds

# What the driver raises when the database cannot be reached, or goes away.
GONE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that is answered without an outcome."""

    status = 500
    code = ""


class Away(Refusal):
    """Nothing was acknowledged: the database is away, or the queue is full. Ask again."""

    status, code = 503, "away"


class GroupCommit(Generic[Entry, Outcome]):
    """Many entries, one transaction.

    ``write`` gets a connection and a batch, and returns one outcome per entry, in order. It must
    be a single statement, or open its own transaction.
    """

    def __init__(self, connect: Connect, write: Write[Entry, Outcome], *, most: int = 0) -> None:
        self._connect = connect
        self._write = write
        self._most = most  # entries in one batch; 0: BATCH
        self._waiting: list[tuple[Entry, asyncio.Future[Outcome]]] = []
        self._knock = asyncio.Event()
        self._stopping = False
        self._connected = 0
        self._writers: list[asyncio.Task[None]] = []
        self._listener: Callable[[Entry], None] | None = None

    def tell(self, listener: Callable[[Entry], None]) -> None:
        """Let ``listener`` know of every entry that was taken in. It must be quick."""
        self._listener = listener

    def put(self, entry: Entry) -> asyncio.Future[Outcome]:
        """Await it for the outcome, known once ``entry`` is on disk. Raises Away."""
        if self._stopping or len(self._waiting) >= ROOM:
            raise Away
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, future))
        self._knock.set()
        if self._listener is not None:
            self._listener(entry)
        return future

    def start(self) -> None:
        """Begin to write; the database need not be there yet."""
        self._writers = [asyncio.create_task(self._keep_writing()) for _ in range(WRITERS)]

    async def stop(self) -> None:
        """Take nothing more, write what is waiting, then let go of the database."""
        self._stopping = True
        self._knock.set()
        await asyncio.gather(*self._writers)

    async def _keep_writing(self) -> None:
        while self._waiting or not self._stopping:
            try:
                connection = await self._connect()
            except GONE:
                if not self._connected:
                    _refuse(self._take(ROOM))
                await asyncio.sleep(RECONNECT_AFTER)
                continue
            self._connected += 1
            await self._write_batches(connection)
            self._connected -= 1
            connection.terminate()

    async def _write_batches(self, connection: asyncpg.Connection) -> None:
        """Until told to stop, or until the connection fails."""
        while self._waiting or not self._stopping:
            await self._knock.wait()
            if connection.is_closed():
                return
            batch = self._take(self._most or BATCH)
            if not batch:
                continue
            try:
                outcomes = await self._write(connection, [entry for entry, _ in batch])
                for (_, future), outcome in zip(batch, outcomes, strict=True):
                    if not future.done():
                        future.set_result(outcome)
            except Exception as why:  # whatever it was, the others must go on being served
                unknown = not isinstance(why, GONE)
                logger.warning("%d entries not written: %r", len(batch), why, exc_info=unknown)
                _refuse(batch)
                return

    def _take(self, most: int) -> list[tuple[Entry, asyncio.Future[Outcome]]]:
        batch = self._waiting[:most]
        del self._waiting[:most]
        if not self._waiting and not self._stopping:
            self._knock.clear()
        return batch


def _refuse(batch: list[tuple[Entry, asyncio.Future[Outcome]]]) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(Away())


# The doors: a bare ASGI application


class Garbled(Refusal):
    """The request is not one our pages would send."""

    status, code = 400, "garbled"


class TooLarge(Refusal):
    """The body is larger than anything our pages would send."""

    status, code = 413, "too_large"


class Reply(NamedTuple):
    """A status and a JSON body; ``code`` inside the body is what programs compare."""

    status: int
    body: bytes


def reply(status: int, code: str, **facts: object) -> Reply:
    """What a door answers."""
    return Reply(status, json.dumps({"code": code, **facts}).encode())


class Stream(NamedTuple):
    """Server-sent events instead of one reply; see ``core.streams``."""

    events: AsyncIterator[bytes]


class Service(Protocol):
    """What runs while the doors are open: a queue, a feed."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


Door = Callable[[bytes], Awaitable[Reply | Stream]]
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

LARGEST = 64 * 1024  # bytes of one request; a whole paper of answers is a tenth of it
PREFLIGHT = Reply(204, b"")

# Any page may ask: this process reads no cookie, so a foreign page can do nothing in a person's
# name. The ticket inside the request is the only authority.
HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
]
MORE_HEADERS = {
    204: [
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-max-age", b"86400"),
    ],
    503: [(b"retry-after", b"1")],
}


class Application:
    """A table of doors, and the services that run while they are open.

    A door is given the body of a POST, or the query of a GET, and returns a Reply or a Stream. It
    may raise Refusal or BadTicket.
    """

    def __init__(self, doors: Mapping[tuple[str, str], Door], *services: Service) -> None:
        self._doors = doors
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the process."""
        if scope["type"] == "http":
            said = await self._answer(scope, receive)
            if isinstance(said, Stream):
                await streams.send(said.events, receive, send)
            else:
                await _send(send, said)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Reply | Stream:
        method = scope["method"]
        if method == "OPTIONS":
            return PREFLIGHT
        door = self._doors.get((method, scope["path"]))
        if door is None:
            return reply(404, "unknown_address")
        try:
            return await door(await _body(receive) if method == "POST" else scope["query_string"])
        except (Refusal, BadTicket) as refusal:
            return reply(refusal.status, refusal.code)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        for service in self._services:
            service.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for service in self._services:
            await service.stop()
        await send({"type": "lifespan.shutdown.complete"})


async def _body(receive: Receive) -> bytes:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise TooLarge
        more = message.get("more_body", False)
    return body


async def _send(send: Send, said: Reply) -> None:
    length = (b"content-length", b"%d" % len(said.body))
    headers = [*HEADERS, *MORE_HEADERS.get(said.status, ()), length]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})
