"""Builders of designations, sites and seats."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.organizations.models import Division
from zhupei.venues.actions import designations, seats, sites
from zhupei.venues.models import Designation, ExamRoom, Seat, Site
from zhupei.venues.rules import Layout


def fields(**said: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "jobs": [make.job()],
        "valid_from": today - timedelta(days=30),
        "valid_until": today + timedelta(days=700),
        "conditions": "机考，每场不超过 99 人",
    } | said


def paper(name: str = "评审意见.pdf") -> ContentFile:
    return ContentFile(b"%PDF-1.7", name)


def draft(world: SimpleNamespace, *, papers: bool = True, **said: Any) -> Designation:
    """Drafted by Li for the housing bureau, with its paper."""
    body = said.pop("organization", world.body)
    made = designations.draft(body, by=world.li, **fields(**said))
    if papers:
        designations.attach(made, by=world.li, upload=paper(), kind="minutes")
    return made


def signed_by_housing(world: SimpleNamespace, **said: Any) -> Designation:
    return designations.sign(draft(world, **said), by=world.li)


def in_force(world: SimpleNamespace, **said: Any) -> Designation:
    return designations.sign(signed_by_housing(world, **said), by=world.tao)


def site(world: SimpleNamespace, **said: Any) -> Site:
    return sites.add(
        world.body,
        by=world.chen,
        **{
            "name": f"昌吉考点 {next(make.number)}",
            "division": Division.objects.get(code="652301"),
            "address": "昌吉市北京南路 12 号",
            "directions": "乘 3 路到职教园站",
            "contact": "陈静",
            "contact_phone": "0994-2345678",
            "accessibility": "一楼，有坡道",
        }
        | said,
    )


def exam_room(world: SimpleNamespace, **said: Any) -> ExamRoom:
    """A room of a site, without seats."""
    room = make.room(world.body, use="computers")
    Seat.objects.filter(room=room).delete()
    return sites.place_room(site(world), room, by=world.chen, **said)


def with_seats(world: SimpleNamespace, rows: int = 4, columns: int = 6, **said: Any) -> ExamRoom:
    place = exam_room(world)
    seats.lay_out(place, Layout(rows, columns, **said), by=world.chen)
    return place


SITE_OBJECTS = {
    "venues": {"pk": "designation", "name": "drop"},
    "venues:paper": {"pk": "designation_paper"},
    "venues:remove": {"pk": "designation_paper"},
    **{
        f"venues:{name}": {"pk": "exam_site"}
        for name in ("site", "change-site", "close-site", "place-room")
    },
    **{f"venues:{name}": {"pk": "exam_place"} for name in ("room", "lay-out", "press", "check")},
    "venues:seat": {"pk": "seat"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One of each thing of venues, Chen's and Li's."""
    drafted = draft(world)
    place = with_seats(world)
    laid = list(Seat.objects.filter(room=place.room))
    seats.check_room(
        place, by=world.chen, working=[seat.pk for seat in laid[1:]], done=[], note="演练"
    )
    return {
        "designation": drafted,
        "designation_paper": drafted.documents.get(),
        "exam_site": place.site,
        "exam_place": place,
        "seat": laid[0],
    }
