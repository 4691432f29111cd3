"""Looking: who may, what the room sees of it, how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_live, make_officials
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.live.access import may_end, may_keep, may_look
from zhupei.live.actions import looks, rooms
from zhupei.live.models import Look, Room
from zhupei.organizations.models import Interest, Kind, Role

pytestmark = pytest.mark.django_db


def test_the_bureau_looks_and_the_room_is_told(world):
    room = make_live.meeting(world)

    look = looks.open(room, by=world.li)

    assert look.authority == world.bureau
    assert Look.objects.visible_to(world.aygul).open().get() == look
    event = audit.history(room.training_class).last()
    assert event.verb == "look.opened"
    assert audit.sentence(event) == f"{world.bureau} 的 {world.li} 开始远程查看"


def test_who_looks_already_goes_on_with_the_same_look(world):
    room = make_live.meeting(world)
    first = looks.open(room, by=world.li)

    assert looks.open(room, by=world.li) == first
    assert looks.open(room, by=world.zhou) != first
    assert audit.history(room.training_class).filter(verb="look.opened").count() == 2


def test_the_table_of_who_may_look_and_who_may_keep(world):
    make_officials.add(world)
    room = make_live.meeting(world)
    county = make.organization(Kind.COUNTY_AUTHORITY, "昌吉市住建局", "652301")
    far_county = make.organization(Kind.COUNTY_AUTHORITY, "喀什市住建局", "653101")
    inspector = make.member("检查员赵", Role.INSPECTOR, world.bureau)
    people = {
        "li": world.li, "gu": world.gu, "inspector": inspector,
        "county": make.member("县局", Role.REVIEWER, county),
        "far": world.far_reviewer, "far_county": make.member("远县", Role.REVIEWER, far_county),
        "aygul": world.aygul, "ma": world.ma, "chen": world.chen, "tian": world.tian,
        "adil": world.adil, "wang": world.wang,
    }  # fmt: skip

    assert {n for n, u in people.items() if may_look(u, room)} == {
        "li",
        "gu",
        "inspector",
        "county",
    }
    assert {n for n, u in people.items() if may_keep(u, room)} == {"aygul"}
    seen = {n for n, u in people.items() if Room.objects.visible_to(u).exists()}
    assert seen == {"li", "gu", "inspector", "county", "aygul", "ma"}
    for name in ("far", "aygul", "adil", "tian"):
        with pytest.raises(NotAllowed):
            looks.open(room, by=people[name])


def test_nobody_looks_at_a_body_they_work_for(world):
    room = make_live.meeting(world)
    make.Membership.objects.create(
        user=world.li, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )

    assert not may_look(world.li, room)


def test_a_declared_tie_keeps_away(world):
    room = make_live.meeting(world)
    Interest.objects.create(
        user=world.li, organization=world.school, kind="relative", since=make.LONG_AGO
    )

    with refused("must_stay_away"):
        looks.open(room, by=world.li)


def test_a_withdrawn_room_is_not_looked_into(world):
    room = make_live.meeting(world)
    rooms.withdraw(room, by=world.aygul, note="换教室")

    with refused("withdrawn"):
        looks.open(room, by=world.li)


def test_a_look_ends_with_what_was_seen(world):
    look = make_live.look(world)
    with time_machine.travel(timezone.now() + timedelta(minutes=12), tick=False):
        with refused("outcome_required"):
            looks.close(look, by=world.li, outcome="?")
        with refused("note_required"):
            looks.close(look, by=world.li, outcome="wrong")

        closed = looks.close(look, by=world.li, outcome="empty", note="教室里没有人")

    assert closed.minutes == 12
    event = audit.own_history(look).last()
    assert event.facts["outcome"] == "没有人上课或考核"
    with refused("look_closed"):
        looks.close(look, by=world.li, outcome="fine")


def test_only_whoever_looks_ends_it(world):
    look = make_live.look(world)

    assert not may_end(world.zhou, look)
    with pytest.raises(NotAllowed):
        looks.close(look, by=world.zhou, outcome="fine")
    with pytest.raises(NotAllowed):
        looks.still_there(look, by=world.zhou)


def test_the_clock_ends_a_look_whose_page_is_gone(world):
    look = make_live.look(world)
    later = timezone.now() + timedelta(minutes=4)
    with time_machine.travel(later, tick=False):
        assert looks.still_there(look, by=world.li)
        assert looks.close_silent() == 0
    with time_machine.travel(later + timedelta(minutes=6), tick=False):
        assert looks.close_silent() == 1
        assert looks.close_silent() == 0
        assert not looks.still_there(look, by=world.li)

    look.refresh_from_db()
    assert look.closed_at == look.seen_at == later
    assert audit.own_history(look).last().verb == "look.went_away"


def test_what_the_clock_ended_may_still_be_told_about_once(world):
    look = make_live.look(world)
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
        looks.close_silent()
        look.refresh_from_db()
        ended = look.closed_at

        told = looks.close(look, by=world.li, outcome="fine")

    assert told.closed_at == ended
    with refused("look_closed"):
        looks.close(look, by=world.li, outcome="fine")
