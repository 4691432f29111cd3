"""The roll taken without network: what phones kept comes in later, once, whatever their clocks."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import parameters as p
from zhupei.attendance import rules
from zhupei.attendance.actions.shared import credit, describe, opens
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.models import Attendance, Method, RollMark
from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import Enrolment, Lesson, State
from zhupei.core import audit
from zhupei.core.deeds import A_MOMENT
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.offline import Outcome, check_clock, true_time
from zhupei.core.parameters import value
from zhupei.people.models import User

OWN = (Method.SCAN, Method.TYPED)  # the learner's own deed
HELD = (State.FILED, State.APPROVED, State.FINISHED)  # lessons of such a class were lessons


class Sent(NamedTuple):
    """One tap as the phone tells it, by the phone's clock."""

    id: UUID
    enrolment: int
    kind: rules.Kind
    at: datetime


@transaction.atomic
def sync(
    lesson: Lesson, *, by: User, phone: str, phone_now: datetime, marks: Sequence[Sent]
) -> list[Outcome]:
    """Take over what a phone kept. The same taps sent twice are taken once.

    ``phone_now`` is the phone's clock at sending: a phone that is a day slow was so at every tap.
    What rules forbid comes back with its reason and stays on the phone. Several phones, and the
    learners' own sign-ins, are merged by ``rules.merged``.

    Raises NotAllowed; Refused "clock_too_wrong".

    Source: Measures, art. 13 (strict attendance).
    """
    now = timezone.now()
    lesson = (
        Lesson.objects.select_for_update(of=("self",), no_key=True)
        .select_related("training_class__organization", "teacher", "unit")
        .get(pk=lesson.pk)
    )
    if not may_keep_roll(by, lesson):
        raise NotAllowed("not_allowed", _("只有任课教师和本机构教务能给这节课点名。"))
    check_clock(phone_now, now)
    judge = _Judge(lesson, now, marks)
    outcomes: list[Outcome] = []
    for mark in marks:
        at = true_time(mark.at, phone_now=phone_now, server_now=now)
        try:
            judge.check(mark, at)
        except Refused as refusal:
            outcomes.append(Outcome(mark.id, refusal))
            continue
        outcomes.append(Outcome(mark.id, None))
        judge.take(mark, at, phone, by, phone_now)
    RollMark.objects.bulk_create(judge.fresh)
    for enrolment in {mark.enrolment for mark in judge.fresh}:
        _settle(lesson, enrolment, judge, by=by)
    return outcomes


