"""Starting and handing in through the hot process, against a real PostgreSQL."""

import asyncio
import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import pg
from tests.exams.hot_process import AYGUL, HAND_IN, WANG, Hot, clean, ticket_of
from zhupei.exams import handing_in, rules, sealing
from zhupei.exams.hot import Answer
from zhupei.exams.hot.ending import KEYS, LOCK
from zhupei.exams.statements import HAND_IN as ENDING
from zhupei.exams.statements import START

UNBEGUN = "UPDATE exams_attempt SET started_at = NULL WHERE id = ANY($1::bigint[])"
RIGHT = {place: pg.KEYS[place % len(pg.KEYS)] for place in range(pg.ITEMS)}
BROKEN = """
    SELECT count(*) FROM core_event e
     WHERE hash <> core_event_hash(previous, core_event_canonical(e))
        OR seq = 1 AND previous <> repeat('0', 64)
"""


@pytest.fixture
def door(exam) -> Hot:
    """Aygul and Wang are seated and have not begun."""
    exam.sql(UNBEGUN, [AYGUL, WANG])
    return exam


def sitting_of(attempt: int) -> int:
    return attempt % pg.SITTINGS + 1


def events(exam: Hot) -> list[tuple[Any, ...]]:
    return exam.sql("SELECT subject, seq, verb, actor_id, actor_name FROM core_event ORDER BY id")


def facts(exam: Hot, verb: str) -> dict[str, Any]:
    [(found,)] = exam.sql("SELECT facts FROM core_event WHERE verb = $1", verb)
    return json.loads(found)


# Starting


def test_a_start_hands_out_the_key_and_is_an_event_in_one_statement(door):
    status, said = door.start(AYGUL)

    assert (status, said["code"]) == (200, "open")
    assert said["key"] == sealing.text(sealing.form_key(sitting_of(AYGUL), 1))
    assert said["form"] == f"{sitting_of(AYGUL):064x}"
    assert said["now"] == said["started"]
    assert said["closes"] - said["now"] > 3_500_000
    assert door.statements == [START]
    assert events(door) == [("exams.attempt/1", 1, "attempt.started", AYGUL, "考生 1")]
    assert door.sql(BROKEN) == [(0,)]


def test_a_hundred_starts_at_once_are_one_statement(door):
    everybody = list(range(1, 101))
    door.sql(UNBEGUN, everybody)
    door.statements.clear()

    async def all_at_once():
        return await asyncio.gather(*(door.press("start", n) for n in everybody))

    replies = door.run(all_at_once())

    assert {status for status, _ in replies} == {200}
    assert door.statements == [START]
    assert len(events(door)) == 100
    assert door.sql(BROKEN) == [(0,)]


def test_a_second_press_and_a_second_machine_go_on_with_the_same(door):
    _, first = door.start(AYGUL)
    status, second = door.start(AYGUL)

    assert status == 200
    assert {name: second[name] for name in ("started", "seed", "key", "form")} == {
        name: first[name] for name in ("started", "seed", "key", "form")
    }
    assert len(events(door)) == 1


SITTING = "UPDATE exams_sitting SET {} WHERE id = $1"
ATTEMPT = "UPDATE exams_attempt SET {} WHERE id = $1"


@pytest.mark.parametrize(
    ("sitting", "attempt", "code"),
    [
        ("state = 'cancelled'", "", "not_sealed"),
        ("starts_at = now() + interval '1 second'", "", "too_early"),
        ("needs_admission = true", "", "not_admitted"),
        ("", "turned_away = true", "not_admitted"),
        ("", "paused_at = now()", "paused"),
        ("", "closes_at = now()", "closed"),
        ("", "closes_at = now() + interval '29 seconds'", "too_late"),  # only its grace is left
        ("", "started_at = now(), handed_in_at = now()", "handed_in"),
    ],
)
def test_why_somebody_may_not_start(door, sitting, attempt, code):
    if sitting:
        door.sql(SITTING.format(sitting), sitting_of(AYGUL))
    if attempt:
        door.sql(ATTEMPT.format(attempt), AYGUL)

    status, said = door.start(AYGUL)

    assert (status, said["code"]) == (409, code)
    assert not {"key", "seed"} & set(said)
    assert events(door) == []
    assert door.start(WANG)[0] == 200


