"""Forms filled in without network come in once; handing in files the patrol and meets the duty."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_live, make_patrols, make_pictures
from tests.make_patrols import (
    answers,
    codes,
    deed,
    during,
    duty,
    filed,
    planned,
    send,
    shot,
    whole,
)
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit, files, uploads
from zhupei.core.models import Message
from zhupei.live.actions import rooms
from zhupei.patrols import parameters as p
from zhupei.patrols.actions import filling
from zhupei.patrols.models import Deed, Duty, Patrol, Photo

HOUR = timedelta(hours=1)


@pytest.fixture
def patrol(world):
    return planned(world, duty(world))


@pytest.fixture
def now(patrol):
    with time_machine.travel(during(patrol.duty), tick=False) as traveller:
        yield traveller


def test_a_form_sent_twice_is_one_patrol(world, patrol, now):
    sent = [*whole(patrol, world.yang), deed("hand_in")]

    assert set(codes(send(patrol, world.yang, sent))) == {""}
    assert set(codes(send(patrol, world.yang, sent))) == {""}

    found = Duty.objects.get()
    assert (found.state, found.looks, Patrol.objects.filed().count()) == ("done", 1, 1)
    assert Deed.objects.count() == len(sent)
    verbs = [event.verb for event in audit.own_history(patrol)]
    assert verbs == ["patrol.planned", "patrol.photo_added", "patrol.filed", "patrol.filled"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_sendings_at_the_same_moment_are_one_patrol():
    world = make.world()
    patrol = planned(world, duty(world))
    with time_machine.travel(during(patrol.duty), tick=True):
        sent = [*whole(patrol, world.yang), deed("hand_in")]
        outcomes = at_once(*[lambda: codes(send(patrol, world.yang, sent))] * 2)

    assert outcomes == [[""] * len(sent)] * 2
    assert Duty.objects.get().looks == 1


def test_what_was_said_is_frozen_with_the_version_of_the_form(world, patrol, now):
    said = [deed("note", "log", "缺 11 月 3 日"), deed("note", "", "总体正常")]
    send(patrol, world.yang, [*whole(patrol, world.yang, "log"), *said, deed("hand_in")])

    patrol.refresh_from_db()
    assert patrol.answers["answers"]["log"] == "bad"
    assert patrol.answers["notes"] == {"log": "缺 11 月 3 日", "": "总体正常"}
    assert patrol.looked_at == timezone.now()
    event = audit.own_history(patrol).get(verb="patrol.filed")
    assert (event.facts["faults"], event.facts["form"]) == (1, patrol.form)
    told = Message.objects.filter(title__contains="不符 1 项")
    assert {one.recipient for one in told} == {world.li, world.zhou}


def test_of_two_answers_the_newest_counts_whichever_phone_comes_last(world, patrol, now):
    newer = [deed("answer", "log", "bad")]
    older = [deed("answer", "log", "good", minutes=5), *answers(patrol, minutes=6)]
    send(patrol, world.yang, newer, phone="B")
    send(patrol, world.yang, [*older, shot(world.yang), deed("hand_in")], phone="A")

    patrol.refresh_from_db()
    assert patrol.answers["answers"]["log"] == "bad"


def test_a_form_with_gaps_is_not_handed_in_and_says_which(world, patrol, now):
    sent = [one for one in answers(patrol) if one.about != "safety"]

    outcomes = send(patrol, world.yang, [*sent, deed("hand_in")])

    assert codes(outcomes)[-1] == "form_incomplete"
    assert "消防" in str(outcomes[-1].refusal)
    assert Patrol.objects.get().state == "planned"


def test_after_handing_in_nothing_changes(world, patrol, now):
    send(patrol, world.yang, [*whole(patrol, world.yang), deed("hand_in")])

    late = [deed("answer", "log", "bad"), deed("hand_in")]
    assert codes(send(patrol, world.yang, late)) == ["filed_already"] * 2


def test_the_clock_of_a_phone_is_put_right(world, patrol, now):
    wrong = timezone.now() - timedelta(days=40)
    sent = [deed("answer", "log", "good", at=wrong - timedelta(minutes=3))]

    filling.sync(patrol, by=world.yang, phone="A", phone_now=wrong, deeds=sent)

    assert Deed.objects.get().at == timezone.now() - timedelta(minutes=3)
    with refused("clock_too_wrong"):
        far = timezone.now() - timedelta(days=400)
        filling.sync(patrol, by=world.yang, phone="A", phone_now=far, deeds=sent)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (("answer", "no-such", "good"), "no_such_item"),
        (("answer", "log", "perhaps"), "no_such_answer"),
        (("note", "log", "长" * 501), "note_too_long"),
        (("note", "no-such", "x"), "no_such_item"),
        (("photo", "log", "not an upload"), "no_such_upload"),
        (("draw", "", "made up"), "not_drawn"),
        (("roll", "12", "here"), "not_in_the_sample"),
        (("roll", "x", "here"), "not_in_the_sample"),
        (("roll", "12", "asleep"), "not_a_mark"),
    ],
)
def test_what_the_form_does_not_know_is_refused_one_by_one(world, patrol, now, sent, code):
    outcomes = send(patrol, world.yang, [deed(*sent), deed("answer", "plan", "good")])

    assert codes(outcomes) == [code, ""]
    assert Deed.objects.count() == 1


def test_a_look_is_taken_while_there_is_something_to_see(world, patrol):
    with time_machine.travel(patrol.duty.opens_at - 2 * HOUR, tick=False):
        assert codes(send(patrol, world.yang, answers(patrol)[:1])) == ["nothing_to_see"]
    with time_machine.travel(patrol.duty.closes_at + HOUR, tick=False):
        assert codes(send(patrol, world.yang, answers(patrol)[:1])) == ["nothing_to_see"]


def test_a_form_begun_in_time_may_be_finished_in_the_evening(world, patrol):
    with time_machine.travel(during(patrol.duty), tick=False):
        send(patrol, world.yang, answers(patrol)[:1])
    with time_machine.travel(patrol.duty.closes_at + 5 * HOUR, tick=False):
        rest = [*whole(patrol, world.yang)[1:], deed("hand_in")]
        assert set(codes(send(patrol, world.yang, rest))) == {""}

    assert Duty.objects.get().state == "done"


def test_what_comes_too_late_is_refused(world, patrol):
    with time_machine.travel(during(patrol.duty), tick=False):
        sent = answers(patrol)
    with time_machine.travel(patrol.duty.closes_at + 49 * HOUR, tick=False):
        assert set(codes(send(patrol, world.yang, sent))) == {"synced_too_late"}


def test_nobody_else_fills_it_in(world, patrol, now):
    for stranger in (world.kang, world.li, world.aygul):
        with refused("not_allowed"):
            send(patrol, stranger, answers(patrol))


def test_one_number_says_one_thing(world, patrol, now):
    key = uuid.uuid4()
    send(patrol, world.yang, [deed("answer", "log", "good", id=key)])

    again = send(patrol, world.yang, [deed("answer", "plan", "good", id=key)])
    assert codes(again) == ["deed_exists"]


def test_two_looks_owed_are_two_patrols(world):
    make.parameter_value(p.CLASS_LOOKS["site_post"], 2, date(2020, 1, 1))
    found = duty(world)
    filed(world, found)
    found.refresh_from_db()
    assert (found.state, found.looks) == ("owed", 1)

    filed(world, found, day=timezone.localdate(found.opens_at) + timedelta(days=1))
    found.refresh_from_db()
    assert (found.state, found.looks) == ("done", 2)


def test_a_remote_look_says_what_was_seen(world):
    patrol = planned(world, duty(world), way="remote")
    with time_machine.travel(during(patrol.duty), tick=False):
        sent = send(patrol, world.yang, [*answers(patrol), deed("hand_in")])
        assert codes(sent)[-1] == "seen_missing"
        words = deed("note", "seen", "教师在讲，38 人在座")
        assert codes(send(patrol, world.yang, [words, deed("hand_in")])) == ["", "picture_missing"]
        words = deed("note", "unpictured", "用手机会议看的，没有截图")
        assert set(codes(send(patrol, world.yang, [words, deed("hand_in")]))) == {""}

    patrol.refresh_from_db()
    assert patrol.answers["notes"]["seen"] == "教师在讲，38 人在座"


def test_where_there_is_a_room_a_remote_look_looks_into_it(world):
    found = duty(world)
    patrol = planned(world, found, way="remote")
    with time_machine.travel(during(found), tick=False):
        room = rooms.register(found.training_class, make_live.MEETING, by=world.aygul)
        sent = [*answers(patrol), deed("note", "seen", "38 人在座"), deed("hand_in")]
        assert codes(send(patrol, world.yang, sent))[-1] == "look_missing"
        seen = make_live.look(world, room, by=world.yang)
        make_live.look(world, room, by=world.kang)
        assert codes(send(patrol, world.yang, [deed("hand_in")])) == ["picture_missing"]
        make_live.snapshot(seen)
        assert codes(send(patrol, world.yang, [deed("hand_in")])) == [""]

    assert patrol.looks.get() == seen


# ── Photos ───────────────────────────────────────────────────────────────────────────────────


def upload(user, content, name="现场.jpg"):
    made = uploads.begin(name, len(content), by=user)
    return str(uploads.append(made, 0, content, by=user).pk)


def test_the_place_in_a_photo_is_gone_and_on_record_as_gone(world, patrol, now):
    sent = [deed("photo", "safety", upload(world.yang, make_pictures.jpeg()))]

    assert codes(send(patrol, world.yang, sent)) == [""]
    assert codes(send(patrol, world.yang, sent)) == [""]

    photo = Photo.objects.get()
    assert photo.removed == ["gps", "camera", "time"]
    assert b"Exif" not in files.read(photo.file)
    event = audit.own_history(patrol).get(verb="patrol.photo_added")
    assert event.facts["removed"] == ["gps", "camera", "time"]


def test_what_is_no_photo_stays_on_the_phone(world, patrol, now):
    cut = [deed("photo", "", upload(world.yang, b"\xff\xd8\xff\xe0 cut"))]
    pdf = [deed("photo", "", upload(world.yang, b"%PDF-1.7", "表.pdf"))]
    strange = [deed("photo", "", upload(world.kang, make_pictures.jpeg()))]

    assert codes(send(patrol, world.yang, [*cut, *pdf, *strange])) == [
        "picture_unreadable", "not_a_picture", "not_allowed",
    ]  # fmt: skip


def test_a_patrol_has_room_for_twenty_photos(world, patrol, now, monkeypatch):
    monkeypatch.setattr(filling, "MOST_PHOTOS", 1)
    picture = make_pictures.jpeg(size=(64, 64))
    sent = [deed("photo", "", upload(world.yang, picture)) for _ in range(2)]

    assert codes(send(patrol, world.yang, sent)) == ["", "too_many_photos"]


def test_a_called_off_patrol_takes_nothing(world, patrol, now):
    make_patrols.planning.call_off(patrol, by=world.li, note="改期")

    assert codes(send(patrol, world.yang, answers(patrol)[:1])) == ["called_off"]
