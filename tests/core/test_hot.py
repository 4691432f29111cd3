"""The mechanism alone: batches, refusals, the end. The database is a stand-in of ten lines."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from zhupei.core import hot
from zhupei.core.hot import Application, Away, GroupCommit, reply


class Database:
    """Writes numbers into a list when let; may be away, fail, or be slow."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.away = False
        self.failing = False
        self.closed = False
        self.ready = asyncio.Event()
        self.ready.set()
        self.begun = asyncio.Event()

    async def connect(self) -> "Database":
        if self.away:
            raise OSError
        self.closed = False
        return self

    async def write(self, _: "Database", batch: list[int]) -> list[int]:
        self.begun.set()
        await self.ready.wait()
        if self.failing:
            self.failing = False
            raise ValueError
        self.batches.append(batch)
        return [number * 10 for number in batch]

    def is_closed(self) -> bool:
        return self.closed

    def terminate(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(hot, "RECONNECT_AFTER", 0.001)
    monkeypatch.setattr(hot, "WRITERS", 1)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def queue(runner, database) -> Iterator[GroupCommit]:
    queue = GroupCommit(database.connect, database.write)

    async def start() -> None:
        queue.start()
        await asyncio.sleep(0)

    runner.run(start())
    yield queue
    database.ready.set()
    runner.run(queue.stop())


def put(queue: GroupCommit, *numbers: int) -> Any:
    """The outcome of each, or the exception it met."""

    async def all_of_them():
        futures = [queue.put(number) for number in numbers]
        return await asyncio.gather(*futures, return_exceptions=True)

    return all_of_them()


def test_everybody_gets_the_outcome_of_their_own_entry(runner, queue):
    assert runner.run(put(queue, 3, 1, 2)) == [30, 10, 20]


def test_what_arrives_together_is_written_together(runner, queue, database):
    runner.run(put(queue, *range(50)))

    assert database.batches == [list(range(50))]


def test_what_arrives_during_a_transaction_is_the_next_one(runner, queue, database):
    async def story():
        database.ready.clear()
        first = queue.put(1)
        await database.begun.wait()
        later = [queue.put(2), queue.put(3)]
        assert not first.done()
        database.ready.set()
        return await asyncio.gather(first, *later)

    assert runner.run(story()) == [10, 20, 30]
    assert database.batches == [[1], [2, 3]]


def test_a_batch_has_a_limit(runner, queue, database, monkeypatch):
    monkeypatch.setattr(hot, "BATCH", 4)

    assert runner.run(put(queue, *range(10))) == [n * 10 for n in range(10)]
    assert [len(batch) for batch in database.batches] == [4, 4, 2]


def test_a_failed_batch_refuses_its_own_and_nobody_else(runner, queue, database):
    database.failing = True

    refused = runner.run(put(queue, 1, 2))
    served = runner.run(put(queue, 3))

    assert [type(outcome) for outcome in refused] == [Away, Away]
    assert served == [30]


def test_a_full_queue_refuses_at_once(runner, queue, database, monkeypatch):
    monkeypatch.setattr(hot, "ROOM", 2)

    async def story():
        database.ready.clear()
        waiting = [queue.put(1), queue.put(2)]
        with pytest.raises(Away):
            queue.put(3)
        database.ready.set()
        return await asyncio.gather(*waiting)

    assert runner.run(story()) == [10, 20]


def test_while_the_database_is_away_nobody_waits_for_it(runner, queue, database):
    database.away = True
    database.failing = True
    runner.run(put(queue, 1))

    assert [type(outcome) for outcome in runner.run(put(queue, 2))] == [Away]

    database.away = False
    assert runner.run(put(queue, 3)) == [30]


def test_nobody_notices_that_an_idle_connection_was_lost(runner, queue, database):
    runner.run(put(queue, 1))
    database.closed = True

    assert runner.run(put(queue, 2)) == [20]


def test_a_request_that_gave_up_hurts_nobody(runner, queue, database):
    async def story():
        database.ready.clear()
        impatient, patient = queue.put(1), queue.put(2)
        await database.begun.wait()
        impatient.cancel()
        database.ready.set()
        return await patient

    assert runner.run(story()) == 20


def test_the_end_writes_what_is_waiting_and_takes_nothing_more(runner, queue, database):
    async def story():
        waiting = [queue.put(1), queue.put(2)]
        await queue.stop()
        with pytest.raises(Away):
            queue.put(3)
        return [future.result() for future in waiting]

    assert runner.run(story()) == [10, 20]


def test_the_end_does_not_wait_for_a_database_that_is_away(runner, database):
    async def story():
        database.away = True
        queue = GroupCommit(database.connect, database.write)
        queue.start()
        waiting = queue.put(1)
        await queue.stop()
        with pytest.raises(Away):
            await waiting

    runner.run(asyncio.wait_for(story(), 60))


# The doors


@pytest.fixture
def application(queue) -> Application:
    async def echo(asked: bytes) -> hot.Reply:
        return reply(200, "heard", length=len(asked))

    async def away(asked: bytes) -> hot.Reply:
        raise Away

    return Application({("POST", "/echo"): echo, ("GET", "/away"): away}, queue)


@pytest.fixture
def ask(runner, application) -> Callable[..., tuple[int, Any, dict[bytes, bytes]]]:
    def ask(method: str, path: str, *parts: bytes):
        """Status, JSON and headers of one request whose body comes in parts."""
        sent: list[Any] = []
        waiting = [
            {"type": "http.request", "body": part, "more_body": more}
            for more, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True)
        ]

        async def receive():
            return waiting.pop(0)

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "query_string": b""}
        runner.run(application(scope, receive, send))
        start, body = sent
        return start["status"], json.loads(body["body"] or b"null"), dict(start["headers"])

    return ask


def test_a_body_in_parts_is_one_body(ask):
    status, said, _ = ask("POST", "/echo", b"abc", b"de")

    assert (status, said) == (200, {"code": "heard", "length": 5})


def test_any_page_may_read_the_reply(ask):
    _, _, headers = ask("POST", "/echo", b"")

    assert headers[b"access-control-allow-origin"] == b"*"
    assert headers[b"cache-control"] == b"no-store"


def test_a_body_that_is_too_large_is_refused_before_it_is_read_whole(ask):
    endless = [b"x" * 40_000] * 3

    assert ask("POST", "/echo", *endless)[:2] == (413, {"code": "too_large"})


def test_an_unknown_address_is_said_to_be_one(ask):
    assert ask("GET", "/echo")[:2] == (404, {"code": "unknown_address"})


def test_who_is_refused_for_now_is_told_when_to_come_back(ask):
    status, said, headers = ask("GET", "/away")

    assert (status, said, headers[b"retry-after"]) == (503, {"code": "away"}, b"1")


def test_a_browser_that_asks_first_is_allowed(ask):
    status, _, headers = ask("OPTIONS", "/echo")

    assert status == 204
    assert headers[b"access-control-allow-methods"] == b"GET, POST"


def test_the_queue_lives_as_long_as_the_process(runner, database):
    queue = GroupCommit(database.connect, database.write)
    served: list[Any] = []
    sent: list[str] = []

    async def receive():
        if sent:
            served.append(await queue.put(1))
        return {}

    async def send(message):
        sent.append(message["type"])

    runner.run(Application({}, queue)({"type": "lifespan"}, receive, send))

    assert served == [10]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    with pytest.raises(Away):
        queue.put(2)
