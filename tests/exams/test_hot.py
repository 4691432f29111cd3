"""Saving answers against a real PostgreSQL: tests/exams/conftest.py starts the process."""

import asyncio
import json
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from django.db import connection as site
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exams.hot_process import (
    AYGUL,
    HAND_IN,
    WANG,
    Hot,
    clean,
    comes_to_wait,
    milliseconds,
    ticket_of,
)
from zhupei.exams import hot
from zhupei.exams.hot import SAVE, Answer, Save
from zhupei.exams.rules import newest_turn_wins

LOCK = "FOR SHARE SKIP LOCKED"


# Saving


def test_an_answer_is_stored_and_said_to_be(exam):
    status, said = exam.save(AYGUL, Answer(3, "B", 1))

    assert status == 200
    assert (said["code"], said["saved"], said["turns"]) == ("saved", [3], {"3": 1})
    assert said["closes"] - said["now"] > 3_500_000
    assert exam.stored() == [(AYGUL, 3, "B", 1)]


def test_one_answer_needs_no_list(exam):
    body = json.dumps({"ticket": ticket_of(AYGUL), "item": 0, "choice": "AC", "turn": 9}).encode()

    assert exam.run(exam.ask("POST", "/hot/answers", body))[0] == 200
    assert exam.stored() == [(AYGUL, 0, "AC", 9)]


def test_the_newest_turn_wins_whatever_the_order_of_arrival(exam):
    exam.save(AYGUL, Answer(1, "C", 2))
    status, said = exam.save(AYGUL, Answer(1, "A", 1))

    assert (status, said["saved"], said["turns"]) == (200, [1], {"1": 2})
    assert exam.stored() == [(AYGUL, 1, "C", 2)]


def test_a_repeated_request_changes_nothing(exam):
    exam.save(AYGUL, Answer(1, "C", 2))
    before = exam.sql("SELECT saved_at FROM exams_answer")

    assert exam.save(AYGUL, Answer(1, "C", 2))[0] == 200
    assert exam.sql("SELECT saved_at FROM exams_answer") == before


def test_a_whole_paper_fits_in_one_request(exam):
    answers = [Answer(item, "建" * 100, 1) for item in range(50)]

    assert exam.save(AYGUL, *answers)[1]["saved"] == list(range(50))
    assert len(exam.stored()) == 50


def test_a_hundred_candidates_are_one_statement(exam):
    async def all_at_once():
        return await asyncio.gather(*(exam.post(n, Answer(1, "B", 1)) for n in range(1, 101)))

    replies = exam.run(all_at_once())

    assert {status for status, _ in replies} == {200}
    assert exam.statements == [SAVE]
    assert len(exam.stored()) == 100


# Refusing


def test_nothing_is_saved_after_time_is_up(exam):
    exam.sql("UPDATE exams_attempt SET closes_at = now() - interval '1 ms' WHERE id = $1", AYGUL)

    status, said = exam.save(AYGUL, Answer(1, "B", 1))

    assert (status, said["code"]) == (409, "closed")
    assert said["closes"] <= said["now"]
    assert exam.stored() == []


def test_nothing_is_saved_after_handing_in(exam):
    exam.sql(HAND_IN, AYGUL)

    assert exam.save(AYGUL, Answer(1, "B", 1))[1]["code"] == "handed_in"
    assert exam.save(WANG, Answer(1, "B", 1))[0] == 200
    assert exam.stored() == [(WANG, 1, "B", 1)]


def test_an_altered_or_expired_ticket_is_refused_without_a_query(exam):
    genuine = ticket_of(AYGUL)
    altered = genuine[:8] + ("A" if genuine[8] != "A" else "B") + genuine[9:]
    expired = ticket_of(AYGUL, good_for=timedelta(seconds=-2))

    assert exam.save(AYGUL, ticket=altered) == (403, {"code": "bad_ticket"})
    assert exam.save(AYGUL, ticket=expired) == (403, {"code": "expired_ticket"})
    assert exam.run(exam.ask("GET", "/hot/clock")) == (403, {"code": "bad_ticket"})
    assert exam.statements == []


