"""The hot process of the tests: everything but its socket, and two candidates who use it."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from django.utils import timezone

from config.hot import SETTINGS
from tests.together import HELD_UP
from zhupei.core import tickets
from zhupei.core.hot import Application, GroupCommit
from zhupei.exams import hot
from zhupei.exams.hot import Answer, Save
from zhupei.exams.statements import HAND_IN as ENDING
from zhupei.exams.statements import START

AYGUL, WANG = 1, 2  # attempts
HAND_IN = "UPDATE exams_attempt SET handed_in_at = now() WHERE id = $1"


class Hot:
    """The hot process without its socket: every request goes through the bare application."""

    clerk: asyncpg.Connection  # looks at the tables, and changes attempts

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        self.run = runner.run
        self.url = url
        self.statements: list[str] = []
        self.behind = hot.queues(self.connect)
        self.queue: GroupCommit[Save, hot.Outcome] = self.behind.saves
        self.application = Application(hot.doors(self.behind), *self.behind)

    async def connect(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(self.url, server_settings=SETTINGS)
        for statement in (hot.SAVE, START, ENDING):
            await connection.prepare(statement)  # the driver asks once what an array is
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

    def start(self, attempt: int, *, ticket: str = "") -> Any:
        return self.run(self.press("start", attempt, ticket))

    def hand_in(self, attempt: int, *, ticket: str = "") -> Any:
        return self.run(self.press("hand-in", attempt, ticket))

    def press(self, name: str, attempt: int, ticket: str = "") -> Any:
        body = json.dumps({"ticket": ticket or ticket_of(attempt)}).encode()
        return self.ask("POST", f"/hot/{name}", body)

    def clock(self, attempt: int) -> Any:
        return self.run(self.ask("GET", "/hot/clock", query=f"ticket={ticket_of(attempt)}"))

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.run(self.clerk.fetch(statement, *values))]

    def stored(self) -> list[tuple[Any, ...]]:
        return self.sql("SELECT attempt_id, item, choice, turn FROM exams_answer ORDER BY 1, 2")


async def comes_to_wait(task: asyncio.Task[Any], holder: asyncpg.Connection) -> bool:
    """Whether ``task`` comes to wait for what ``holder`` has locked; False when it ends before."""
    while not task.done():
        if await holder.fetchval(HELD_UP):
            return True
        await asyncio.sleep(0.005)
    return False


def ticket_of(attempt: int, *, good_for: timedelta = timedelta(hours=1)) -> str:
    return tickets.issue(hot.PURPOSE, attempt, timezone.now() + good_for)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def clean(process: Hot) -> None:
    process.sql("DELETE FROM exams_answer")
    process.sql("DELETE FROM exams_lateanswer")
    if process.sql("SELECT FROM core_eventhead LIMIT 1"):  # emptying thirteen tables is slow
        process.sql("TRUNCATE core_event, core_eventhead")
    process.sql(
        "UPDATE exams_sitting SET state = 'sealed', starts_at = now() - interval '1 minute',"
        " needs_admission = false WHERE id <= 101"
    )
    process.sql(
        "UPDATE exams_attempt SET admitted_at = NULL, turned_away = false, started_at = now(),"
        " paused_at = NULL, closes_at = now() + '1 hour', handed_in_at = NULL, mark = NULL,"
        " passed = NULL, notice = 0 WHERE id <= 100"
    )
    process.statements.clear()
