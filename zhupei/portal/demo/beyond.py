"""What happens in the demo beside classes and exams: institutions that come and go, classes away
from home, teachers under review, second readings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random
from typing import NamedTuple

from django.utils import timezone

from zhupei.classes.actions import second, transfer
from zhupei.classes.models import Enrolment, SecondReading
from zhupei.classes.parameters import SECOND_READING_SHARE
from zhupei.filings import actions as filings
from zhupei.filings.models import Filing, PaperKind
from zhupei.institutions.actions import admission
from zhupei.organizations.actions import set_parameter
from zhupei.organizations.models import Division, Organization, Role
from zhupei.oversight import actions as oversight
from zhupei.people.models import User
from zhupei.portal.demo import classes, dossiers, people
from zhupei.portal.demo.names import Identity, credit_code
from zhupei.portal.demo.region import Part, Region
from zhupei.portal.demo.stage import Story
from zhupei.syllabus.models import Job
from zhupei.teachers import actions as pool
from zhupei.teachers.models import EvidenceKind, Rank, Teacher

DAY = timedelta(days=1)
SHARE = 20  # per cent: enough to see some
ASKED_AGAIN = timedelta(days=3)


# ── Institutions ─────────────────────────────────────────────────────────────────────────────


class Door(Enum):
    """How far an institution that came later has got."""

    FILING = "filing"
    APPLIED = "applied"
    RETURNED = "returned"
    LEFT = "left"


# fmt: off
NEWCOMERS = (
    ("654201", "额敏河建筑职业培训学校", Door.FILING, -6),
    ("654301", "克兰河建设职业技能培训学校", Door.APPLIED, -9),
    ("652701", "赛里木建筑职业培训学校", Door.RETURNED, -14),
    ("650202", "独山子建筑职业培训学校", Door.LEFT, -60),
)
SUSPENDED, REINSTATED = 5, 11  # places of schools
# fmt: on


@dataclass
class Stage:
    """What these stories are made of."""

    region: Region
    part: Part
    cast: Iterator[Identity]
    random: Random
    now: datetime

    def at(self, day: int, hour: int = 11) -> datetime:
        today = timezone.localdate(self.now) + day * DAY
        return timezone.make_aware(datetime.combine(today, time(hour, 20)))


def stories(on: Stage) -> list[Story]:
    """Everything beside classes and exams, of the part the logins belong to."""
    return [
        *(newcomer(on, *row) for row in NEWCOMERS),
        reinstated(on),
        *(filing(on, row) for row in FILINGS),
        *(applicant(on, *row) for row in APPLICANTS),
        second_readings(on),
    ]


def newcomer(on: Stage, code: str, name: str, door: Door, day: int) -> Story:
    """An institution is registered, fills its file, asks to be admitted; one leaves again."""
    yield on.at(day)
    division = Division.objects.select_related("parent").get(code=code)
    made = admission.register(
        name,
        division,
        by=on.region.regulator,
        short_name=name[:3],
        uscc=credit_code(on.random, code),
    )
    login = f"xinban-{code}"
    since = timezone.localdate()
    registrar = people.employ(login, next(on.cast).name, Role.REGISTRAR, made, since=since)
    if door is Door.FILING:
        return
    _equip(on, made, registrar)
    yield on.at(day + 1)
    admission.apply(made, by=registrar)
    yield on.at(day + 3)
    if door is Door.RETURNED:
        note = "消防安全检查记录看不清，请重新上传。"
        admission.send_back(made, by=on.region.regulator, note=note)
    if door is Door.LEFT:
        admission.admit(made, by=on.region.regulator)
        yield on.at(day + 40)
        note = "机构转型，自愿退出建设行业培训，学员已全部结业。"
        oversight.leave(made, by=on.region.regulator, note=note)


def _equip(on: Stage, made: Organization, registrar: User) -> None:
    """What it takes to be admitted for one trade, with teachers who also work elsewhere."""
    dossiers.licence(made, on.region.reviewers[str(made.prefecture_id)], ["T010"])
    rooms = dossiers.rooms_of(made, registrar)
    dossiers.compile_file(
        made, 0, registrar=registrar, rooms_of=rooms, cast=on.cast, random=on.random
    )
    for teacher in on.part.schools[-1].teachers[:2]:
        dossiers.engage(teacher, made, by=registrar, full_time=False)


def suspended(on: Stage, frozen: classes.Plan) -> Story:
    """One is stopped while a class of it is open; one of its learners goes elsewhere at once."""
    school = on.part.schools[SUSPENDED]
    yield on.at(-2, 15)
    oversight.suspend(
        school.organization,
        by=on.region.regulator,
        note="现场核查发现授课教师与备案不符、实训场地未按方案布置，责令限期改正。",
        evidence=dossiers.paper("现场核查记录"),
        certificates_from=timezone.localdate() - 90 * DAY,
    )
    yield on.at(-1, 20)
    for enrolment in frozen.enrolments[:1]:
        _go_elsewhere(enrolment)


def _go_elsewhere(enrolment: Enrolment) -> None:
    other = transfer.options(enrolment).first()
    if other:
        transfer.transfer(enrolment, other, by=enrolment.person.account)


def reinstated(on: Stage) -> Story:
    """One was stopped in summer and may go on since."""
    school = on.part.schools[REINSTATED]
    yield on.at(-80)
    oversight.suspend(
        school.organization,
        by=school.reviewer,
        note="实训场地消防检查逾期，整改前暂停办班。",
        evidence=dossiers.paper("消防检查逾期告知"),
    )
    yield on.at(-66)
    oversight.reinstate(
        school.organization,
        by=school.reviewer,
        note="已通过消防检查，同意恢复。",
        evidence=dossiers.paper("消防检查合格记录"),
    )


# ── Classes away from home ───────────────────────────────────────────────────────────────────


class Fate(Enum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    FILED = "filed"
    REVOKED = "revoked"


class Away(NamedTuple):
    """One row: which institution goes where, from which day to which, handed in when."""

    school: int
    place: str
    fate: Fate
    first: int
    last: int
    day: int


# fmt: off
FILINGS = (
    Away(2, "650402", Fate.FILED, -30, 120, -45), Away(0, "653201", Fate.WAITING, 10, 60, -2),
    Away(4, "652901", Fate.RETURNED, 15, 45, -6), Away(1, "654002", Fate.REVOKED, -40, 30, -60),
    Away(2, "650502", Fate.DRAFT, 20, 50, -1),
)
# fmt: on


def filing(on: Stage, row: Away) -> Story:
    """An institution asks the HR department of another prefecture."""
    school, fate, day = on.part.schools[row.school], row.fate, row.day
    yield on.at(day)
    made = _drafted(on, row)
    if fate is Fate.DRAFT:
        return
    made = filings.submit(made, by=school.registrar)
    if fate is Fate.WAITING:
        return
    yield on.at(day + 3)
    officer = on.region.hr[made.prefecture_id]
    if fate is Fate.RETURNED:
        reason = {"field": "address", "text": "请写明具体门牌号，并附场地使用证明。"}
        filings.send_back(made, by=officer, reasons=[reason])
        return
    filings.accept(made, by=officer, note="材料齐全，准予备案。")
    filings.open_copy(made, by=on.region.reviewers[made.prefecture_id])
    if fate is Fate.REVOKED:
        yield on.at(day + 20)
        filings.revoke(made, by=officer, note="现场查看与备案场地不符。")


def _drafted(on: Stage, row: Away) -> Filing:
    school = on.part.schools[row.school]
    division = Division.objects.select_related("parent").get(code=row.place)
    today = timezone.localdate(on.now)
    made = filings.draft(
        school.organization,
        by=school.registrar,
        jobs=[Job.objects.get(code="T010")],
        prefecture=division.parent,
        division=division,
        address=f"{division.name}建设路 18 号院内",
        valid_from=today + row.first * DAY,
        valid_until=today + row.last * DAY,
        learners=30,
        contact=school.registrar.name,
        contact_phone=school.phone,
    )
    for kind in (PaperKind.LICENCE, PaperKind.PREMISES):
        paper = dossiers.paper(str(kind.label))
        filings.attach(made, by=school.registrar, upload=paper, kind=kind)
    return made


# ── Teachers ─────────────────────────────────────────────────────────────────────────────────

# fmt: off
APPLICANTS = (("applied", -3), ("applied", -1), ("returned", -8), ("draft", -2))
# fmt: on


def applicant(on: Stage, state: str, day: int) -> Story:
    """Somebody an institution would like to have in the pool."""
    school = on.part.schools[2]
    yield on.at(day, 16)
    one = next(on.cast)
    teacher = pool.propose(
        {"name": one.name, "id_number": one.id_number, "phone": one.phone},
        by=school.registrar,
        organization=school.organization,
        trades=[Job.objects.get(code="T010")],
        title="技师",
        rank=Rank.INTERMEDIATE,
        education="大专",
    )
    _prove(teacher, school.registrar, timezone.localdate())
    if state == "draft":
        return
    teacher = pool.submit(teacher, by=school.registrar)
    if state == "returned":
        yield on.at(day + 2, 10)
        reason = {"field": "qualifications", "text": "技师证书扫描件看不清编号，请重新上传。"}
        pool.send_back(teacher, by=on.region.officer, reasons=[reason])


def _prove(teacher: Teacher, by: User, today: date) -> None:
    pool.add_qualification(
        teacher,
        by=by,
        kind=EvidenceKind.SKILL,
        name="砌筑工技师证书",
        issued_on=today - 900 * DAY,
        trades=list(teacher.trades.all()),
        file=dossiers.paper("技师证书"),
    )


# ── Second readings ──────────────────────────────────────────────────────────────────────────


def second_readings(on: Stage) -> Story:
    """Every week the draw; the region reads what it chose, the newest not yet."""
    yield on.at(-149, 9)
    set_parameter(
        SECOND_READING_SHARE,
        SHARE,
        by=on.region.regulator,
        valid_from=timezone.localdate(),
        source="演示：抽得多一些，便于查看",
    )
    for day in range(-140, 1, 7):
        yield on.at(day, 2)
        second.draw_due()
        _read_again(on)


def _read_again(on: Stage) -> None:
    regulator = on.region.regulator
    waiting = SecondReading.objects.waiting().filter(
        draw__drawn_at__lt=timezone.now() - ASKED_AGAIN
    )
    for row in waiting.select_related("training_class"):
        classes.read_papers(row.training_class, regulator)
        if row.pk % 3 == 2:  # noqa: PLR2004 - of three one is objected to
            note = "名册里两人年龄与岗位要求不符，审核时没有指出。"
            second.object_to(row, by=regulator, note=note)
        else:
            second.agree(row, by=regulator, note="")