def test_who_was_admitted_starts_where_it_is_asked_for(door):
    door.sql(SITTING.format("needs_admission = true"), sitting_of(AYGUL))
    door.sql("UPDATE exams_attempt SET admitted_at = now() WHERE id = $1", AYGUL)

    assert door.start(AYGUL)[0] == 200


def test_a_ticket_opens_only_its_own_form(door):
    altered = "A" * 40
    expired = ticket_of(AYGUL, good_for=timedelta(seconds=-2))

    assert door.start(AYGUL, ticket=altered) == (403, {"code": "bad_ticket"})
    assert door.start(AYGUL, ticket=expired) == (403, {"code": "expired_ticket"})
    assert door.start(999_999) == (503, {"code": "busy"})
    for body in (b"", b"[]", b"{}", b'{"ticket":7}'):
        assert door.run(door.ask("POST", "/hot/start", body)) == (400, {"code": "garbled"})
        assert door.run(door.ask("POST", "/hot/hand-in", body)) == (400, {"code": "garbled"})
    assert events(door) == []


def test_before_the_start_nothing_is_saved(door):
    status, said = door.save(AYGUL, Answer(1, "B", 1))

    assert (status, said["code"]) == (409, "not_started")
    assert door.clock(AYGUL)[1]["code"] == "not_started"
    assert door.stored() == []
    assert door.sql("SELECT FROM exams_lateanswer") == []


# Handing in


def test_handing_in_marks_and_leaves_the_receipt(exam):
    exam.save(AYGUL, *(Answer(place, RIGHT[place], 1) for place in range(13)))

    status, said = exam.hand_in(AYGUL)

    answers = {place: RIGHT[place] for place in range(13)}
    assert (status, said["code"], said["answered"], said["marked"]) == (200, "handed_in", 13, True)
    assert said["receipt"] == rules.receipt(answers)
    [(mark, passed, by_clock)] = exam.sql(
        "SELECT mark, passed, handed_in_by_clock FROM exams_attempt WHERE id = $1", AYGUL
    )
    assert (mark, passed, by_clock) == (Decimal("65.00"), True, False)
    assert [event[1:] for event in events(exam)] == [
        (1, "attempt.handed_in", AYGUL, "考生 1"),
        (2, "attempt.marked", None, ""),
    ]
    assert facts(exam, "attempt.handed_in")["sha256"] == said["receipt"]
    assert facts(exam, "attempt.marked")["mark"] == "65.00"
    assert exam.sql(BROKEN) == [(0,)]


def test_handing_in_again_says_the_same_and_changes_nothing(exam):
    exam.save(AYGUL, Answer(0, "A", 1))
    _, first = exam.hand_in(AYGUL)

    status, second = exam.hand_in(AYGUL)

    assert status == 200
    assert (second["at"], second["receipt"]) == (first["at"], first["receipt"])
    assert len(events(exam)) == 2


def test_a_wave_of_hand_ins_is_four_statements_a_batch(exam):
    everybody = list(range(1, 91))

    async def all_at_once():
        return await asyncio.gather(*(exam.press("hand-in", n) for n in everybody))

    replies = exam.run(all_at_once())

    assert {status for status, _ in replies} == {200}
    asked = [statement for statement in exam.statements if statement not in {"BEGIN;", "COMMIT;"}]
    assert len(asked) <= 5
    assert asked.count(ENDING) == 1
    assert len(events(exam)) == 180


@pytest.mark.parametrize(
    ("change", "code"),
    [("started_at = NULL", "not_started"), ("paused_at = now()", "paused")],
)
def test_who_cannot_hand_in(exam, change, code):
    exam.sql(ATTEMPT.format(change), AYGUL)

    status, said = exam.hand_in(AYGUL)

    assert (status, said["code"]) == (409, code)
    assert events(exam) == []


