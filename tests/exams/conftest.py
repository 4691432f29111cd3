"""A database with nothing but the hot tables, those of the benches, and a process on it."""

import asyncio
import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from bench import pg
from tests.exams.hot_process import Hot, clean


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a database with nothing but the hot tables."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"hot_{os.getpid()}"

    async def at(url: str, *statements: str) -> None:
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    here = urlunsplit(server._replace(path=f"/{name}"))
    asyncio.run(at(urlunsplit(server), f"CREATE DATABASE {name}"))
    asyncio.run(at(here, pg.TABLES))
    asyncio.run(pg.put_papers(here))
    yield here
    asyncio.run(at(urlunsplit(server), f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def process(database) -> Iterator[Hot]:
    with asyncio.Runner() as runner:
        process = Hot(runner, database)

        async def start() -> None:
            for queue in process.behind:
                queue.start()
            process.clerk = await asyncpg.connect(database)

        async def stop() -> None:
            for queue in process.behind:
                await queue.stop()
            await process.clerk.close()

        process.run(start())
        yield process
        process.run(stop())


@pytest.fixture
def exam(process) -> Hot:
    """The process, with no answers stored and both attempts open."""
    clean(process)
    return process
