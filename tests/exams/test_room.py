"""What those who watch a sitting do to attempts, and what it does to the candidates' clocks."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams, make_officials
from tests.exams.outcomes import refused, verbs_of
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.actions import attempts, invigilators, room, sittings
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.parameters import ADMISSION

NOW = timedelta(minutes=10)  # into the sitting


@pytest.fixture
def hall(world):
    """Adil and Mayra seated, Nur called to watch; ten minutes in."""
    make_officials.add(world)
    world.sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    called = invigilators.call(world.sitting, world.nur, by=world.chen)
    invigilators.accept(called, by=world.nur)
    with time_machine.travel(world.sitting.starts_at + NOW, tick=False) as world.clock:
        yield world


def started(hall, *names: str) -> list[Attempt]:
    users = [getattr(hall, name) for name in names or ("adil", "mayra")]
    return [make_exams.started_attempt(hall.sitting, user) for user in users]


def given(hall) -> list[Attempt]:
    return list(hall.sitting.attempts.order_by("pk"))


VERBS = {
    "admit": lambda rows, by: room.admit(rows, by=by),
    "pause": lambda rows, by: room.pause(rows, by=by, note="断电"),
    "resume": lambda rows, by: room.resume(rows, by=by),
    "add_time": lambda rows, by: room.add_time(rows, 5, by=by, note="设备故障"),
    "end": lambda rows, by: room.end(rows, by=by, note="离场"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("nur", True),  # called to this sitting
        ("chen", True),  # its examiner
        ("dong", False),  # of the same body, not called
        ("bai", False),  # watches for another body
        ("kurban", False),
        ("li", False),
        ("gu", False),
        ("aygul", False),
        ("adil", False),  # the candidate
    ],
)
def test_only_those_who_watch_this_sitting_act_in_its_room(hall, verb, name, may):
    rows = started(hall)
    if verb == "resume":
        room.pause(rows, by=hall.chen, note="断电")

    if may:
        assert VERBS[verb](rows, getattr(hall, name))
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](rows, getattr(hall, name))


def test_who_is_admitted_is_noted_once(hall):
    first, second = given(hall)

    assert room.admit([first], by=hall.nur) == [first]
    assert room.admit([first, second], by=hall.nur) == [second]
    assert refused(room.admit, [first, second], by=hall.nur) == "nobody_to_admit"
    assert refused(room.admit, [], by=hall.nur) == "nobody_chosen"
    assert verbs_of(first) == ["attempt.admitted"]
    assert audit.own_history(first).get().actor_name == str(hall.nur)


def test_nobody_begins_who_was_not_seen_at_the_door(world):
    make_officials.add(world)
    sitting = make_exams.sealed_sitting(world, open_door=False)
    attempt = make_exams.attempt_of(sitting, world.adil)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        assert refused(attempts.start, attempt.candidate, by=world.adil) == "not_admitted"
        room.admit([attempt], by=world.chen)
        assert attempts.start(attempt.candidate, by=world.adil).started_at


def test_where_the_parameter_says_so_they_begin_at_the_hour(world):
    make.parameter_value(ADMISSION, "no", make.LONG_AGO)

    assert not make_exams.sealed_sitting(world, open_door=False).needs_admission


def test_a_pause_stops_the_clock_and_the_hand(hall):
    row, _other = started(hall)
    before = row.closes_at

    room.pause([row], by=hall.nur, note="断电")
    assert refused(attempts.save, row, {0: "A"}, by=hall.adil) == "paused"
    assert refused(attempts.hand_in, row, by=hall.adil) == "paused"
    hall.clock.shift(timedelta(hours=3))
    assert attempts.close_overdue() == 1  # the other one
    room.resume([row], by=hall.nur)

    row.refresh_from_db()
    assert row.closes_at == before + timedelta(hours=3)
    assert attempts.save(row, {0: "A"}, by=hall.adil).choices() == {0: "A"}
    assert verbs_of(row) == ["attempt.started", "attempt.paused", "attempt.resumed"]
    assert audit.own_history(row)[1].facts["note"] == "断电"


def test_a_pause_nobody_ends_does_not_keep_the_sitting_open_for_ever(hall):
    rows = started(hall, "adil")
    room.pause(rows, by=hall.nur, note="断电")

    hall.clock.shift(timedelta(hours=5, minutes=59))
    assert attempts.close_overdue() == 0
    hall.clock.shift(timedelta(minutes=2))
    assert sittings.close_overdue() == 2  # the attempt, and then the sitting

    rows[0].refresh_from_db()
    assert (rows[0].paused_at, rows[0].handed_in_by_clock) == (None, True)


def test_a_whole_room_is_paused_at_once_and_only_those_who_write(hall):
    started(hall, "adil")

    assert len(room.pause(given(hall), by=hall.nur, note="疏散")) == 1
    assert refused(room.pause, given(hall), by=hall.nur, note="疏散") == "nobody_writing"
    assert refused(room.pause, given(hall), by=hall.nur, note=" ") == "note_required"
    assert len(room.resume(given(hall), by=hall.nur)) == 1
    assert refused(room.resume, given(hall), by=hall.nur) == "nobody_paused"


def test_added_minutes_move_the_end_of_one_or_of_all(hall):
    one, other = started(hall)
    end = hall.sitting.ends_at

    room.add_time([one], 10, by=hall.nur, note="换机")
    room.add_time(given(hall), 5, by=hall.nur, note="网络")

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.ends_at, other.ends_at) == (
        end + timedelta(minutes=15),
        end + timedelta(minutes=5),
    )
    assert (one.extra_minutes, other.extra_minutes) == (15, 5)
    assert audit.own_history(one).last().facts["minutes"] == 5
    hall.clock.shift(timedelta(minutes=56))
    assert attempts.close_overdue() == 1
    assert sittings.close_overdue() == 0  # the other one still writes
    assert attempts.save(one, {0: "B"}, by=hall.adil)


@pytest.mark.parametrize(
    ("minutes", "note", "code"),
    [(0, "x", "minutes_odd"), (5, "", "note_required"), (61, "x", "too_many_minutes")],
)
def test_added_minutes_have_a_reason_and_a_limit(hall, minutes, note, code):
    rows = started(hall)

    assert refused(room.add_time, rows, minutes, by=hall.nur, note=note) == code


def test_who_needs_more_time_gets_it_before_the_start(world):
    sitting = make_exams.sealed_sitting(world)
    row = make_exams.attempt_of(sitting, world.adil)

    room.add_time([row], 20, by=world.chen, note="视力障碍")

    with time_machine.travel(sitting.ends_at + timedelta(minutes=1), tick=False):
        assert attempts.start(row.candidate, by=world.adil).extra_minutes == 20


def test_ending_hands_in_what_is_there_and_marks_it(hall):
    row, _other = started(hall)
    make_exams.answer(row, make_exams.right(hall.sitting, 13))

    [ended] = room.end([row], by=hall.nur, note="身体不适离场")

    assert (ended.mark, ended.handed_in_by_clock) == (65, False)
    assert verbs_of(row) == [
        "attempt.started",
        "attempt.ended",
        "attempt.handed_in",
        "attempt.marked",
    ]
    assert audit.own_history(row)[2].actor_name == str(hall.nur)
    assert refused(room.end, [row], by=hall.nur, note="再次") == "nobody_writing"
    assert refused(room.add_time, [row], 5, by=hall.nur, note="太晚") == "nobody_writing"


def test_a_paused_attempt_can_be_ended(hall):
    rows = started(hall, "adil")
    room.pause(rows, by=hall.nur, note="违纪调查")

    [ended] = room.end(rows, by=hall.nur, note="终止")

    assert ended.handed_in_at
    assert ended.paused_at is None


def test_after_the_sitting_the_room_is_closed(hall):
    rows = started(hall, "adil")
    hall.clock.shift(timedelta(hours=2))
    sittings.close(hall.sitting, by=None)

    assert refused(room.add_time, rows, 5, by=hall.chen, note="太晚") == "not_now"


def test_an_announcement_is_noticed_by_those_who_write(hall):
    row, other = started(hall)
    attempts.hand_in(other, by=hall.mayra)

    assert room.notice(Sitting.objects.get(pk=hall.sitting.pk)) == 1

    row.refresh_from_db()
    assert row.notice == 1


def test_time_stands_still_for_nobody_else(hall):
    row, other = started(hall)
    room.pause([row], by=hall.nur, note="断电")
    hall.clock.move_to(hall.sitting.ends_at + timedelta(minutes=1))

    assert refused(sittings.close, hall.sitting, by=hall.chen) == "not_over"
    assert attempts.close_overdue() == 1

    other.refresh_from_db()
    assert other.handed_in_at == timezone.now()