@pytest.mark.parametrize(
    "answers",
    [
        "A",
        None,
        [1],
        [{}],
        [{"item": 1, "choice": "A"}],
        [{"item": "1", "choice": "A", "turn": 1}],
        [{"item": True, "choice": "A", "turn": 1}],
        [{"item": -1, "choice": "A", "turn": 1}],
        [{"item": 32768, "choice": "A", "turn": 1}],
        [{"item": 1, "choice": "A", "turn": -1}],
        [{"item": 1, "choice": "A", "turn": 2**63}],
        [{"item": 1, "choice": "A", "turn": 1.5}],
        [{"item": 1, "choice": None, "turn": 1}],
        [{"item": 1, "choice": "A\0", "turn": 1}],
        [{"item": 1, "choice": "\ud800", "turn": 1}],
    ],
)
def test_what_our_page_would_not_send_is_garbled(exam, answers):
    body = json.dumps({"ticket": ticket_of(AYGUL), "answers": answers}).encode()

    assert exam.run(exam.ask("POST", "/hot/answers", body)) == (400, {"code": "garbled"})
    assert exam.statements == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 60_000, b'{"ticket":7}'])
def test_what_is_not_our_json_is_garbled(exam, body):
    assert exam.run(exam.ask("POST", "/hot/answers", body)) == (400, {"code": "garbled"})


# What a stranger might put into a field, and what PostgreSQL must never choke on: one bad answer
# that passed the check would fail the whole batch, strangers included.
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([])
POSSIBLE = st.fixed_dictionaries(
    {
        "item": st.integers(-2, 2**15 + 2) | ANYTHING,
        "choice": st.text(st.characters(exclude_categories=())) | ANYTHING,
        "turn": st.integers(-1, 2**63 + 1) | ANYTHING,
    }
)


@settings(deadline=None, max_examples=150)
@given(answer=POSSIBLE)
def test_no_answer_that_is_understood_fails_in_the_database(process, answer):
    clean(process)

    body = json.dumps({"ticket": ticket_of(AYGUL), "answers": [answer]}).encode()

    assert process.run(process.ask("POST", "/hot/answers", body))[0] in {200, 400}


# The rule and the statement

PRESSED = st.tuples(
    st.integers(1, 3),
    st.builds(Answer, st.integers(0, 2), st.sampled_from("ABCD"), st.integers(0, 5)),
)


@settings(deadline=None, max_examples=100)
@given(batches=st.lists(st.lists(PRESSED, min_size=1, max_size=6), max_size=6))
def test_the_statement_stores_what_the_rule_says(process, batches):
    clean(process)
    expected: dict[tuple[int, int], Answer] = {}

    for batch in batches:
        outcomes = process.run(written(process, [Save(who, (answer,)) for who, answer in batch]))
        for who, answer in batch:
            key = who, answer.item
            expected[key] = newest_turn_wins(expected.get(key), answer)
        for (who, answer), outcome in zip(batch, outcomes, strict=True):
            assert outcome.turns[answer.item] == expected[who, answer.item].turn

    assert process.stored() == [
        (who, item, answer.choice, answer.turn) for (who, item), answer in sorted(expected.items())
    ]


def written(process: Hot, batch: list[Save]) -> Coroutine[Any, Any, list[hot.Outcome]]:
    async def together():
        return await asyncio.gather(*[process.queue.put(save) for save in batch])

    return together()


# Handing in


async def save_under_way_while_handing_in(exam: Hot, statement: str) -> tuple[bool, int]:
    """Hand in while a save is written but not committed.

    Returns whether handing in waited, and how many answers it then saw.
    """
    saver, clerk = await asyncpg.connect(exam.url), await asyncpg.connect(exam.url)
    try:
        transaction = saver.transaction()
        await transaction.start()
        await saver.fetch(statement, [AYGUL], [AYGUL], [1], ["B"], [1])
        handing_in = asyncio.create_task(clerk.execute(HAND_IN, AYGUL))
        waiting = await comes_to_wait(handing_in, saver)
        if not waiting:
            seen = await clerk.fetchval("SELECT count(*) FROM exams_answer")
        await transaction.commit()
        await handing_in
        if waiting:
            seen = await clerk.fetchval("SELECT count(*) FROM exams_answer")
        return waiting, seen
    finally:
        await saver.close()
        await clerk.close()


def test_handing_in_waits_for_a_save_under_way_and_marks_it(exam):
    assert exam.run(save_under_way_while_handing_in(exam, SAVE)) == (True, 1)


