"""The story of one class: planned, reviewed, joined, taught, finished, or stopped on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from django.utils import timezone

from zhupei.classes.actions import (
    documents,
    enrolment,
    plan,
    review,
    roster,
    timetable,
    waiting,
)
from zhupei.classes.models import DocumentKind, Enrolment, Invitation, TrainingClass, Verdict
from zhupei.classes.review import Folder, folder
from zhupei.classes.roster import Entry
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Row
from zhupei.organizations.models import Division
from zhupei.people import rules
from zhupei.people.models import Purpose, User
from zhupei.portal.demo import lessons, papers, people, record
from zhupei.portal.demo.names import Identity
from zhupei.portal.demo.region import School
from zhupei.portal.demo.stage import Story
from zhupei.syllabus.models import Syllabus

DAY = timedelta(days=1)
DAILY_HOURS = 8
SLACK = 2  # days a timetable may need more when a teacher or a room is taken
CONSENTS = (Purpose.TRAINING, Purpose.EXAM, Purpose.CERTIFICATE_CHECK)
QUESTION = "名册里有 3 人只有安全员证书，报土建施工员班是否需要先补学历证明？请自治区住建厅明确。"
SCHEME = (
    "分两批在实训棚操作，每批由一名教师带队；"
    "操作前讲清危险点并检查劳保用品，操作后逐人点评、填写记录。"
)


class Fate(Enum):
    """How far a plan gets. Those without an obstacle go on until the present."""

    NORMAL = "normal"
    CORRECTED = "corrected"  # sent back once, corrected, approved
    LEFT_IN_DRAFT = "left_in_draft"
    LEFT_WAITING = "left_waiting"
    LEFT_REFERRED = "left_referred"  # the bureau asked the region
    LEFT_RETURNED = "left_returned"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    NOT_FINISHED = "not_finished"  # over, but nobody has closed it


@dataclass
class Plan:
    """What a story needs to know. ``starts_on`` is the first day of teaching."""

    school: School
    syllabus: Syllabus
    starts_on: date
    learners: list[Identity]
    random: Random
    number: int
    fate: Fate = Fate.NORMAL
    submitted: datetime | None = None  # a fortnight before the start, unless said
    running: tuple[datetime, datetime] | None = None  # a lesson to be going on just now
    unanswered: list[Identity] = field(default_factory=list)  # invited, have not said anything
    queue: list[Identity] = field(default_factory=list)  # come when the class is full
    closes: datetime | None = None  # nobody joins later
    away: Division | None = None  # where the class is held, when not at home
    accounts: dict[str, User] = field(default_factory=dict)  # those who registered, by number
    training_class: TrainingClass | None = None
    enrolments: list[Enrolment] = field(default_factory=list)

    def day(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days from the start."""
        return timezone.make_aware(
            datetime.combine(self.starts_on + offset * DAY, time(hour, minute))
        )

    @property
    def teachers_and_room(self) -> int:
        """Two classes of an institution at the same time use different teachers and rooms."""
        return self.number % 2


def story(it: Plan) -> Story:
    """Everything that happens to a class, in order of time."""
    submitted = it.submitted or it.day(-14, 11, 20)
    yield submitted - 2 * DAY
    draft(it)
    if it.fate is Fate.LEFT_IN_DRAFT:
        return
    yield submitted
    _submit(it)
    if it.fate is Fate.LEFT_WAITING:
        return
    yield from _review(it, submitted)
    if it.fate in (Fate.LEFT_RETURNED, Fate.LEFT_REFERRED):
        return
    yield from _join(it)
    if it.fate is Fate.CANCELLED:
        yield it.day(-1, 12)
        note = "报名人数不足，改到下一期，已逐一电话告知学员。"
        plan.cancel(_class(it), by=it.school.registrar, note=note)
        return
    yield from _teach(it)
    if it.fate is Fate.REVOKED:
        note = "现场核查：授课教师与备案不符，实训场地未按方案布置。"
        it.training_class = plan.revoke(_class(it), by=it.school.reviewer, note=note)
    elif it.fate is not Fate.NOT_FINISHED:
        yield timezone.make_aware(datetime.combine(_class(it).ends_on + DAY, time(10, 15)))
        it.training_class = plan.finish(_class(it), by=it.school.registrar)
    if it.fate in (Fate.NORMAL, Fate.CORRECTED):
        yield from record.afterwards(
            _class(it), it.enrolments, registrar=it.school.registrar, random=it.random
        )


def _class(it: Plan) -> TrainingClass:
    assert it.training_class
    return it.training_class


