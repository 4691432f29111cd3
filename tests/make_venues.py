"""Builders of designations, sites and seats."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Kind, Organization, Role
from zhupei.people.models import User
from zhupei.syllabus.models import Job
from zhupei.venues.actions import designations, seats, sites
from zhupei.venues.models import Designation, ExamRoom, Seat, Site
from zhupei.venues.rules import Layout


def hr(world: SimpleNamespace) -> SimpleNamespace:
    """Give ``world`` the HR department of Changji and *Tao*, who signs for it."""
    if not hasattr(world, "tao"):
        world.home_hr = make.organization(Kind.HR, "昌吉州人力资源和社会保障局", "652300")
        world.tao = make.member("陶丽", Role.REVIEWER, world.home_hr)
    return world


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
    hr(world)
    body = said.pop("organization", world.body)
    made = designations.draft(body, by=world.li, **fields(**said))
    if papers:
        designations.attach(made, by=world.li, upload=paper(), kind="minutes")
    return made


def signed_by_housing(world: SimpleNamespace, **said: Any) -> Designation:
    return designations.sign(draft(world, **said), by=world.li)


def in_force(world: SimpleNamespace, **said: Any) -> Designation:
    return designations.sign(signed_by_housing(world, **said), by=world.tao)


def granted(
    body: Organization, prefecture: str, *jobs: Job, housing: User, department: User
) -> Designation:
    """In force for years, as the world of every test has it."""
    place = Division.objects.get(code=prefecture)
    made = Designation.objects.create(
        number=f"KHJG-{next(make.number):06d}",
        organization=body,
        prefecture=place,
        valid_from=make.LONG_AGO,
        valid_until=make.FAR_OFF,
        housing=housing.memberships.get().organization,
        hr=department.memberships.get().organization,
        housing_signed_at=timezone.now(),
        housing_signed_by=housing,
        hr_signed_at=timezone.now(),
        hr_signed_by=department,
        state="in_force",
    )
    made.jobs.set(jobs)
    return made


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
    return sites.place_room(site(world), room, by=world.chen, **said)


def with_seats(world: SimpleNamespace, rows: int = 4, columns: int = 6, **said: Any) -> ExamRoom:
    place = exam_room(world)
    seats.lay_out(place, Layout(rows, columns, **said), by=world.chen)
    return place


def furnished(room: Room, *, columns: int = 8) -> Room:
    """A seat map for a room that stands ready: as many seats as it says, and spares behind them."""
    spares = room.seats // 10
    Seat.objects.bulk_create(
        Seat(
            room=room,
            number=n + 1,
            row=n // columns + 1,
            column=n % columns + 1,
            spare=n >= room.seats,
            machine=f"PC-{n + 1:02d}",
        )
        for n in range(room.seats + spares)
    )
    return room


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
