"""Registering a room: who, what, when, and its key."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes, make_exams, make_live, make_practical
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.live.access import may_register
from zhupei.live.actions import rooms
from zhupei.live.actions.rooms import Details
from zhupei.live.models import Room
from zhupei.live.parameters import KEY_DAYS

pytestmark = pytest.mark.django_db


def test_an_institution_registers_the_link_of_its_meeting(world):
    room = make_live.meeting(world)

    room.refresh_from_db()
    assert (room.way, room.link, room.passcode) == ("meeting", make_live.LINK, "246810")
    assert room.organization == world.school
    assert room.prefecture == room.training_class.prefecture
    (event,) = audit.history(room)
    assert event.verb == "room.registered"
    assert event.within == audit.subject_key(room.training_class)


def test_a_stream_gets_a_key_that_ends_with_the_class(world):
    room = make_live.stream(world)

    last = rooms.ends(room.training_class)
    assert room.key_until == last + timedelta(days=1)
    assert len(room.key) == 26
    assert room.link == ""


def test_a_long_class_gets_a_shorter_key_and_a_new_one_when_asked(world):
    make.parameter_value(KEY_DAYS, 5, make.LONG_AGO)
    room = make_live.stream(world)
    old = room.key
    assert room.key_until < timezone.now() + timedelta(days=5, seconds=1)

    renewed = rooms.renew_key(room, by=world.aygul)

    assert renewed.key != old
    assert audit.own_history(room).last().verb == "room.key_renewed"


def test_examiners_register_sittings_and_practical_sessions(world):
    sitting = make_exams.notified_sitting(world)
    session = make_practical.notified_session(world)

    assert rooms.register(sitting, make_live.STREAM, by=world.chen).subject == sitting
    assert rooms.register(session, make_live.MEETING, by=world.chen).subject == session


def test_only_those_who_hold_it_register_it(world):
    held = make_classes.approved_class(world)
    sitting = make_exams.notified_sitting(world)

    for user in (world.li, world.wang, world.ma, world.adil, world.chen, world.gu):
        assert not may_register(user, held)
        with pytest.raises(NotAllowed):
            rooms.register(held, make_live.MEETING, by=user)
    assert not may_register(world.aygul, sitting)


def test_what_is_not_in_effect_is_not_looked_into(world):
    planned = make_classes.submitted_class(world)
    off = make_exams.notified_sitting(world)
    type(off).objects.filter(pk=off.pk).update(state="cancelled")
    off.refresh_from_db()

    with refused("not_in_effect"):
        rooms.register(planned, make_live.MEETING, by=world.aygul)
    with refused("not_in_effect"):
        rooms.register(off, make_live.MEETING, by=world.chen)


def test_it_is_registered_once_and_changed_after_that(world):
    room = make_live.meeting(world)

    with refused("already_registered"):
        rooms.register(room.training_class, make_live.MEETING, by=world.aygul)
    changed = rooms.change(room, make_live.STREAM, by=world.aygul)

    assert (changed.way, changed.link, changed.passcode) == ("stream", "", "")
    assert audit.own_history(room).last().verb == "room.changed"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("javascript:alert(1)", "link_scheme"),
        ("https://a b.cn", "link_strange"),
        ("https://u@a.cn/x", "link_login"),
        ("https://10.0.0.1/x", "link_host"),
        ("https://a.cn/" + "x" * 500, "link_long"),
    ],
)
def test_a_link_nobody_should_click_is_refused_beside_its_field(world, link, code):
    held = make_classes.approved_class(world)

    with refused(code) as refusal:
        rooms.register(held, Details("meeting", link), by=world.aygul)

    assert refusal.value.field == "link"
    assert not Room.objects.exists()


def test_without_a_media_server_there_are_meetings_only(world, settings):
    settings.LIVE_RTMP_URL = ""
    held = make_classes.approved_class(world)

    with refused("no_stream_here") as refusal:
        rooms.register(held, make_live.STREAM, by=world.aygul)

    assert refusal.value.field == "way"
    assert rooms.register(held, make_live.MEETING, by=world.aygul).pk


def test_a_meeting_has_no_key_to_renew(world):
    with refused("not_a_stream"):
        rooms.renew_key(make_live.meeting(world), by=world.aygul)


def test_a_room_is_withdrawn_for_a_reason_and_may_come_back(world):
    room = make_live.stream(world)
    old = room.key
    with refused("note_required"):
        rooms.withdraw(room, by=world.aygul, note=" ")

    gone = rooms.withdraw(room, by=world.aygul, note="教室改装")

    assert gone.withdrawn_at
    assert gone.key != old
    for verb in (
        lambda: rooms.renew_key(room, by=world.aygul),
        lambda: rooms.change(room, make_live.STREAM, by=world.aygul),
    ):
        with refused("withdrawn"):
            verb()
    again = rooms.register(room.training_class, make_live.MEETING, by=world.aygul)
    assert again.pk == room.pk
    assert again.withdrawn_at is None


def test_strangers_change_nothing(world):
    room = make_live.stream(world)

    for user in (world.wang, world.li):
        with pytest.raises(NotAllowed):
            rooms.change(room, make_live.MEETING, by=user)
        with pytest.raises(NotAllowed):
            rooms.renew_key(room, by=user)
        with pytest.raises(NotAllowed):
            rooms.withdraw(room, by=user, note="x")


def test_registering_late_gives_a_fresh_key(world):
    room = make_live.stream(world)
    old = room.key

    with time_machine.travel(room.key_until + timedelta(hours=1), tick=False):
        changed = rooms.change(room, make_live.STREAM, by=world.aygul)
        assert changed.key_until > timezone.now()

    assert changed.key != old