def test_without_the_lock_handing_in_would_lose_that_answer(exam):
    assert LOCK in SAVE

    unlocked = SAVE.replace(LOCK, "")

    assert exam.run(save_under_way_while_handing_in(exam, unlocked)) == (False, 0)
    assert len(exam.stored()) == 1  # acknowledged, and never marked


async def handing_in(exam: Hot, meanwhile: Coroutine[Any, Any, Any]) -> Any:
    """What others hear while Aygul's attempt is being handed in and not yet committed."""
    clerk = await asyncpg.connect(exam.url)
    try:
        async with clerk.transaction():
            await clerk.execute(
                "UPDATE exams_attempt SET handed_in_at = now() WHERE id = $1", AYGUL
            )
            return await asyncio.wait_for(meanwhile, 60)
    finally:
        await clerk.close()


def test_whoever_hands_in_keeps_nobody_else_waiting(exam):
    async def both():
        return await asyncio.gather(
            exam.post(AYGUL, Answer(1, "A", 1)), exam.post(WANG, Answer(1, "B", 1))
        )

    (hers, said), (his, _) = exam.run(handing_in(exam, both()))

    assert (hers, said["code"], his) == (503, "busy", 200)
    assert exam.stored() == [(WANG, 1, "B", 1)]
    assert exam.save(AYGUL, Answer(1, "A", 1))[1]["code"] == "handed_in"


# The clock, and the database's absence


def test_the_clock_shows_a_deadline_that_was_moved(exam):
    later = timezone.now() + timedelta(hours=3)
    exam.sql("UPDATE exams_attempt SET closes_at = $2 WHERE id = $1", AYGUL, later)

    status, said = exam.clock(AYGUL)

    assert (status, said["code"], said["closes"]) == (200, "open", milliseconds(later))
    assert abs(said["now"] - milliseconds(timezone.now())) < 2_000
    assert exam.save(AYGUL, Answer(1, "B", 1))[1]["closes"] == milliseconds(later)


def test_the_clock_says_why_nothing_can_be_saved(exam):
    exam.sql("UPDATE exams_attempt SET closes_at = now() WHERE id = $1", AYGUL)
    exam.sql(HAND_IN, WANG)

    assert exam.clock(AYGUL)[1]["code"] == "closed"
    assert exam.clock(WANG)[1]["code"] == "handed_in"


def test_the_clock_of_an_attempt_being_handed_in_asks_for_patience(exam):
    asked = exam.ask("GET", "/hot/clock", query=f"ticket={ticket_of(AYGUL)}")

    assert exam.run(handing_in(exam, asked)) == (503, {"code": "busy"})


def test_nobody_notices_that_idle_connections_were_lost(exam):
    assert exam.run(exam.ask("GET", "/hot/healthz")) == (200, {"code": "ok"})
    exam.sql(
        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'zhupei-hot'"
    )

    replies = [exam.save(AYGUL, Answer(1, "B", turn)) for turn in range(1, 4)]

    assert [status for status, _ in replies] == [200, 200, 200]
    assert exam.stored() == [(AYGUL, 1, "B", 3)]


def test_without_a_database_nothing_is_acknowledged(tmp_path):
    with asyncio.Runner() as runner:
        process = Hot(runner, f"postgresql:///zhupei?host={tmp_path}&user=zhupei")

        async def story():
            for queue in process.behind:
                queue.start()
            saved = await process.post(AYGUL, Answer(1, "B", 1))
            health = await process.ask("GET", "/hot/healthz")
            begun = await process.press("start", AYGUL)
            ended = await process.press("hand-in", AYGUL)
            for queue in process.behind:
                await queue.stop()
            return saved, health, begun, ended

        assert process.run(story()) == ((503, {"code": "away"}),) * 4


# The site's tables


COLUMNS = """
    SELECT column_name::text, data_type::text, is_nullable::text
      FROM information_schema.columns WHERE table_name::text = """


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["exams_sitting", "exams_paper", "exams_attempt", "exams_answer", "exams_lateanswer"],
)
def test_the_site_has_the_columns_the_statement_names(exam, table):
    with site.cursor() as cursor:
        cursor.execute(f"{COLUMNS} %s", [table])
        of_the_site = set(cursor.fetchall())

    assert set(exam.sql(f"{COLUMNS} $1", table)) <= of_the_site
