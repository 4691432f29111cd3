"""Builders of an institution's file, by its verbs: lines, papers, and a file that lacks nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from stdnum.cn import uscc

from tests import make
from zhupei.institutions.actions import (
    consumables,
    equipment,
    imports,
    licences,
    platforms,
    policies,
    rooms,
    staff,
    stations,
)
from zhupei.institutions.models import (
    Consumable,
    Equipment,
    Licence,
    Platform,
    Policy,
    PolicyKind,
    Room,
    StaffMember,
)
from zhupei.organizations.models import Organization
from zhupei.people.models import User

CREDIT_CODE = "91650100MA77ABCD1" + uscc.calc_check_digit("91650100MA77ABCD1")
ROOM: dict[str, Any] = {"name": "教室 202", "use": "classroom", "seats": 60}


def today() -> date:
    return timezone.localdate()


def paper(name: str = "证明.pdf") -> ContentFile[bytes]:
    """A small file whose bytes are what its name says."""
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def sheet(*lines: str, name: str = "台账.csv") -> ContentFile[bytes]:
    """A spreadsheet of these lines."""
    return ContentFile("\n".join(lines).encode(), name)


def member(organization: Organization, by: User, **fields: Any) -> StaffMember:
    usual = {
        "post": "manager",
        "name": f"管理员 {next(make.number)}",
        "title": "工程师",
        "rank": "intermediate",
        "since": date(2021, 3, 1),
        "proof": paper("聘书.pdf"),
    }
    return staff.appoint(organization, by=by, **(usual | fields))


def policy(organization: Organization, by: User, kind: str = "safety", **fields: Any) -> Policy:
    usual: dict[str, Any] = {
        "title": str(PolicyKind(kind).label),
        "adopted_on": date(2023, 1, 1),
        "file": paper("制度.pdf"),
    }
    return policies.adopt(organization, by=by, kind=kind, **(usual | fields))


def piece(organization: Organization, by: User, **fields: Any) -> Equipment:
    usual = {"number": f"SB-{next(make.number):04d}", "name": "全站仪", "quantity": 2}
    return equipment.add(organization, by=by, **(usual | fields))


def use(found: Equipment, by: User, **fields: Any) -> Any:
    usual = {"used_on": today(), "minutes": 90, "purpose": "测量实训", "user_name": "马建国"}
    return equipment.enter_use(found, by=by, **(usual | fields))


def material(organization: Organization, by: User, balance: int = 0, **fields: Any) -> Consumable:
    """A material of which so much came in."""
    usual = {"name": f"砂浆 {next(make.number)}", "unit": "袋"}
    found = consumables.add(organization, by=by, **(usual | fields))
    if balance:
        quantity = Decimal(balance)
        consumables.move(found, by=by, direction="in", quantity=quantity, on=today())
        found.refresh_from_db()
    return found


def platform(organization: Organization, by: User, **fields: Any) -> Platform:
    usual = {
        "name": "天山网课",
        "url": "https://tianshan.example.cn/",
        "owner": "others",
        "provider": "天山网络科技有限公司",
        "assessed_on": today() - timedelta(days=30),
        "valid_until": today() + timedelta(days=700),
    }
    return platforms.add(organization, by=by, **(usual | fields))


def licence(organization: Organization, by: User, left: int, jobs: Sequence[Any] = ()) -> Licence:
    """A licence that the bureau entered, with so many days to go."""
    return licences.enter_licence(
        organization,
        by=by,
        number=f"人社民 {next(make.number):08d} 号",
        jobs=jobs or [make.job()],
        valid_from=make.LONG_AGO,
        valid_until=today() + timedelta(days=left),
    )


def safe(room: Room, by: User, days: int = 300) -> Room:
    """A room whose next fire check is so many days ahead."""
    return rooms.check_fire_safety(
        room,
        by=by,
        fire_checked_on=today() - timedelta(days=400),
        fire_valid_until=today() + timedelta(days=days),
        fire_paper=paper("消防检查.pdf"),
    )


def whole_file(world: SimpleNamespace) -> Organization:
    """Aygul's school with everything its file needs."""
    school, by = world.school, world.aygul
    school.uscc = CREDIT_CODE
    school.save(update_fields=["uscc"])
    for found in school.staff.filter(proof=None):
        said = {"post": found.post, "name": found.name, "since": found.since}
        staff.change(found, by=by, proof=paper("聘书.pdf"), **said)
    for kind in PolicyKind:
        policy(school, by, kind)
    for room in school.rooms.all():
        safe(room, by)
    stations.add(world.workshop, by=by, job=make.job(), count=20)
    use(piece(school, by), by)
    material(school, by, 20)
    return school


def one_of_each(world: SimpleNamespace) -> dict[str, Any]:
    """Aygul's whole file, and one line of each kind with its paper, by what it is called."""
    school, by = whole_file(world), world.aygul
    scan, ledger = paper("许可证.pdf"), imports.LEDGERS["equipment"]
    held = licences.enter_licence(
        school,
        by=world.li,
        number="人社民 2027001 号",
        jobs=[make.job()],
        paper=scan,
        valid_from=make.LONG_AGO,
        valid_until=date(2036, 12, 31),
    )
    upload = sheet("设备编号,名称", "SB-W,水准仪", "SB-V,")
    return {
        "licence": held,
        "staff_member": school.staff.latest("pk"),
        "room": world.room,
        "station": school.stations.get(),
        "piece": school.equipment.get(),
        "equipment_use": school.equipment.get().uses.get(),
        "material": school.consumables.get(),
        "policy": school.policies.latest("pk"),
        "platform": platform(school, by, paper=paper("评估.pdf")),
        "waiting_ledger": imports.receive(school, ledger, by=by, upload=upload),
    }
