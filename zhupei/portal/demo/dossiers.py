"""The files of the demo's institutions: whole enough to be admitted, some with a flaw."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.institutions import actions
from zhupei.institutions.actions import (
    admission,
    consumables,
    equipment,
    platforms,
    policies,
    rooms,
    staff,
    stations,
)
from zhupei.institutions.models import PolicyKind, Post, Room, StaffMember, Tenure
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.portal.demo.names import Identity
from zhupei.syllabus.models import Category, Job
from zhupei.teachers import actions as pool
from zhupei.teachers.models import Rank, Teacher

SCAN = b"%PDF-1.4\n% a paper of the demo\n%%EOF\n"
TRADE = "T010"
WITHOUT_TWO_POLICIES, FIRE_CHECK_DUE, MANAGER_GONE, LICENCE_ENDS_SOON = 3, 7, 8, 9
DAY = timedelta(days=1)
# fmt: off
MACHINES = (  # name, model, how many, for which job
    ("砂浆搅拌机", "UJZ-200", 2, "T010"), ("激光水准仪", "LS-305", 4, "SGY-TJ"),
    ("手提切割机", "ZIE-110", 6, "T010"), ("脚手架构件", "48×3.5", 60, "T010"),
    ("全站仪", "NTS-352", 2, "SGY-TJ"), ("混凝土回弹仪", "HT-225", 3, "ZLY-TJ"),
    ("材料取样工具", "QY-12", 4, "CLY"), ("配电实训台", "DY-3", 5, "T130"),
    ("投影仪", "EB-X51", 2, ""), ("灭火器", "MFZ/ABC4", 12, ""),
)
LACKING = {1: ("CLY", "T130"), 3: ("ZLY-TJ",)}  # jobs without equipment, by place modulo 4
MATERIALS = (("烧结普通砖", "块", 3000, 1850), ("水泥", "袋", 80, 46), ("中砂", "立方米", 20, 11))
CHARGES = (Category.SITE_POST, Category.TRADE, "", "")
# fmt: on


def paper(name: str) -> ContentFile[bytes]:
    return ContentFile(SCAN, f"{name}.pdf")


def compile_file(
    organization: Organization,
    place: int,
    *,
    registrar: User,
    rooms_of: list[Room],
    cast: Iterator[Identity],
    random: Random,
) -> None:
    """Everything an institution has to have on file before it may ask to be admitted."""
    today = timezone.localdate()
    _people(organization, registrar, cast, today)
    _policies(organization, place, registrar, today)
    for room in rooms_of:
        _room(room, place, registrar, today)
    _ledgers(organization, place, registrar, rooms_of[-1], random)
    platforms.add(
        organization,
        by=registrar,
        name="建设行业网络课堂",
        url="https://ke.example.cn/",
        owner="others",
        provider="新疆建设教育网络有限公司",
        assessed_on=today - 200 * DAY,
        valid_until=today + 900 * DAY,
        paper=paper("网课平台评估结论"),
    )


def _people(
    organization: Organization, registrar: User, cast: Iterator[Identity], today: date
) -> None:
    """A head with a senior title, and four managers: three, and one for the second category."""
    staff.appoint(
        organization,
        by=registrar,
        post=Post.HEAD,
        name=next(cast).name,
        title="高级工程师",
        rank=Rank.SENIOR,
        full_time=True,
        managing_since=today - 2500 * DAY,
        since=today - 900 * DAY,
        proof=paper("负责人聘书和职称证书"),
    )
    for charge in CHARGES:
        staff.appoint(
            organization,
            by=registrar,
            post=Post.MANAGER,
            name=next(cast).name,
            title="工程师",
            rank=Rank.INTERMEDIATE,
            full_time=True,
            charge=charge,
            since=today - 700 * DAY,
            proof=paper("聘书和社保缴费记录"),
        )


def _policies(organization: Organization, place: int, registrar: User, today: date) -> None:
    kinds = list(PolicyKind)
    for kind in kinds[:-2] if place == WITHOUT_TWO_POLICIES else kinds:
        policies.adopt(
            organization,
            by=registrar,
            kind=kind,
            title=f"{organization.short_name}{kind.label}",
            adopted_on=today - 300 * DAY,
            file=paper(str(kind.label)),
        )


def _room(room: Room, place: int, registrar: User, today: date) -> None:
    """One institution is late with the fire safety check of a room no class is in."""
    due = 140 if place == FIRE_CHECK_DUE and room.name == "教室 102" else 365
    rooms.check_fire_safety(
        room,
        by=registrar,
        fire_checked_on=today - 10 * DAY,
        fire_valid_until=today + due * DAY,
        fire_paper=paper("消防安全检查记录"),
    )


def tenure(place: int) -> dict[str, Any]:
    """Every third institution rents its rooms."""
    if place % 3 != 1:
        return {}
    return {"tenure": Tenure.LEASED, "lease_until": timezone.localdate() + (400 + 30 * place) * DAY}


def _ledgers(
    organization: Organization, place: int, registrar: User, workshop: Room, random: Random
) -> None:
    today = timezone.localdate()
    trades = list(Job.objects.filter(syllabi__units__practice_hours__gt=0).distinct())
    for job in trades:
        stations.add(workshop, by=registrar, job=job, count=15)
    by_code = {job.code: job for job in Job.objects.filter(code__in=[row[-1] for row in MACHINES])}
    bought = [row for row in MACHINES if row[-1] not in LACKING.get(place % 4, ())]
    for number, (name, model, quantity, code) in enumerate(bought, 1):
        machine = equipment.add(
            organization,
            by=registrar,
            number=f"SB-{number:03d}",
            name=name,
            model=model,
            quantity=quantity,
            job=by_code.get(code),
            room=workshop,
            bought_on=today - random.randint(200, 1500) * DAY,
        )
        equipment.enter_use(
            machine,
            by=registrar,
            used_on=today - random.randint(1, 9) * DAY,
            minutes=random.choice((90, 180, 240)),
            purpose="设备调试和示范操作",
            user_name="实训教师",
        )
    for name, unit, came, used in MATERIALS:
        stock = consumables.add(
            organization, by=registrar, name=name, unit=unit, job=by_code[TRADE]
        )
        for direction, quantity, purpose in (("in", came, "购入"), ("out", used, "实训领用")):
            consumables.move(
                stock,
                by=registrar,
                direction=direction,
                quantity=Decimal(quantity),
                on=today - 5 * DAY,
                purpose=purpose,
            )


def admit(organization: Organization, *, registrar: User, regulator: User) -> None:
    """The institution asks, the region judges its staff and admits it."""
    admission.apply(organization, by=registrar)
    admission.admit(organization, by=regulator, note="材料齐全，师资和管理人员配备符合要求。")


def lose_a_manager(organization: Organization, *, registrar: User) -> None:
    """One manager leaves and nobody follows: the verdict on the staff turns."""
    gone = StaffMember.objects.filter(organization=organization, post=Post.MANAGER).latest("pk")
    staff.leave(gone, by=registrar, on=timezone.localdate())


def licence(organization: Organization, reviewer: User, codes: list[str], days: int = 1000) -> None:
    """The bureau has seen the licence: for these jobs, for so many days from now."""
    today = timezone.localdate()
    actions.enter_licence(
        organization,
        by=reviewer,
        number=f"人社民 {organization.division_id}4{organization.pk:06d} 号",
        jobs=Job.objects.filter(code__in=codes),
        valid_from=today - 400 * DAY,
        valid_until=today + days * DAY,
    )


def rooms_of(organization: Organization, registrar: User, place: int = 0) -> list[Room]:
    """Two classrooms and a workshop."""
    where = f"{organization.division.name}建设路 {organization.pk} 号"
    return [
        actions.add_room(
            organization,
            by=registrar,
            name=name,
            use=use,
            address=where + note,
            seats=seats,
            stations=benches,
            **tenure(place),
        )
        for name, use, note, seats, benches in (
            ("教室 101", "classroom", " 1 楼", 60, 0),
            ("教室 102", "classroom", " 1 楼", 48, 0),
            ("实训棚", "workshop", "院内", 60, 15),
        )
    ]


def engage(teacher: Teacher, organization: Organization, *, by: User, full_time: bool) -> None:
    """With contract, and with insurance when it is full-time."""
    since = timezone.localdate()
    pool.engage(
        teacher,
        organization,
        by=by,
        full_time=full_time,
        since=since,
        contract=paper("聘用合同"),
        contract_until=since + 700 * DAY,
        insurance=paper("社保缴费记录") if full_time else None,
        insured_until=since + 200 * DAY if full_time else None,
    )


def licence_days(place: int) -> int:
    """How long a licence holds, from the opening of the region on."""
    return 150 + 24 if place == LICENCE_ENDS_SOON else 1000
