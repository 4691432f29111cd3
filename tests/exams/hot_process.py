"""The hot process of the tests: everything but its socket, and two candidates who use it."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from django.utils import timezone

from config.hot import SETTINGS
from zhupei.core import tickets
from zhupei.core.hot import Application, GroupCommit
from zhupei.exams import hot
from zhupei.exams.hot import Answer, Save

AYGUL, WANG = 1, 2  # attempts
HAND_IN = "UPDATE exams_attempt SET handed_in_at = now() WHERE id = $1"


class Hot:
    """The hot process without its socket: every request goes through the bare application."""

    clerk: asyncpg.Connection  # looks at the tables, and changes attempts

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        self.run = runner.run
        self.url = url
        self.statements: list[str] = []
        self.queue: GroupCommit[Save, hot.Outcome] = GroupCommit(self.connect, hot.write)
        self.application = Application(hot.doors(self.queue), self.queue)

    async def connect(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(self.url, server_settings=SETTINGS)
        await hot.write(connection, [])  # the driver asks once what an array is
        connection.add_query_logger(lambda record: self.statements.append(record.query))
        return connection

    async def ask(self, method: str, path: str, body: bytes = b"", query: str = "") -> Any:
        sent: list[Any] = []

        async def receive():
            return {"type": "http.request", "body": body}

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
        await self.application(scope, receive, send)
        return sent[0]["status"], json.loads(sent[1]["body"])

    async def post(self, attempt: int, *answers: Answer, ticket: str = "") -> Any:
        said = {
            "ticket": ticket or ticket_of(attempt),
            "answers": [answer._asdict() for answer in answers],
        }
        return await self.ask("POST", "/hot/answers", json.dumps(said).encode())

    def save(self, attempt: int, *answers: Answer, ticket: str = "") -> Any:
        return self.run(self.post(attempt, *answers, ticket=ticket))

    def clock(self, attempt: int) -> Any:
        return self.run(self.ask("GET", "/hot/clock", query=f"ticket={ticket_of(attempt)}"))

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.run(self.clerk.fetch(statement, *values))]

    def stored(self) -> list[tuple[Any, ...]]:
        return self.sql("SELECT attempt_id, item, choice, turn FROM exams_answer ORDER BY 1, 2")


def ticket_of(attempt: int, *, good_for: timedelta = timedelta(hours=1)) -> str:
    return tickets.issue(hot.PURPOSE, attempt, timezone.now() + good_for)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def clean(process: Hot) -> None:
    process.sql("DELETE FROM exams_answer")
    process.sql("UPDATE exams_attempt SET handed_in_at = NULL, closes_at = now() + '1 hour'")
    process.statements.clear()