def test_a_hand_in_after_the_end_counts_as_the_clocks(exam):
    exam.sql("UPDATE exams_attempt SET closes_at = now() + interval '29 s' WHERE id = $1", AYGUL)

    assert exam.hand_in(AYGUL)[0] == 200
    assert exam.sql("SELECT handed_in_by_clock FROM exams_attempt WHERE id = 1") == [(True,)]


def test_answers_to_places_the_form_has_not_count_nowhere(exam):
    exam.save(AYGUL, Answer(0, "A", 1), Answer(pg.ITEMS, "A", 1), Answer(9_999, "A", 1))

    assert exam.hand_in(AYGUL)[1]["answered"] == 1


def test_an_essay_waits_for_people(exam):
    marking = {
        "kinds": ["essay"],
        "keys": {"0": {"rubric": [], "sample": ""}},
        "points": {"0": "10"},
    }
    number = sitting_of(7)
    sealed = sealing.seal(sealing.marking_key(number, 2), marking)
    exam.sql(
        "INSERT INTO exams_paper VALUES (777, $1, 2, 1, 'x', $2) ON CONFLICT (id) DO NOTHING",
        number,
        sealed,
    )
    exam.sql("UPDATE exams_attempt SET paper_id = 777 WHERE id = 7")
    exam.save(7, Answer(0, "先支护，后开挖。" * 600, 1))

    status, said = exam.hand_in(7)

    assert (status, said["marked"], said["answered"]) == (200, False, 1)
    assert exam.sql("SELECT mark FROM exams_attempt WHERE id = 7") == [(None,)]
    assert [event[2] for event in events(exam)] == ["attempt.handed_in"]
    exam.sql("UPDATE exams_attempt SET paper_id = $1 WHERE id = 7", number)


async def hand_in_while_a_save_is_under_way(exam: Hot) -> tuple[bool, Any]:
    """Whether the hand-in waited, and what it said."""
    saver = await asyncpg.connect(exam.url)
    try:
        transaction = saver.transaction()
        await transaction.start()
        await saver.execute("SELECT FROM exams_attempt WHERE id = $1 FOR SHARE", AYGUL)
        await saver.execute("INSERT INTO exams_answer VALUES ($1, 5, 'B', 1, now())", AYGUL)
        handing = asyncio.create_task(exam.press("hand-in", AYGUL))
        _, waiting = await asyncio.wait([handing], timeout=0.15)
        await transaction.commit()
        return bool(waiting), await handing
    finally:
        await saver.close()


def test_a_hand_in_waits_for_a_save_under_way_and_counts_it(exam):
    waited, (status, said) = exam.run(hand_in_while_a_save_is_under_way(exam))

    assert (waited, status, said["answered"]) == (True, 200, 1)


def test_it_keeps_no_stranger_waiting(exam):
    async def story():
        clerk = await asyncpg.connect(exam.url)
        try:
            async with clerk.transaction():
                await clerk.execute("SELECT FROM exams_attempt WHERE id = 1 FOR UPDATE")
                return await asyncio.wait_for(exam.press("hand-in", WANG), 60)
        finally:
            await clerk.close()

    assert exam.run(story())[0] == 200


def test_an_attempt_somebody_holds_on_to_asks_for_patience(exam):
    async def story():
        clerk = await asyncpg.connect(exam.url)
        try:
            async with clerk.transaction():
                await clerk.execute(HAND_IN, AYGUL)
                return await exam.press("hand-in", AYGUL)
        finally:
            await clerk.close()

    assert exam.run(story()) == (503, {"code": "busy"})


def test_keys_of_a_form_are_fetched_once(exam):
    exam.hand_in(AYGUL)
    exam.hand_in(AYGUL + pg.SITTINGS)

    assert exam.statements.count(KEYS) <= 1
    assert exam.statements.count(LOCK) == 2


