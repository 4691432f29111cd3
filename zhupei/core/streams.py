"""Server-sent events: one question a moment for all who watch, whatever their number.

What is watched is a thing (the board of a sitting, say), named by a number, and its picture is a
dictionary of pieces. While anybody watches, ``look`` is asked every few seconds for the pictures
of all watched things at once; each watcher is told the pieces that changed since it was last
told. Newer news of a piece takes the place of older, so a slow line costs no memory and nobody
waits for it. Whoever comes back is told everything, so nothing has to be remembered for them.

The why and the figures: docs/mechanisms/board.md.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import asyncpg

Picture = dict[str, Any]
Connect = Callable[[], Awaitable[asyncpg.Connection]]
Look = Callable[[asyncpg.Connection, list[int]], Awaitable[Mapping[int, Picture]]]

EVERY = 2.0  # seconds between two pictures
PING = 15.0  # seconds of silence after which a comment keeps the line open
RETRY = 3_000  # milliseconds a browser waits before it comes back
LIFE = 300.0  # seconds; then the watcher comes back and shows a ticket that is still good
ROOM = 2_000  # watchers; beyond it the honest reply is "come back"
RECONNECT_AFTER = 0.5  # seconds

GONE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy that collects would tell it all at the end
    (b"access-control-allow-origin", b"*"),
]

logger = logging.getLogger(__name__)


class Watcher:
    """One open page, and what it has not been told yet."""

    def __init__(self) -> None:
        self._news: Picture = {}
        self._knock = asyncio.Event()

    def tell(self, pieces: Picture) -> None:
        """Never waits: what was not told yet of the same pieces is forgotten."""
        self._news.update(pieces)
        self._knock.set()

    async def next(self) -> bytes:
        """The next thing to send: news, or after a silence a comment."""
        try:
            async with asyncio.timeout(PING):
                await self._knock.wait()
        except TimeoutError:
            return b":\n\n"
        self._knock.clear()
        news, self._news = self._news, {}
        words = json.dumps(news, ensure_ascii=False, separators=(",", ":"))
        return f"data: {words}\n\n".encode()


class Feed:
    """The things being watched and who watches them."""

    def __init__(self, connect: Connect, look: Look) -> None:
        self._connect = connect
        self._look = look
        self._watchers: dict[int, set[Watcher]] = {}
        self._pictures: dict[int, Picture] = {}
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def watchers(self) -> int:
        return sum(map(len, self._watchers.values()))

    @property
    def full(self) -> bool:
        return self.watchers >= ROOM

    async def watch(self, thing: int) -> AsyncIterator[bytes]:
        """What to send to one watcher, from everything as it is now until its time is over."""
        watcher = Watcher()
        self._watchers.setdefault(thing, set()).add(watcher)
        try:
            if thing in self._pictures:
                watcher.tell(self._pictures[thing])
            self._wanted.set()
            yield f"retry: {RETRY}\n\n".encode()
            ends = asyncio.get_running_loop().time() + LIFE
            while asyncio.get_running_loop().time() < ends:
                yield await watcher.next()
        finally:
            self._leave(thing, watcher)

    def _leave(self, thing: int, watcher: Watcher) -> None:
        self._watchers[thing].discard(watcher)
        if not self._watchers[thing]:
            del self._watchers[thing]
            self._pictures.pop(thing, None)

    def start(self) -> None:
        """Begin to look; nothing is asked while nobody watches."""
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Let go of the database."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_looking(self) -> None:
        while True:
            if not self._watchers:
                self._wanted.clear()
                await self._wanted.wait()
            try:
                connection = await self._connect()
            except GONE:
                await asyncio.sleep(RECONNECT_AFTER)
                continue
            try:
                await self._look_while_watched(connection)
            except Exception as why:  # whatever it was, the next look is a fresh one
                known = isinstance(why, GONE)
                logger.warning("the pictures were not taken: %r", why, exc_info=not known)
                await asyncio.sleep(RECONNECT_AFTER)
            finally:
                connection.terminate()

    async def _look_while_watched(self, connection: asyncpg.Connection) -> None:
        while self._watchers:
            self._wanted.clear()
            self._show(await self._look(connection, sorted(self._watchers)))
            try:
                async with asyncio.timeout(EVERY):
                    await self._newcomer()
            except TimeoutError:
                continue

    async def _newcomer(self) -> None:
        """Until somebody watches a thing of which there is no picture yet."""
        while self._pictures.keys() >= self._watchers.keys():
            await self._wanted.wait()
            self._wanted.clear()

    def _show(self, pictures: Mapping[int, Picture]) -> None:
        for thing, watchers in self._watchers.items():
            picture = pictures.get(thing, {})
            before = self._pictures.get(thing, {})
            news = {name: piece for name, piece in picture.items() if before.get(name) != piece}
            news |= dict.fromkeys(before.keys() - picture.keys())
            self._pictures[thing] = picture
            if news:
                for watcher in watchers:
                    watcher.tell(news)


Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]


async def send(events: AsyncIterator[bytes], receive: Receive, reply: Send) -> None:
    """Send events until they end or the other side is gone."""
    await reply({"type": "http.response.start", "status": 200, "headers": HEADERS})
    ends = {
        asyncio.create_task(_send_all(events, reply)),
        asyncio.create_task(_until_gone(receive)),
    }
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


async def _send_all(events: AsyncIterator[bytes], reply: Send) -> None:
    try:
        async for event in events:
            await reply({"type": "http.response.body", "body": event, "more_body": True})
        await reply({"type": "http.response.body", "body": b""})
    finally:
        await events.aclose()  # type: ignore[attr-defined]  # they are generators


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
