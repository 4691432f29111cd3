"""Timetables, assessors, taps: what the rules give for every input."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.practical.rules import entitled, turns
from zhupei.practical.rules.entitled import Facts, Lack, Reason
from zhupei.practical.rules.turns import Wanted

NINE = datetime(2026, 7, 1, 1, tzinfo=UTC)  # 09:00 in Beijing


def slots(**changed):
    said = {
        "stations": 3,
        "opens": NINE,
        "closes": NINE + timedelta(hours=9),
        "minutes": 80,
        "change": 10,
    }
    return turns.slots(**(said | changed))


def test_turns_come_in_waves_with_time_to_change():
    found = slots(closes=NINE + timedelta(minutes=170))

    assert [(slot.station, slot.starts_at) for slot in found] == [
        *((station, NINE) for station in (1, 2, 3)),
        *((station, NINE + timedelta(minutes=90)) for station in (1, 2, 3)),
    ]


def test_no_turn_crosses_the_pause_or_the_end():
    pause = (NINE + timedelta(hours=4), NINE + timedelta(hours=5))
    found = slots(pause=pause)

    assert all(slot.ends_at <= pause[0] or slot.starts_at >= pause[1] for slot in found)
    assert max(slot.ends_at for slot in found) <= NINE + timedelta(hours=9)
    assert slots(closes=NINE + timedelta(minutes=79)) == []


@given(
    st.integers(1, 8), st.integers(5, 240), st.integers(0, 30), st.integers(0, 8), st.integers(0, 3)
)
def test_no_station_holds_two_turns_at_a_time(stations, minutes, change, at, hours):
    pause = (NINE + timedelta(hours=at), NINE + timedelta(hours=at + hours))
    found = slots(stations=stations, minutes=minutes, change=change, pause=pause)

    for number in range(1, stations + 1):
        row = [slot for slot in found if slot.station == number]
        assert all(first.ends_at <= second.starts_at for first, second in pairwise(row))


def test_the_draw_can_be_repeated_and_leaves_nobody_out():
    keys = list(range(40))

    assert turns.drawn(keys, "a") == turns.drawn(reversed(keys), "a")
    assert turns.drawn(keys, "a") != turns.drawn(keys, "b")
    assert sorted(turns.drawn(keys, "a")) == keys


WANTED = st.lists(
    st.builds(
        lambda start, barred: (start, frozenset(barred)),
        st.integers(0, 6),
        st.frozensets(st.integers(1, 6), max_size=3),
    ),
    max_size=12,
)


@given(WANTED, st.sets(st.integers(1, 6)), st.integers(1, 4))
def test_assessors_are_two_different_free_and_not_barred(said, assessors, at_once):
    wanted = [
        Wanted(n, NINE + timedelta(hours=start), NINE + timedelta(hours=start + 1), barred)
        for n, (start, barred) in enumerate(said)
    ]
    given_out = turns.deal(wanted, assessors, at_once=at_once)

    busy = Counter()
    for turn in wanted:
        chosen = given_out[turn.turn]
        assert len(chosen) == len(set(chosen)) <= 2
        assert not set(chosen) & turn.barred
        busy.update((one, turn.starts_at) for one in chosen)
    assert max(busy.values(), default=0) <= at_once


def test_the_load_is_spread_evenly():
    wanted = [Wanted(n, NINE + timedelta(hours=n), NINE + timedelta(hours=n + 1)) for n in range(6)]
    given_out = turns.deal(wanted, [1, 2, 3, 4], at_once=1)

    load = Counter(one for chosen in given_out.values() for one in chosen)
    assert set(load.values()) == {3}


def test_busiest_counts_what_holds_at_one_moment():
    def hours(first, last):
        return (NINE + timedelta(hours=first), NINE + timedelta(hours=last))

    spans = [hours(0, 2), hours(1, 3), hours(2, 4), hours(5, 6)]
    assert turns.busiest(spans, hours(0, 4)) == 2
    assert turns.busiest(spans, hours(4, 5)) == 0


def facts(**changed):
    """Somebody who may be given a turn, but for what is changed."""
    given_facts = {
        "enrolled": True,
        "class_counts": True,
        "same_job": True,
        "consented": True,
        "counted": 100,
        "needed": 90,
        "practised": 60,
        "practice_needed": 50,
        "theory_passed": False,
        "theory_first": False,
    }
    return Facts(**(given_facts | changed))


def test_who_fulfils_everything_is_eligible():
    assert entitled.eligibility(facts()).eligible


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"enrolled": False}, Reason.WITHDRAWN),
        ({"class_counts": False}, Reason.CLASS_NOT_IN_EFFECT),
        ({"same_job": False}, Reason.OTHER_JOB),
        ({"counted": 89}, Reason.HOURS_SHORT),
        ({"practised": 49}, Reason.PRACTICE_SHORT),
        ({"consented": False}, Reason.NO_CONSENT),
        ({"theory_first": True}, Reason.THEORY_OPEN),
        ({"busy_with": "第 2 场"}, Reason.BUSY),
        ({"passed": True}, Reason.PASSED),
    ],
)
def test_each_missing_fact_is_a_reason_of_its_own(changed, reason):
    assert entitled.eligibility(facts(**changed)).reasons == (reason,)


TODAY = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("passed_on", "needed", "found"),
    [
        ([], False, None),
        ([], True, Lack.NONE_PASSED),
        ([date(2026, 1, 31)], True, None),  # the last day it is good
        ([date(2026, 1, 30)], True, Lack.TOO_OLD),
        ([date(2020, 1, 1), date(2026, 7, 1)], True, None),
    ],
)
def test_lack_says_what_a_certificate_still_wants(passed_on, needed, found):
    assert entitled.lack(passed_on, needed=needed, today=TODAY, months=6) == found