def _teach(it: Plan) -> Iterator[datetime]:
    """Every lesson; of a class that is stopped those of the first day, and then the visit."""
    timetable_of = _class(it).lessons.select_related("unit", "training_class", "teacher")
    stopped = it.day(1, 9, 30) if it.fate is Fate.REVOKED else None
    yield from lessons.story(
        [lesson for lesson in timetable_of if stopped is None or lesson.ends_at < stopped],
        it.enrolments,
        running=it.running[0] if it.running else None,
        random=it.random,
        registrar=it.school.registrar,
    )
    if stopped:
        yield stopped


# ── The plan ─────────────────────────────────────────────────────────────────────────────────


def draft(it: Plan) -> None:
    """Write the plan with its timetable, its papers and its roster."""
    school = it.school
    days = -(-_hours(it.syllabus) // DAILY_HOURS)
    drafted = plan.draft(
        school.organization,
        by=school.registrar,
        syllabus=it.syllabus,
        title=f"{it.syllabus.job.name}培训班（第 {it.number} 期）",
        starts_on=it.starts_on,
        ends_on=it.starts_on + (days - 1 + SLACK) * DAY,
        seats=_coming(it) if it.queue else min(len(it.learners) + 8, 48),
        room=school.classrooms[it.teachers_and_room],
        contact_phone=school.phone,
        practice_scheme=SCHEME if any(u.practice_hours for u in it.syllabus.units.all()) else "",
        **({"division": it.away} if it.away else {}),
    )
    it.training_class = drafted
    _lay_out(it)
    kind = DocumentKind.LESSON_PLAN
    documents.attach(drafted, by=school.registrar, upload=papers.lesson_plan(drafted), kind=kind)
    invited = [*it.learners[::2], *it.unanswered]
    if invited and it.fate is not Fate.LEFT_IN_DRAFT:
        rows = [_row(number, one) for number, one in enumerate(invited, 2)]
        roster.invite(drafted, by=school.registrar, rows=rows)


def _coming(it: Plan) -> int:
    """How many of the learners will be in the class: one says no, one leaves (see _join)."""
    refuses = len(it.learners) > 6 and len(it.learners) % 2 == 0  # noqa: PLR2004
    return len(it.learners) - refuses


def _submit(it: Plan, note: str = "") -> None:
    """Hand the plan in; where a teacher was booked elsewhere meanwhile, lay it out anew."""
    try:
        it.training_class = plan.submit(_class(it), by=it.school.registrar, note=note)
    except Refused:
        _lay_out(it)
        it.training_class = plan.submit(_class(it), by=it.school.registrar, note=note)


def _lay_out(it: Plan) -> None:
    timetable.lay_out(_class(it), by=it.school.registrar, wishes=_wishes(it))
    if it.running:
        _let_run_now(it, it.running)


def _hours(syllabus: Syllabus) -> int:
    return sum(unit.hours for unit in syllabus.units.all())


def _wishes(it: Plan) -> timetable.Wishes:
    first = 2 * it.teachers_and_room
    return timetable.Wishes(
        first_day=it.starts_on,
        daily_hours=DAILY_HOURS,
        morning=time(10),
        afternoon=time(16),
        weekdays=frozenset(range(7)),
        holidays_off=False,
        teacher=it.school.teachers[first],
        room=it.school.classrooms[it.teachers_and_room],
        practice_teacher=it.school.teachers[first + 1],
        practice_room=it.school.workshop,
    )


def _let_run_now(it: Plan, running: tuple[datetime, datetime]) -> None:
    """Move the first lesson that has not been held yet to the present, the others after it."""
    laid_out = list(_class(it).lessons.select_related("unit", "teacher", "room"))
    today = timezone.localdate(running[0] + timedelta(hours=1))  # in the evening it ends tomorrow
    later = [lesson for lesson in laid_out if timezone.localdate(lesson.starts_at) >= today]
    times = [running] + [(x.starts_at + DAY, x.ends_at + DAY) for x in later[1:]]
    moved = dict(zip([lesson.pk for lesson in later], times, strict=True))
    fields: list[timetable.LessonFields] = []
    for lesson in laid_out:
        starts_at, ends_at = moved.get(lesson.pk, (lesson.starts_at, lesson.ends_at))
        fields.append(
            {
                "unit": lesson.unit,
                "kind": lesson.kind,
                "starts_at": starts_at,
                "ends_at": ends_at,
                "teacher": lesson.teacher,
                "room": lesson.room,
            }
        )
    timetable.set_timetable(_class(it), by=it.school.registrar, lessons=fields)


def _row(number: int, one: Identity) -> Row[Entry]:
    entry = Entry(
        name=one.name,
        id_number=one.id_number,
        phone=one.phone,
        employer=one.employer,
        sex=rules.sex(one.id_number),
        born_on=rules.born_on(one.id_number),
    )
    return Row("学员名册", number, {}, entry)


# ── The review ───────────────────────────────────────────────────────────────────────────────

REASONS = (
    {
        "field": "timetable",
        "text": "第一天上午的课没有写明由哪位教师讲授职业道德，请核对后重排。",
        "law": "第十二条",
    },
    {"field": "contact_phone", "text": "咨询电话打不通，请改为能接通的号码。", "law": "第十二条"},
)


def _review(it: Plan, submitted: datetime) -> Iterator[datetime]:
    """The bureau approves; in a prefecture that files there is nothing to approve."""
    files = _class(it).in_effect
    if it.fate is Fate.LEFT_REFERRED:
        yield submitted + DAY
        plan.refer(_class(it), by=it.school.reviewer, note=QUESTION)
        return
    if it.fate in (Fate.CORRECTED, Fate.LEFT_RETURNED):
        yield submitted + DAY
        it.training_class = plan.send_back(_class(it), by=it.school.reviewer, reasons=REASONS)
        if it.fate is Fate.LEFT_RETURNED:
            return
        yield submitted + 1.25 * DAY
        phone = it.school.phone.replace("-02", "-03")
        plan.change(_class(it), by=it.school.registrar, contact_phone=phone)
        _submit(it, note="电话已更正，课程表已核对。")
    if not files:
        yield submitted + 2 * DAY
        note = it.random.choice(("材料齐全，同意开班。", "", "请按课程表组织教学，做好考勤。"))
        yield from _read(it, submitted + 2 * DAY)
        it.training_class = plan.approve(_class(it), by=it.school.reviewer, note=note)


def _read(it: Plan, begun: datetime) -> Iterator[datetime]:
    """The reviewer opens every paper, stays with them for a while, and answers every item."""
    reviewer, found = it.school.reviewer, _class(it)
    held = read_papers(found, reviewer)
    yield begun + timedelta(seconds=it.random.randint(6, 22))
    for item in held.items:
        for paper in item.papers:
            review.still_reading(found, paper, by=reviewer)
        review.find(found, item.code, Verdict.GOOD, by=reviewer)


def read_papers(training_class: TrainingClass, reader: User) -> Folder:
    """Open everything there is to see of a plan."""
    held = folder(training_class, reader)
    for item in held.items:
        for paper in item.papers:
            review.open_paper(training_class, paper, by=reader, within=held)
    return held


# ── The learners ─────────────────────────────────────────────────────────────────────────────


def _join(it: Plan) -> Iterator[datetime]:
    """People register and join within nine days; one says no, one leaves again."""
    first, last = (it.day(-14, 18), it.day(-9, 9)) if it.queue else (it.day(-10, 9), it.day(-1, 9))
    moments = sorted(first + (last - first) * it.random.random() for _ in it.learners)
    refuses = len(it.learners) - 2  # an even place is an invited one
    for place, (moment, identity) in enumerate(zip(moments, it.learners, strict=True)):
        if it.closes and moment > it.closes:
            return
        yield moment
        user = account(it, identity)
        invitation = _invitation(it, user)
        if invitation and place == refuses and len(it.learners) > 6:  # noqa: PLR2004
            enrolment.decline(invitation, by=user)
            continue
        it.enrolments.append(_enrol(it, user, invitation))
    if it.queue:
        yield from _stand_in_line(it)
    elif len(it.enrolments) > 10 and it.fate is not Fate.CANCELLED:  # noqa: PLR2004
        yield it.day(-1, 9, 40)
        leaver = it.enrolments.pop()
        enrolment.withdraw(leaver, by=leaver.person.account, note="家里有事，下期再来。")


def _stand_in_line(it: Plan) -> Iterator[datetime]:
    """Some come when the class is full; somebody leaves, and the first in line is offered the
    place, this minute.
    """
    yield it.day(-9, 12)
    for identity in it.queue:
        waiting.join(_class(it), by=account(it, identity), consents=CONSENTS)
    yield it.day(-9, 15)
    leaver = it.enrolments.pop()
    enrolment.withdraw(leaver, by=leaver.person.account, note="单位临时安排出差。")


def account(it: Plan, identity: Identity) -> User:
    """The account of somebody, registered now if they had none."""
    if identity.id_number not in it.accounts:
        it.accounts[identity.id_number] = people.register(identity)
    return it.accounts[identity.id_number]


def _invitation(it: Plan, user: User) -> Invitation | None:
    assert user.person
    return (
        Invitation.objects.open()
        .filter(training_class=_class(it), id_index=user.person.id_index)
        .first()
    )


def _enrol(it: Plan, user: User, invitation: Invitation | None) -> Enrolment:
    if invitation:
        return enrolment.confirm(invitation, by=user, consents=CONSENTS)
    return enrolment.sign_up(_class(it), by=user, consents=CONSENTS)
