"""Roll calls: the system draws, the records are compared, what differs is a fact for the leads."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from tests import make_exams, make_patrols
from tests.make_patrols import codes, deed, during, duty, planned, roll_call, send, whole
from zhupei.attendance.models import Attendance
from zhupei.core import audit
from zhupei.patrols.actions import comparing, rolls
from zhupei.patrols.models import Roll, RollLine

MINUTE = timedelta(minutes=1)


@pytest.fixture
def patrol(world):
    return planned(world, duty(world, world.adil, world.mayra, world.sun))


@pytest.fixture
def now(patrol):
    with time_machine.travel(during(patrol.duty), tick=False) as traveller:
        yield traveller


def enrolment(patrol, user):
    return patrol.duty.training_class.enrolments.get(person=user.person)


def sign_in(patrol, user, at):
    lesson = patrol.duty.training_class.lessons.order_by("starts_at").first()
    return Attendance.objects.create(
        lesson=lesson,
        enrolment=enrolment(patrol, user),
        method="scan",
        arrived_at=at,
        credited_seconds=60,
    )


def line_of(user):
    return RollLine.objects.get(person=user.person)


def test_the_system_draws_from_who_must_be_there(world, patrol, now):
    offers = rolls.offers(patrol)

    first = offers[0]
    assert len(first.hour.people) == 3
    assert {one.name for one in first.sample} == {
        world.adil.person.name, world.mayra.person.name, world.sun.person.name,
    }  # fmt: skip
    assert [one.sample for one in offers] == [one.sample for one in rolls.offers(patrol)]
    assert len({tuple(one.sample) for one in offers}) > 1 or len(offers) == 1


def test_a_sample_is_as_large_as_the_figure_says(world, patrol, now, monkeypatch):
    monkeypatch.setattr(rolls, "value", lambda *_a, **_k: 2)

    assert len(rolls.offers(patrol)[0].sample) == 2


def test_who_is_on_record_and_not_there_is_a_fact(world, patrol, now):
    for user in (world.adil, world.mayra):
        sign_in(patrol, user, timezone.now() - 20 * MINUTE)
    found = {
        enrolment(patrol, world.adil).pk: "absent",
        enrolment(patrol, world.mayra).pk: "other",
    }

    sent = [*whole(patrol, world.yang), *roll_call(patrol, found), deed("hand_in")]
    assert set(codes(send(patrol, world.yang, sent))) == {""}

    assert [line_of(one).mismatch for one in (world.adil, world.mayra, world.sun)] == [
        "ghost", "stand_in", "unsigned",
    ]  # fmt: skip
    assert {line.person for line in RollLine.objects.mismatches()} == {
        world.adil.person, world.mayra.person, world.sun.person,
    }  # fmt: skip
    assert audit.own_history(patrol).get(verb="patrol.filed").facts["mismatches"] == 3


def test_before_handing_in_it_is_nobodys_lead(world, patrol, now):
    sign_in(patrol, world.adil, timezone.now() - 20 * MINUTE)
    send(patrol, world.yang, roll_call(patrol, {enrolment(patrol, world.adil).pk: "absent"}))

    assert not RollLine.objects.mismatches().exists()


def test_who_left_before_or_came_after_was_rightly_absent(world, patrol, now):
    left = sign_in(patrol, world.adil, timezone.now() - 20 * MINUTE)
    left.left_at = timezone.now() - 5 * MINUTE
    left.save()
    sign_in(patrol, world.mayra, timezone.now() + 5 * MINUTE)
    found = {enrolment(patrol, one).pk: "absent" for one in (world.adil, world.mayra)}
    sent = [*whole(patrol, world.yang), *roll_call(patrol, found), deed("hand_in")]
    send(patrol, world.yang, sent)

    assert line_of(world.adil).mismatch is None
    assert line_of(world.mayra).mismatch is None


def test_records_that_come_in_later_are_looked_at_again(world, patrol, now):
    found = {enrolment(patrol, world.adil).pk: "absent"}
    at = timezone.now()
    sent = [*whole(patrol, world.yang), *roll_call(patrol, found), deed("hand_in")]
    send(patrol, world.yang, sent)
    assert line_of(world.adil).mismatch is None
    assert line_of(world.sun).mismatch == "unsigned"

    now.shift(timedelta(hours=3))
    sign_in(patrol, world.adil, at - 20 * MINUTE)  # a roll kept on paper says he was there
    sign_in(patrol, world.sun, at + 5 * MINUTE)

    assert comparing.look_again() == 1
    assert comparing.look_again() == 0
    assert line_of(world.adil).mismatch == "ghost"
    assert line_of(world.sun).mismatch is None
    assert audit.own_history(patrol).last().verb == "patrol.roll_revised"
    now.shift(timedelta(days=8))
    Attendance.objects.all().delete()
    assert comparing.look_again() == 0


def test_a_sample_somebody_made_up_is_refused(world, patrol, now):
    said = signing.Signer(salt=rolls.SALT).unsign_object(rolls.offers(patrol)[0].ticket)
    other = planned(world, patrol.duty, world.kang)
    forged = signing.Signer(salt="something else").sign_object(said | {"s": said["s"][:1]})
    anothers = rolls.offers(other)[0].ticket

    sent = [deed("draw", "", forged), deed("draw", "", anothers)]
    assert codes(send(patrol, world.yang, sent)) == ["not_drawn"] * 2
    assert not Roll.objects.exists()


def test_a_sample_sealed_with_a_time_is_still_read(world, patrol, now):
    ticket = rolls.offers(patrol)[0].ticket
    said = signing.Signer(salt=rolls.SALT).unsign_object(ticket)
    old = signing.dumps(said, salt=rolls.SALT, compress=True)

    assert codes(send(patrol, world.yang, [deed("draw", "", old)])) == [""]
    again = rolls.offers(patrol)[0]
    assert (again.begun, again.ticket) == (True, old)


def test_a_sealed_text_that_is_no_sample_is_refused(world, patrol, now):
    sealed = signing.Signer(salt=rolls.SALT)
    sent = [deed("draw", "", sealed.sign(words)) for words in ("x", ".eA", "a:b")]
    assert codes(send(patrol, world.yang, sent)) == ["not_drawn"] * 3


def test_a_sample_is_for_its_hour(world, patrol, now):
    tomorrow = rolls.offers(patrol)[-1]

    assert codes(send(patrol, world.yang, [deed("draw", "", tomorrow.ticket)])) == ["not_this_hour"]


def test_an_older_tap_does_not_overwrite_a_newer_one(world, patrol, now):
    who = str(enrolment(patrol, world.adil).pk)
    send(patrol, world.yang, roll_call(patrol, {int(who): "absent"}))
    send(patrol, world.yang, [deed("roll", who, "here", at=timezone.now() - 30 * MINUTE / 60)])

    assert line_of(world.adil).found == "absent"
    send(patrol, world.yang, [deed("roll", who, "other", at=timezone.now() + MINUTE)])
    assert line_of(world.adil).found == "other"


def test_a_sitting_draws_from_its_seats(world):
    found = make_patrols.sitting_duty(world, world.adil, world.mayra)
    patrol = planned(world, found)
    attempt = make_exams.attempt_of(found.sitting, world.adil)
    type(attempt).objects.filter(pk=attempt.pk).update(started_at=found.opens_at)
    with time_machine.travel(found.opens_at + 5 * MINUTE, tick=False):
        marks = {make_exams.seat_of(found.sitting, world.adil).enrolment_id: "absent"}
        sent = [*whole(patrol, world.yang), *roll_call(patrol, marks), deed("hand_in")]
        assert set(codes(send(patrol, world.yang, sent))) == {""}

    assert line_of(world.adil).mismatch == "ghost"
    assert line_of(world.mayra).mismatch is None  # a seat before its start says nothing


def test_a_session_draws_from_its_turns(world):
    found = make_patrols.session_duty(world)
    patrol = planned(world, found)
    turn = found.session.turns.get()
    with time_machine.travel(turn.starts_at + 5 * MINUTE, tick=False):
        turn.arrived_at = turn.starts_at
        turn.save()
        marks = {turn.enrolment_id: "absent"}
        sent = [*whole(patrol, world.yang), *roll_call(patrol, marks), deed("hand_in")]
        assert set(codes(send(patrol, world.yang, sent))) == {""}

    assert line_of(world.adil).mismatch == "ghost"


def test_seeing_the_roll_follows_the_patrol(world, patrol, now):
    send(patrol, world.yang, [*whole(patrol, world.yang), *roll_call(patrol), deed("hand_in")])

    for rows in (Roll.objects, RollLine.objects):
        assert rows.visible_to(world.li).exists()
        assert not rows.visible_to(world.wang).exists()