@settings(deadline=None, max_examples=40)
@given(
    answers=st.dictionaries(
        st.integers(0, pg.ITEMS + 2), st.sampled_from(["", "A", "B", "C", "D", "AB"])
    )
)
def test_the_mark_in_the_table_is_the_mark_of_the_rule(process, answers):
    clean(process)
    process.save(AYGUL, *(Answer(place, text, 1) for place, text in answers.items()))

    _, said = process.hand_in(AYGUL)

    marking = rules.Marking(
        ["single"] * pg.ITEMS, RIGHT, dict.fromkeys(range(pg.ITEMS), Decimal(1))
    )
    sheet = handing_in.Sheet(AYGUL, answers, marking, Decimal(60), by_clock=False)
    expected = handing_in.result(sheet)
    assert (said["answered"], said["receipt"]) == (expected.answered, expected.receipt)
    [row] = process.sql("SELECT mark, passed FROM exams_attempt WHERE id = $1", AYGUL)
    assert row == (expected.mark, expected.passed)


# Too late, and standing still


@pytest.mark.parametrize("how", ["closes_at = now()", "handed_in_at = now()"])
def test_what_comes_too_late_is_kept_apart_and_named(exam, how):
    exam.save(AYGUL, Answer(0, "A", 5), Answer(1, "A", 5))
    exam.sql(ATTEMPT.format(how), AYGUL)

    status, said = exam.save(AYGUL, Answer(0, "A", 5), Answer(1, "C", 9), Answer(2, "D", 9))

    assert status == 409
    assert (said["late"], said["turns"]) == ([1, 2], {"0": 5, "1": 5})
    assert exam.sql("SELECT item, choice, turn, counts FROM exams_lateanswer ORDER BY 1") == [
        (1, "C", 9, None),
        (2, "D", 9, None),
    ]
    assert exam.stored() == [(AYGUL, 0, "A", 5), (AYGUL, 1, "A", 5)]


def test_the_newest_late_answer_is_kept_until_it_was_judged(exam):
    exam.sql("UPDATE exams_attempt SET closes_at = now() WHERE id = $1", AYGUL)
    late = "SELECT choice, turn FROM exams_lateanswer"

    exam.save(AYGUL, Answer(1, "C", 9))
    exam.save(AYGUL, Answer(1, "B", 8))
    assert exam.sql(late) == [("C", 9)]
    exam.save(AYGUL, Answer(1, "D", 10))
    assert exam.sql(late) == [("D", 10)]
    exam.sql("UPDATE exams_lateanswer SET counts = false")
    exam.save(AYGUL, Answer(1, "A", 11))
    assert exam.sql(late) == [("D", 10)]


def test_a_pause_takes_nothing_and_keeps_nothing(exam):
    exam.sql("UPDATE exams_attempt SET paused_at = now(), notice = 3 WHERE id = $1", AYGUL)

    status, said = exam.save(AYGUL, Answer(1, "C", 9))

    assert (status, said["code"], said["notice"]) == (409, "paused", 3)
    assert exam.clock(AYGUL)[1]["code"] == "paused"
    assert exam.stored() == exam.sql("SELECT FROM exams_lateanswer") == []


def test_an_essay_fits_and_a_megabyte_is_told_to_be_too_much(exam):
    assert exam.save(AYGUL, Answer(1, "字" * 10_000, 1))[0] == 200
    assert exam.save(AYGUL, Answer(1, "字" * 10_001, 2)) == (413, {"code": "too_large"})
    assert exam.save(AYGUL, Answer(1, "x" * 1_000_000, 2)) == (413, {"code": "too_large"})


def test_a_clock_an_hour_off_harms_nobody(exam):
    """The deadline is the database's; a turn of the future only has to grow."""
    ahead = exam.clock(AYGUL)[1]["now"] + 3_600_000

    exam.save(AYGUL, Answer(1, "B", ahead))
    exam.save(AYGUL, Answer(1, "C", ahead + 1))

    assert exam.stored() == [(AYGUL, 1, "C", ahead + 1)]