class _Judge:
    """The facts all taps of one lesson are judged by, fetched once."""

    def __init__(self, lesson: Lesson, now: datetime, marks: Sequence[Sent]) -> None:
        self.lesson, self.now = lesson, now
        self.figures = p.figures(lesson.training_class.prefecture_id)
        self.opens = opens(lesson, self.figures)
        self.closes = lesson.ends_at + timedelta(minutes=value(p.ROLL_AFTER))
        self.deadline = lesson.ends_at + timedelta(hours=value(p.OFFLINE_HOURS))
        wanted = {mark.enrolment for mark in marks}
        known = Enrolment.objects.filter(training_class=lesson.training_class_id, pk__in=wanted)
        self.enrolments = {one.pk: one for one in known.select_related("person")}
        ids = [mark.id for mark in marks]
        self.known = {one.pk: one for one in RollMark.objects.filter(pk__in=ids)}
        rows = Attendance.objects.select_for_update().filter(lesson=lesson, enrolment__in=wanted)
        self.rows = {row.enrolment_id: row for row in rows}
        self.fresh: list[RollMark] = []

    def check(self, mark: Sent, at: datetime) -> None:
        """Refuse one tap, or not."""
        if mark.enrolment not in self.enrolments:
            raise Refused("wrong_class", _("这名学员不在这个班。"))
        before = self.known.get(mark.id)
        if before is not None:
            if _same(before, mark, self.lesson):
                return
            raise Refused("mark_exists", _("这个编号的记录已经传过，内容不同。请重新点一次。"))
        self._check_class(at)
        self._check_time(mark.kind, at)
        row = self.rows.get(mark.enrolment)
        if row is not None and row.corrected:
            raise Refused("already_corrected", _("这一行已由两个人更正过，离线点名不再改它。"))

    def _check_class(self, at: datetime) -> None:
        found = self.lesson.training_class
        if found.frozen_since is not None and at > found.frozen_since:
            raise Refused("class_frozen", _("点名时班级已暂停，这节课不记考勤。"))
        if found.state not in HELD:
            raise Refused("class_not_in_effect", _("这个班没有生效，不记考勤。"))

    def _check_time(self, kind: rules.Kind, at: datetime) -> None:
        if self.now > self.deadline:
            raise Refused(
                "synced_too_late",
                _("这节课的离线点名最迟 %(time)s 上传。请用纸质签到表或更正补录。"),
                time=f"{timezone.localtime(self.deadline):%m-%d %H:%M}",
            )
        last = self.lesson.ends_at if kind == rules.Kind.LATE else self.closes
        first = self.lesson.starts_at if kind == rules.Kind.LEFT else self.opens
        if not first <= at <= min(last, self.now + A_MOMENT):
            raise Refused(
                "outside_the_lesson",
                _("这一下是 %(time)s（北京时间）点的，不在这节课的点名时间里。请重点，或用更正。"),
                time=f"{timezone.localtime(at):%m-%d %H:%M}",
            )

    def take(self, mark: Sent, at: datetime, phone: str, by: User, phone_now: datetime) -> None:
        """Put a tap among those to be written, unless it was written before."""
        if mark.id in self.known:
            return
        taken = RollMark(
            id=mark.id,
            lesson=self.lesson,
            enrolment=self.enrolments[mark.enrolment],
            kind=mark.kind.value,
            phone=phone,
            phone_at=mark.at,
            at=at,
            clock_error=round((phone_now - self.now).total_seconds()),
            made_by=by,
            received_at=self.now,
        )
        self.known[mark.id] = taken
        self.fresh.append(taken)


def _same(before: RollMark, mark: Sent, lesson: Lesson) -> bool:
    here = (before.lesson_id, before.enrolment_id, before.kind)
    return here == (lesson.pk, mark.enrolment, mark.kind.value)


def _settle(lesson: Lesson, enrolment: Enrolment, judge: _Judge, *, by: User) -> None:
    """Work one line out anew from everything that was said about it."""
    row = judge.rows.get(enrolment.pk) or Attendance(
        lesson=lesson, enrolment=enrolment, method=Method.OFFLINE
    )
    before = describe(row.arrived_at, row.left_at)
    own = _own_arrival(row)
    said = rules.merged(
        _marks(RollMark.objects.filter(lesson=lesson, enrolment=enrolment)),
        starts_at=lesson.starts_at,
        signed_at=own,
    )
    if own is None or said.arrived_at != own:
        row.method = Method.OFFLINE
    row.arrived_at, row.left_at = said.arrived_at, said.left_at
    row.waiting, row.phones_differ = False, said.differ
    row.credited_seconds = credit(lesson, row, judge.figures)
    row.save()
    fresh = [one for one in judge.fresh if one.enrolment == enrolment]
    facts = {
        "learner": str(enrolment.person),
        "lesson": str(lesson),
        "before": before,
        "after": describe(row.arrived_at, row.left_at),
        "marks": [f"{one.get_kind_display()} {one.at.isoformat()}" for one in fresh],
        "phone": fresh[0].phone,
        "clock_error": fresh[0].clock_error,
    }
    audit.record(AttendanceEvent.MARKED, enrolment, by=by, within=lesson.training_class, **facts)


def _own_arrival(row: Attendance) -> datetime | None:
    """The learner's own sign-in, unless nobody has vouched for the shared phone yet."""
    if row.waiting:
        return None
    return row.signed_at or (row.arrived_at if row.method in OWN else None)


def _marks(rows: Iterable[RollMark]) -> list[rules.Mark]:
    return [rules.Mark(row.phone, rules.Kind(row.kind), row.at) for row in rows]
