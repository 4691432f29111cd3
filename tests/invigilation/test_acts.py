"""Deeds of the room are previewed and done once; words to all reach the candidates' pages."""

from datetime import timedelta

import pytest
import time_machine

from tests import make_exams, make_invigilation
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.models import Attempt
from zhupei.invigilation.actions import acts, notices
from zhupei.invigilation.actions.acts import Asked
from zhupei.invigilation.models import Notice


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture(autouse=True)
def writing(room, sitting):
    """Adil writes, Mayra has not begun."""
    with make_invigilation.before_the_start(sitting, 5):
        make_invigilation.admitted(make_exams.seat_of(sitting, room.adil), by=room.nur)
    with time_machine.travel(make_exams.during(sitting, 10), tick=False):
        make_exams.started_attempt(sitting, room.adil)
        yield


def everybody(sitting):
    return list(sitting.attempts.order_by("pk"))


def asked(sitting, name, minutes=0):
    rows = [one for one in everybody(sitting) if acts.APPLIES[name](one)]
    return Asked("网络中断", minutes, acts.mark(rows))


def do(sitting, name, by, said):
    return acts.do(sitting, name, everybody(sitting), by=by, asked=said)


def test_a_second_press_adds_no_minutes(room, sitting):
    said = asked(sitting, "add_time", 5)
    ends = everybody(sitting)[0].closes_at

    assert len(do(sitting, "add_time", room.nur, said)) == 2
    with refused("changed_meanwhile"):
        do(sitting, "add_time", room.nur, said)
    with refused("changed_meanwhile"):
        do(sitting, "add_time", room.dong, said)  # the other one previewed the same

    assert [one.closes_at - ends for one in everybody(sitting)] == [timedelta(minutes=5)] * 2
    do(sitting, "add_time", room.dong, asked(sitting, "add_time", 3))
    assert [one.extra_minutes for one in everybody(sitting)] == [8, 8]


def test_only_who_is_writing_is_paused_and_goes_on(room, sitting):
    (paused,) = do(sitting, "pause", room.nur, asked(sitting, "pause"))
    assert paused == make_exams.attempt_of(sitting, room.adil)

    (resumed,) = do(sitting, "resume", room.dong, asked(sitting, "resume"))
    assert resumed.paused_at is None
    verbs = [event.verb for event in audit.own_history(paused)]
    assert verbs[-2:] == ["attempt.paused", "attempt.resumed"]


def test_ending_hands_in_for_them(room, sitting):
    (ended,) = do(sitting, "end", room.nur, asked(sitting, "end"))

    assert Attempt.objects.get(pk=ended.pk).handed_in_at
    with refused("nobody_chosen"):
        do(sitting, "end", room.nur, asked(sitting, "end"))


def test_whoever_does_not_watch_does_nothing(room, sitting):
    for who in (room.bai, room.li, room.adil):
        with pytest.raises(NotAllowed):
            do(sitting, "pause", who, asked(sitting, "pause"))
        with pytest.raises(NotAllowed):
            notices.announce(sitting, by=who, text="请安静")


def test_attempts_of_another_sitting_are_left_alone(room, sitting):
    other = make_exams.sealed_sitting(room, room.sun)
    rows = [*everybody(sitting), *everybody(other)]

    acts.do(sitting, "add_time", rows, by=room.nur, asked=asked(sitting, "add_time", 5))

    assert everybody(other)[0].extra_minutes == 0


def test_words_to_all_are_said_once_and_rung_for(room, sitting):
    notices.announce(sitting, by=room.nur, text=" 第 3 题图片已更正 ")
    notices.announce(sitting, by=room.nur, text="第 3 题图片已更正")

    assert Notice.objects.get().text == "第 3 题图片已更正"
    assert [one.notice for one in everybody(sitting)] == [1, 1]
    event = audit.history(sitting).filter(verb="room.announced").get()
    assert audit.sentence(event) == "努尔兰·哈力克 向全场 2 名考生发通知：“第 3 题图片已更正”"


def test_words_to_one_reach_nobody_else(room, sitting):
    adil, mayra = (make_exams.seat_of(sitting, user) for user in (room.adil, room.mayra))
    notices.announce(sitting, by=room.nur, text="请坐好", candidate=adil)
    notices.announce(sitting, by=room.nur, text="还有半小时")

    assert [one.text for one in notices.said_to(adil)] == ["请坐好", "还有半小时"]
    assert [one.text for one in notices.said_to(mayra)] == ["还有半小时"]


def test_what_cannot_be_said(room, sitting):
    stranger = make_exams.seat_of(make_exams.sealed_sitting(room, room.sun), room.sun)

    with refused("text_required"):
        notices.announce(sitting, by=room.nur, text=" ")
    with refused("other_sitting"):
        notices.announce(sitting, by=room.nur, text="x", candidate=stranger)
    notified = make_exams.notified_sitting(room, starts_at=sitting.ends_at + timedelta(days=9))
    with refused("not_now"):
        notices.announce(notified, by=room.chen, text="x")
