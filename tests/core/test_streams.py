"""Many watch, one looks. The database is a stand-in of five lines."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from zhupei.core import hot, streams
from zhupei.core.hot import Application, Stream, reply
from zhupei.core.streams import Feed, Watcher


class Database:
    """Pictures of numbered things, and how often they were asked for."""

    def __init__(self) -> None:
        self.pictures: dict[int, dict[str, Any]] = {}
        self.asked: list[list[int]] = []
        self.failing = False
        self.open = 0

    async def connect(self) -> "Database":
        self.open += 1
        return self

    async def look(self, _: "Database", things: list[int]) -> Mapping[int, dict[str, Any]]:
        self.asked.append(things)
        if self.failing:
            self.failing = False
            raise OSError
        return {thing: dict(self.pictures[thing]) for thing in things if thing in self.pictures}

    def terminate(self) -> None:
        self.open -= 1


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(streams, "EVERY", 0.005)
    monkeypatch.setattr(streams, "RECONNECT_AFTER", 0.001)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def feed(runner, database) -> Iterator[Feed]:
    feed = Feed(database.connect, database.look)

    async def start() -> None:
        feed.start()

    runner.run(start())
    yield feed
    runner.run(feed.stop())


def news(event: bytes) -> Any:
    assert event.startswith(b"data: ")
    assert event.endswith(b"\n\n")
    return json.loads(event[6:])


async def opened(feed: Feed, thing: int) -> Any:
    events = feed.watch(thing)
    assert await anext(events) == b"retry: 3000\n\n"
    return events


def test_a_watcher_is_told_everything_and_then_what_changed(runner, feed, database):
    database.pictures[7] = {"a": 1, "b": 2}

    async def story():
        events = await opened(feed, 7)
        first = news(await anext(events))
        database.pictures[7] = {"a": 1, "b": 3}
        second = news(await anext(events))
        database.pictures[7] = {"a": 1}
        third = news(await anext(events))
        await events.aclose()
        return first, second, third

    assert runner.run(story()) == ({"a": 1, "b": 2}, {"b": 3}, {"b": None})


def test_twenty_watchers_cost_one_question(runner, feed, database):
    database.pictures[7] = {"a": 1}

    async def story():
        all_of_them = [await opened(feed, 7) for _ in range(20)]
        told = [news(await anext(events)) for events in all_of_them]
        asked = len(database.asked)
        for events in all_of_them:
            await events.aclose()
        return told, asked

    told, asked = runner.run(story())
    assert told == [{"a": 1}] * 20
    assert asked <= 2


def test_whoever_comes_later_is_told_everything_at_once(runner, feed, database):
    database.pictures[7] = {"a": 1}

    async def story():
        first = await opened(feed, 7)
        await anext(first)
        second = await opened(feed, 7)
        told = news(await anext(second))
        await first.aclose()
        await second.aclose()
        return told

    assert runner.run(story()) == {"a": 1}


def test_nobody_is_told_of_a_thing_they_do_not_watch(runner, feed, database):
    database.pictures = {7: {"a": 1}, 8: {"secret": 1}}

    async def story():
        seven, eight = await opened(feed, 7), await opened(feed, 8)
        told = news(await anext(seven)), news(await anext(eight))
        await seven.aclose()
        await eight.aclose()
        return told

    assert runner.run(story()) == ({"a": 1}, {"secret": 1})


def test_nothing_is_asked_while_nobody_watches(runner, feed, database):
    database.pictures[7] = {"a": 1}

    async def story():
        await asyncio.sleep(0.03)
        assert database.asked == []
        events = await opened(feed, 7)
        await anext(events)
        await events.aclose()
        await asyncio.sleep(0.02)
        asked = len(database.asked)
        await asyncio.sleep(0.03)
        return len(database.asked) - asked, feed.watchers, database.open

    assert runner.run(story()) == (0, 0, 0)


def test_a_slow_line_hears_the_newest_only():
    async def story():
        watcher = Watcher()
        for number in range(1_000):
            watcher.tell({"a": number, f"b{number % 3}": number})
        return news(await watcher.next())

    assert asyncio.run(story()) == {"a": 999, "b0": 999, "b1": 997, "b2": 998}


def test_silence_is_broken_by_a_comment(runner, feed, database, monkeypatch):
    monkeypatch.setattr(streams, "PING", 0.05)
    database.pictures[7] = {"a": 1}

    async def story():
        events = await opened(feed, 7)
        await anext(events)
        said = await anext(events)
        await events.aclose()
        return said

    assert runner.run(story()) == b":\n\n"


def test_a_database_that_went_away_is_asked_again(runner, feed, database):
    database.failing = True
    database.pictures[7] = {"a": 1}

    async def story():
        events = await opened(feed, 7)
        told = news(await anext(events))
        await events.aclose()
        return told

    assert runner.run(story()) == {"a": 1}


def test_a_watcher_has_to_come_back_with_a_ticket_that_is_still_good(
    runner, feed, database, monkeypatch
):
    monkeypatch.setattr(streams, "LIFE", 0.02)
    monkeypatch.setattr(streams, "PING", 0.02)
    database.pictures[7] = {"a": 1}

    async def story():
        return [event async for event in feed.watch(7)]

    assert len(runner.run(story())) <= 5
    assert feed.watchers == 0


def test_the_application_streams_until_the_other_side_is_gone(runner, feed, database):
    database.pictures[7] = {"a": 1}
    sent: list[Any] = []

    async def door(_: bytes) -> Stream:
        return Stream(feed.watch(7))

    async def story():
        gone = asyncio.Event()
        said = iter([{"type": "http.request"}])

        async def receive():
            found = next(said, None)
            if found is None:
                await gone.wait()
                return {"type": "http.disconnect"}
            return found

        async def send(message):
            sent.append(message)
            if b"data" in message.get("body", b""):
                gone.set()

        application = Application({("GET", "/watch"): door}, feed)
        scope = {"type": "http", "method": "GET", "path": "/watch", "query_string": b""}
        await application(scope, receive, send)
        return feed.watchers

    assert runner.run(story()) == 0
    headers = dict(sent[0]["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"x-accel-buffering"] == b"no"
    assert news(sent[2]["body"]) == {"a": 1}


def test_services_live_as_long_as_the_application(runner):
    class Service:
        said: list[str] = []

        def start(self) -> None:
            self.said.append("start")

        async def stop(self) -> None:
            self.said.append("stop")

    async def door(_: bytes) -> hot.Reply:
        return reply(200, "ok")

    async def story():
        async def receive():
            return {"type": "lifespan"}

        async def send(message):
            Service.said.append(message["type"])

        await Application({("GET", "/"): door}, Service(), Service())(
            {"type": "lifespan"}, receive, send
        )

    runner.run(story())
    assert Service.said == [
        *["start"] * 2,
        "lifespan.startup.complete",
        *["stop"] * 2,
        "lifespan.shutdown.complete",
    ]
