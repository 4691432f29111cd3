"""The board in the hot process: the same picture as the page's, asked for many sittings at once."""

import asyncio
import time
from datetime import timedelta
from types import SimpleNamespace

import asyncpg
import pytest
from django.db import connection
from django.utils import timezone

from tests import make, make_exams, make_invigilation
from tests.browser.conftest import database_url
from zhupei.core import tickets
from zhupei.core.hot import Away, GroupCommit, Stream
from zhupei.core.streams import Feed
from zhupei.core.tickets import BadTicket
from zhupei.invigilation import hot
from zhupei.invigilation.models import Heard
from zhupei.invigilation.views import shown


def save(attempt, answers=()):
    return SimpleNamespace(attempt=attempt, answers=answers)


@pytest.mark.django_db(transaction=True)
def test_the_stream_goes_on_with_what_the_page_showed_first():
    world = make.world()
    starts = timezone.now().replace(microsecond=0) - timedelta(minutes=5)
    sitting = make_invigilation.running_sitting(world, world.adil, world.mayra, starts_at=starts)
    attempt = make_exams.started_attempt(sitting, world.adil)
    make_exams.answer(attempt, {0: "A"})

    async def look():
        connection = await asyncpg.connect(database_url())
        try:
            ear = hot.Ear(None)
            ear.hear(save(attempt.pk))
            ear.hear(save(0))
            ear.hear(save(attempt.pk + 1, answers=("…",)))
            assert await ear.write(connection) == 1
            ear.hear(save(attempt.pk))
            assert await ear.write(connection) == 0  # written down recently enough
            return await hot.look(connection, [sitting.pk, 0])
        finally:
            await connection.close()

    pictures = asyncio.run(look())
    page = shown.picture(sitting)

    assert set(pictures) == {sitting.pk}
    assert Heard.objects.get().attempt_id == attempt.pk
    assert without_clock(pictures[sitting.pk]) == without_clock(page)
    assert pictures[sitting.pk][f"seat/{attempt.candidate_id}"]["answered"] == 1
    connection.close()


def test_a_database_that_is_away_is_told_once_and_asked_only_when_somebody_is_due(
    monkeypatch, caplog
):
    monkeypatch.setattr(hot, "EVERY", 0.001)
    asked = []

    async def listen():
        often = asyncio.Event()

        async def connect():
            asked.append(1)
            if len(asked) > 3:
                often.set()
            raise FileNotFoundError("no socket")

        ear = hot.Ear(connect)
        ear.start()
        await asyncio.sleep(0.02)
        quiet = len(asked)
        ear.hear(save(7))
        await asyncio.wait_for(often.wait(), 60)
        await ear.stop()
        return quiet

    assert asyncio.run(listen()) == 0
    assert [record.message for record in caplog.records if "heard of" in record.message] == [
        "who was heard of is not written until it is back: FileNotFoundError('no socket')"
    ]


def without_clock(picture):
    return {name: piece for name, piece in picture.items() if name != "now"}


def test_the_door_takes_a_ticket_of_its_own_purpose_and_no_other():
    feed = Feed(None, None)
    (watch,) = hot.doors(feed).values()

    def knock(ticket):
        return asyncio.run(watch(f"ticket={ticket}".encode()))

    soon = timezone.now() + timedelta(minutes=1)
    assert isinstance(knock(tickets.issue("invigilation.board", 7, soon)), Stream)
    for wrong in (tickets.issue("exams.answer", 7, soon), "x" * 40, ""):
        with pytest.raises(BadTicket) as refusal:
            knock(wrong)
        assert refusal.value.code == "bad_ticket"
    past = timezone.now() - timedelta(seconds=2)
    with pytest.raises(BadTicket) as refusal:
        knock(tickets.issue("invigilation.board", 7, past))
    assert refusal.value.code == "expired_ticket"


def test_a_full_house_says_come_back(monkeypatch):
    monkeypatch.setattr("zhupei.core.streams.ROOM", 0)
    (watch,) = hot.doors(Feed(None, None)).values()
    ticket = tickets.issue("invigilation.board", 7, timezone.now() + timedelta(minutes=1))

    with pytest.raises(Away):
        asyncio.run(watch(f"ticket={ticket}".encode()))


def test_a_queue_tells_who_came():
    heard = []

    async def story():
        queue = GroupCommit(None, None)
        queue.tell(heard.append)
        future = queue.put(save(7))
        future.cancel()

    asyncio.run(story())
    assert [one.attempt for one in heard] == [7]


def test_who_was_not_heard_for_long_is_forgotten(monkeypatch):
    class Nothing:
        async def execute(self, *_):
            return ""

    ear = hot.Ear(None)
    ear.hear(save(7))
    asyncio.run(ear.write(Nothing()))
    assert ear._written == {7: pytest.approx(time.monotonic(), abs=5)}
    monkeypatch.setattr(hot, "ENOUGH", -1.0)
    asyncio.run(ear.write(Nothing()))
    assert ear._written == {}
