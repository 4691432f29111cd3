"""Sites, their rooms and seats: laid out, changed, checked."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_officials, make_venues
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.organizations.models import Division
from zhupei.venues.access import may_add_site, may_keep_site
from zhupei.venues.actions import seats, sites
from zhupei.venues.models import RoomCheck, Seat, Site
from zhupei.venues.rules import Layout
from zhupei.venues.sentences import CHECKLIST

PEOPLE = ["chen", "li", "gu", "aygul", "nur", "bai", "adil", "far_reviewer"]


def test_a_site_lies_in_the_prefecture_of_its_county(world):
    site = make_venues.site(world)

    assert site.prefecture_id == "652300"
    assert [event.verb for event in audit.own_history(site)] == ["site.added"]
    away = make_venues.site(world, division=Division.objects.get(code="653100"))
    assert away.prefecture_id == "653100"


def test_a_name_is_taken_once(world):
    make_venues.site(world, name="一号考点")

    with refused("site_name_taken"):
        make_venues.site(world, name="一号考点")


def test_a_site_says_something_else_and_is_closed(world):
    site = sites.change(make_venues.site(world), by=world.chen, address="昌吉市延安路 1 号")
    assert site.address == "昌吉市延安路 1 号"

    with refused("note_required"):
        sites.close(site, by=world.chen, on=timezone.localdate(), note="")
    site = sites.close(site, by=world.chen, on=timezone.localdate(), note="搬迁")
    assert not Site.objects.open().filter(pk=site.pk)
    with refused("site_closed"):
        sites.change(site, by=world.chen, address="别处")


def test_only_a_room_of_the_body_in_use_becomes_an_examination_room(world):
    site = make_venues.site(world)

    with refused("room_not_yours"):
        sites.place_room(site, world.room, by=world.chen)
    closed = make.room(world.body, closed_on=timezone.localdate())
    with refused("room_closed"):
        sites.place_room(site, closed, by=world.chen)
    with pytest.raises(NotAllowed):
        sites.place_room(site, make.room(world.body), by=world.li)


def test_seats_are_laid_out_by_rows_and_columns(world):
    place = make_venues.with_seats(world, 4, 6, spares=2, prefix="PC-")

    laid = Seat.objects.filter(room=place.room)
    assert laid.count() == 24
    assert laid.for_candidates().count() == 22
    assert [seat.number for seat in laid.spares()] == [23, 24]
    assert laid.get(number=9).machine == "PC-09"
    again = seats.lay_out(place, Layout(2, 2), by=world.chen)
    assert len(again) == laid.count() == 4


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rows": 0, "columns": 4}, "grid_size"),
        ({"rows": 4, "columns": 31}, "grid_size"),
        ({"rows": 10, "columns": 10}, "too_many_seats"),
        ({"rows": 2, "columns": 2, "spares": 4}, "spares_too_many"),
    ],
)
def test_a_room_has_its_limits(world, said, code):
    with refused(code):
        seats.lay_out(make_venues.exam_room(world), Layout(**said), by=world.chen)


def test_one_press_changes_one_property_of_a_seat(world):
    seat = Seat.objects.filter(room=make_venues.with_seats(world).room).first()

    assert seats.press(seat, "usable", by=world.chen).usable is False
    assert seats.press(seat, "usable", by=world.chen).usable is True
    assert seats.press(seat, "spare", by=world.chen).spare is True
    assert seats.press(seat, "broken", by=world.chen).condition == "broken"
    mended = seats.press(seat, "broken", by=world.chen)
    assert (mended.condition, mended.checked_by) == ("ok", world.chen)
    with refused("tool_unknown"):
        seats.press(seat, "row", by=world.chen)
    with pytest.raises(NotAllowed):
        seats.press(seat, "spare", by=world.li)


def test_a_broken_machine_is_for_nobody(world):
    place = make_venues.with_seats(world, 2, 2, spares=1)
    laid = Seat.objects.filter(room=place.room)

    seats.press(laid.get(number=1), "broken", by=world.chen)
    seats.press(laid.get(number=4), "broken", by=world.chen)
    assert [seat.number for seat in laid.for_candidates()] == [2, 3]
    assert not laid.spares()


def test_a_seat_tells_its_machine(world):
    seat = Seat.objects.filter(room=make_venues.with_seats(world).room).first()

    said = seats.describe(seat, by=world.chen, machine="PC-77", asset_tag="ZC-2024-9", note="靠窗")
    assert (said.machine, said.asset_tag, said.note) == ("PC-77", "ZC-2024-9", "靠窗")
    with refused("seat_number_taken"):
        seats.describe(seat, by=world.chen, number=2)


def test_the_check_before_the_day_ticks_every_machine(world):
    place = make_venues.with_seats(world, 2, 3)
    laid = list(Seat.objects.filter(room=place.room))

    made = seats.check_room(
        place, by=world.chen, working=[seat.pk for seat in laid[:5]], done=list(CHECKLIST)
    )
    assert (made.working, made.broken) == (5, 1)
    laid[5].refresh_from_db()
    assert laid[5].condition == "broken"
    assert RoomCheck.objects.visible_to(world.li).get() == made
    facts = seats.facts_of(place.room_id, now=timezone.now())
    assert (facts.seats, facts.broken, facts.checked) == (5, 1, 5)
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        assert seats.facts_of(place.room_id, now=timezone.now()).checked == 0
        laid[0].refresh_from_db()
        assert not laid[0].checked_since(timezone.now() - timedelta(hours=72))


def test_a_check_with_a_gap_says_why(world):
    place = make_venues.with_seats(world, 2, 2)

    with refused("note_required"):
        seats.check_room(place, by=world.chen, working=[], done=["network"])
    with refused("checklist_unknown"):
        seats.check_room(place, by=world.chen, working=[], done=["coffee"])
    with refused("no_seats"):
        seats.check_room(
            make_venues.exam_room(world), by=world.chen, working=[], done=list(CHECKLIST)
        )
    noted = seats.check_room(place, by=world.chen, working=[], done=[], note="停电，改期")
    assert noted.note == "停电，改期"


def test_who_keeps_a_site(world):
    make_officials.add(world)
    site = make_venues.site(world)

    people = {name: getattr(world, name) for name in PEOPLE}
    assert [n for n, user in people.items() if may_keep_site(user, site)] == ["chen"]
    assert [n for n, user in people.items() if may_add_site(user, world.body)] == ["chen"]
    assert not may_add_site(world.aygul, world.school)
    seen = [n for n, user in people.items() if Site.objects.visible_to(user).exists()]
    assert seen == ["chen", "li", "gu"]
    make_venues.with_seats(world)
    seen = [n for n, user in people.items() if Seat.objects.visible_to(user).exists()]
    assert seen == ["chen", "li", "gu"]
