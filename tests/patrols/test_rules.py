"""The rules of patrols, as tables of cases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.patrols import checklist
from zhupei.patrols.rules import sampling
from zhupei.patrols.rules.coverage import (
    Due,
    Facts,
    Tally,
    after_a_pause,
    coverage,
    due,
    met,
    standing,
)

BEGIN = datetime(2026, 11, 2, 2, tzinfo=UTC)
END = datetime(2026, 11, 6, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("held", "stopped", "owed", "end"),
    [
        (True, None, True, END),
        (False, None, False, END),
        (False, BEGIN - HOUR, False, END),  # called off before it began
        (False, BEGIN, False, END),
        (False, BEGIN + HOUR, True, BEGIN + HOUR),  # stopped after it began
        (True, END - HOUR, True, END - HOUR),  # ended before its time
        (True, END + HOUR, True, END),
    ],
)
def test_standing_what_takes_place_owes_a_look(held, stopped, owed, end):
    found = standing(Facts(BEGIN, END, held=held, stopped_at=stopped))

    assert (found.owed, found.opens_at, found.closes_at) == (owed, BEGIN, end)


@pytest.mark.parametrize(
    ("now", "planned", "paused", "said"),
    [
        (END - HOUR, False, None, Due.RUNS),
        (END, False, None, Due.MISSED),
        (END, True, None, Due.RUNS),  # the form may still be on a phone
        (END + 47 * HOUR, True, None, Due.RUNS),
        (END + 48 * HOUR, True, None, Due.MISSED),
        (END + 480 * HOUR, False, BEGIN, Due.RUNS),
    ],
)
def test_due_missed_is_a_fact_of_the_clock(now, planned, paused, said):
    assert due(END, now, planned=planned, offline=48 * HOUR, paused_since=paused) is said


@pytest.mark.parametrize(
    ("paused", "now", "said"),
    [
        (END - HOUR, END + HOUR, Due.LIFTED),
        (END - HOUR, END - HOUR / 2, Due.RUNS),
        (END + HOUR, END + 2 * HOUR, Due.RUNS),  # it had ended before
    ],
)
def test_after_a_pause_nobody_missed_what_nobody_held(paused, now, said):
    assert after_a_pause(END, paused, now) is said


@pytest.mark.parametrize(
    ("at", "good"),
    [
        (BEGIN - 2 * HOUR, False),
        (BEGIN - HOUR, True),
        (END, True),
        (END + HOUR, False),
    ],
)
def test_met_a_look_is_taken_while_there_is_something_to_see(at, good):
    assert met(at, opens_at=BEGIN, closes_at=END, early=HOUR) is good


@pytest.mark.parametrize(
    ("done", "missed", "percent"),
    [
        (0, 0, None),
        (3, 0, Decimal(100)),
        (0, 2, Decimal(0)),
        (1999, 1, Decimal("99.9")),  # never rounded up to all
        (2, 1, Decimal("66.6")),
    ],
)
def test_coverage_is_never_rounded_up(done, missed, percent):
    assert coverage(done, missed) == percent
    assert Tally(done=done, missed=missed, owed=5).coverage == percent


def test_tallies_add_up_and_group():
    rows = [("a", "done", 2), ("b", "missed", 1), ("a", "owed", 1), ("a", "done", 1)]
    found = Tally.grouped(rows)

    assert found["a"] == Tally(owed=1, done=3)
    assert found["a"] + found["b"] == Tally(owed=1, done=3, missed=1)
    assert (found["a"].all, found["a"].settled) == (4, 3)


@given(st.text(max_size=20), st.sets(st.integers(1, 10**9), max_size=60), st.integers(1, 30))
def test_drawn_the_same_seed_draws_the_same_people(seed, keys, size):
    found = sampling.drawn(seed, "lesson 1", keys, size)

    assert found == sampling.drawn(seed, "lesson 1", list(keys)[::-1], size)
    assert len(found) == min(size, len(keys)) == len(set(found))
    assert set(found) <= keys


def test_drawn_everybody_is_as_likely():
    hits = dict.fromkeys(range(10), 0)
    for n in range(2000):
        for key in sampling.drawn(f"seed {n}", "1", hits, 3):
            hits[key] += 1

    assert all(480 < count < 720 for count in hits.values())  # 600 each


@pytest.mark.parametrize(
    ("seen", "signed", "said"),
    [
        ("absent", True, "ghost"),
        ("absent", False, None),
        ("absent", None, None),
        ("other", True, "stand_in"),
        ("other", False, "stand_in"),
        ("here", False, "unsigned"),
        ("here", True, None),
        ("here", None, None),
        (None, True, None),
    ],
)
def test_verdict_of_a_roll_call_against_the_record(seen, signed, said):
    assert sampling.verdict(seen, signed=signed) == said


def test_missing_and_faults_of_a_form():
    form = checklist.items(checklist.VERSION, "theory")
    answers = {item.key: "good" for item in form} | {"order": "bad", "machines": "none"}

    assert checklist.missing(form, answers) == []
    assert [item.key for item in checklist.faults(form, answers)] == ["order"]
    assert [item.key for item in checklist.missing(form, answers | {"held": "perhaps"})] == ["held"]


@pytest.mark.parametrize("kind", ["class", "theory", "practical"])
def test_every_item_cites_its_article_and_says_what_is_found(kind):
    form = checklist.items(checklist.VERSION, kind)

    assert len({item.key for item in form}) == len(form) >= 5
    assert all(item.law.startswith("第") and str(item.fault) for item in form)
    assert {item.severity for item in form} <= {"minor", "ordinary", "serious"}
