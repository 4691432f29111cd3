"""A room is for one exam at a time, whatever kind of exam it is."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from tests import make, make_exams, make_practical
from tests.refusals import refused
from zhupei.core import audit
from zhupei.exams.actions import sittings
from zhupei.practical.actions import sessions, turns
from zhupei.practical.models import Trouble
from zhupei.venues.actions import bookings
from zhupei.venues.models import Booking

pytestmark = pytest.mark.django_db


def booked(exam):
    rows = Booking.objects.filter(subject=audit.subject_key(exam)).order_by("starts_at")
    return [(one.room_id, one.starts_at, one.ends_at) for one in rows]


def theory_in(session, world, **fields):
    """A theory exam in the workshop of a session, in its first hour."""
    return make_exams.draft_sitting(
        world, **({"room": session.room, "starts_at": session.opens_at} | fields)
    )


def test_a_theory_exam_is_refused_where_a_practical_one_is(world):
    session = make_practical.notified_session(world)
    sitting = theory_in(session, world)

    with refused("room_taken") as refusal:
        sittings.notify(sitting, by=world.chen)

    assert session.title in str(refusal.value)
    assert refusal.value.field == "room"
    sitting.refresh_from_db()
    assert (sitting.state, sitting.number) == ("draft", None)


def test_a_practical_exam_is_refused_where_a_theory_one_is(world):
    session = make_practical.draft_session(world)
    sitting = sittings.notify(theory_in(session, world), by=world.chen)

    with refused("room_taken") as refusal:
        sessions.notify(session, by=world.chen)

    assert sitting.title in str(refusal.value)
    later = sessions.change(session, by=world.chen, opens_at=sitting.ends_at)
    assert sessions.notify(later, by=world.chen).state == "notified"


def test_a_session_moved_into_a_theory_exam_is_refused(world):
    session = make_practical.notified_session(world)
    before = session.opens_at - timedelta(hours=2)
    sittings.notify(theory_in(session, world, starts_at=before), by=world.chen)

    with refused("room_taken"):
        sessions.change(session, by=world.chen, opens_at=before)
    assert booked(session) == [(session.room_id, session.opens_at, session.closes_at)]


def test_what_is_called_off_gives_its_room_back(world):
    session = make_practical.notified_session(world)
    sitting = theory_in(session, world)
    sessions.cancel(session, by=world.chen, note="停电")

    sitting = sittings.notify(sitting, by=world.chen)
    assert booked(sitting) == [(session.room_id, sitting.starts_at, sitting.ends_at)]
    sittings.cancel(sitting, by=world.chen, note="停电")
    assert not Booking.objects.exists()


def test_what_is_over_gives_its_room_back(world):
    sitting = make_exams.sealed_sitting(world)
    session = make_practical.released_session(world, world.adil)
    assert booked(session) == []
    assert booked(sitting)

    with time_machine.travel(sitting.ends_at + timedelta(hours=1)):
        sittings.close(sitting, by=world.chen)
    assert booked(sitting) == []


def test_a_turn_taken_again_after_the_session_needs_the_workshop_too(world):
    session = make_practical.fixed_session(world)
    late = session.closes_at + timedelta(hours=1)
    sitting = sittings.notify(theory_in(session, world, starts_at=late), by=world.chen)
    turn = make_practical.turn_of(session, world.adil)
    again = {"station": 1, "trouble": Trouble.POWER, "note": "停电"}

    with time_machine.travel(turn.starts_at + timedelta(minutes=5)):
        with refused("room_taken") as refusal:
            turns.take_again(turn, by=world.chen, starts_at=late, **again)
        assert refusal.value.field == "starts_at"
        made = turns.take_again(turn, by=world.chen, starts_at=sitting.ends_at, **again)

    assert booked(session)[1] == (session.room_id, made.starts_at, made.ends_at)


def test_the_database_keeps_two_exams_apart(world):
    session = make_practical.notified_session(world)
    mine = Booking.objects.get()
    fields = {"room": session.room, "starts_at": mine.starts_at, "ends_at": mine.ends_at}

    with pytest.raises(IntegrityError, match="booking_room_for_one"), transaction.atomic():
        Booking.objects.create(subject="exams.sitting/0", label="x", **fields)
    Booking.objects.create(subject="exams.sitting/0", label="x", **fields | {"room": world.room})
    bookings.book_more(session, session.room, mine.starts_at, mine.ends_at)  # its own does not bar


def test_who_sees_which_bookings(world):
    make_practical.notified_session(world)

    for who, sees in [("chen", 1), ("li", 1), ("far_reviewer", 0), ("aygul", 0), ("adil", 0)]:
        assert Booking.objects.visible_to(getattr(world, who)).count() == sees, who


def test_exams_planned_before_there_were_bookings_are_booked_by_the_migrations(world):
    second = make.room(world.body, "机房 4")
    sitting = make_exams.notified_sitting(world, more_rooms=[second])
    session = make_practical.notified_session(world)
    make_exams.draft_sitting(world)
    there = booked(sitting) + booked(session)
    Booking.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(import_module("zhupei.exams.migrations.0010_rooms_booked").BOOK)
        cursor.execute(import_module("zhupei.practical.migrations.0003_workshops_booked").BOOK)

    assert sorted(booked(sitting)) + booked(session) == sorted(there[:2]) + there[2:]
    assert Booking.objects.count() == 3  # nothing of the draft
