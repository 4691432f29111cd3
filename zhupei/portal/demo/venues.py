"""Where the demo region examines: bodies both departments have determined, sites, seats, people
who watch.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from zhupei.exams.actions import invigilators, materials
from zhupei.exams.models import Plan, Sitting
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Kind, Organization, Role
from zhupei.people.models import User
from zhupei.portal.demo import people
from zhupei.portal.demo.names import Identity
from zhupei.syllabus.models import Job, Syllabus
from zhupei.venues.actions import designations, seats, sites
from zhupei.venues.models import Designation, ExamRoom, Seat
from zhupei.venues.rules import Layout
from zhupei.venues.sentences import CHECKLIST

SCAN = b"%PDF-1.4\n% a paper of the demo\n%%EOF\n"
WATCHING = 8  # invigilators of one body
JUDGING = 3  # assessors of one body
LAYOUT = Layout(rows=7, columns=10, spares=7, prefix="PC-")
YEARS = timedelta(days=2 * 365)
VIDEO = "机房监控录像保存多久？请说明。"


def furnish(room: Room, serial: int, examiner: User, cast: Iterator[Identity]) -> None:
    """A site with one room, its seats, a check of it, and those who watch."""
    body = room.organization
    site = sites.add(
        body,
        by=examiner,
        name=f"{body.name}考点",
        division=body.division if body.prefecture_id else Division.objects.get(code="650104"),
        address=f"人民路 {serial} 号",
        directions="从东门进，电梯到 3 楼；公交 3 路、10 路到站",
        contact=examiner.name,
        contact_phone=f"0991-03{serial:05d}",
        accessibility="有坡道和电梯，3 楼有无障碍厕所",
    )
    hall = sites.place_room(
        site, room, by=examiner, front="讲台在北墙，入口在东侧", spacing="左右 100 cm，单人单桌"
    )
    seats.lay_out(hall, LAYOUT, by=examiner)
    _check(hall, examiner)
    today = timezone.localdate()
    for turn in range(1, WATCHING + 1):
        login = f"jiankao{serial:02d}-{turn}" if turn > 1 else f"jiankao{serial:02d}"
        people.employ(login, next(cast).name, Role.INVIGILATOR, body, since=today)
    for turn in range(1, JUDGING + 1):
        login = f"kaoping{serial:02d}-{turn}" if turn > 1 else f"kaoping{serial:02d}"
        people.employ(login, next(cast).name, Role.ASSESSOR, body, since=today)


def _check(hall: ExamRoom, examiner: User) -> None:
    """One machine is out of order."""
    laid = list(Seat.objects.filter(room=hall.room_id).order_by("number"))
    seats.check_room(
        hall,
        by=examiner,
        working=[one.pk for one in laid if one.number != LAYOUT.columns],
        done=list(CHECKLIST),
        note="10 号机主板故障，已报修",
    )


def determine(
    body: Organization, housing: User, hr: User, *, until: str = "in_force"
) -> Designation:
    """Drafted and signed by housing, signed by HR; or left on the way."""
    today = timezone.localdate()
    made = designations.draft(
        body,
        by=housing,
        jobs=Job.objects.filter(syllabi__in=Syllabus.objects.published()).distinct(),
        valid_from=today,
        valid_until=today + YEARS,
        conditions="机考，每场不超过 99 人",
    )
    if until == "draft":
        return made
    upload = ContentFile(SCAN, "联合评审意见.pdf")
    designations.attach(made, by=housing, upload=upload, kind="minutes")
    made = designations.sign(made, by=housing)
    if until == "signed":
        return made
    made = designations.sign(made, by=hr)
    if until == "suspended":
        return designations.suspend(made, by=hr, note="换发场地证明期间暂停考核")
    if until == "withdrawn":
        return designations.withdraw(made, by=housing, note="重新评审，另行确定")
    return made


def watch(sitting: Sitting, *, by: User) -> None:
    """Two of the body agree, who are free then; the first is the chief."""
    found = User.objects.filter(
        memberships__role=Role.INVIGILATOR, memberships__organization=sitting.organization
    )
    busy = Q(
        invigilations__starts_at__lt=sitting.ends_at,
        invigilations__ends_at__gt=sitting.starts_at,
        invigilations__state__in=["invited", "accepted"],
    )
    taken = User.objects.filter(busy).values("pk")
    for turn, who in enumerate(found.exclude(pk__in=taken).order_by("pk")[:2]):
        called = invigilators.call(sitting, who, by=by, chief=not turn)
        invigilators.accept(called, by=who)


def ask_back(about: Sitting | Plan, *, text: str = VIDEO) -> None:
    """The bureau wants to know something about what it was told; the answer is still owed."""
    reviewer = User.objects.filter(
        memberships__role=Role.REVIEWER,
        memberships__organization__kind=Kind.PREFECTURE_AUTHORITY,
        memberships__organization__prefecture=about.prefecture_id,
    ).first()
    if reviewer:
        materials.ask(about, by=reviewer, text=text)
