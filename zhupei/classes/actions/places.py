"""Places in a class: whether somebody may have one, how many are free, and giving one.

Whoever gives a place holds the class row, so places are counted one person at a time, and then
the person's own row, so that two classes at the same hour cannot both be taken.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.access import may_enrol
from zhupei.classes.events import EnrolmentEvent
from zhupei.classes.models import (
    EFFECTIVE,
    Enrolment,
    EnrolmentState,
    Invitation,
    Lesson,
    TrainingClass,
    WaitingState,
)
from zhupei.classes.rules.enrolment import Booking, first_clash, is_old_enough, why_closed
from zhupei.classes.workflow import WAITING
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.people.access import has_consented
from zhupei.people.actions import consent
from zhupei.people.models import Person, Purpose, User
from zhupei.people.parameters import MINIMUM_AGE

CLOSED = {
    "class_not_open": _("“%(thing)s”现在不接受报名。请在开班信息里另选一个班。"),
    "class_over": _("“%(thing)s”的最后一次课已经开始，不能再报名。请在开班信息里另选一个班。"),
    "class_frozen": _(
        "“%(thing)s”的培训机构暂停业务，这个班暂时不能报名。可以等恢复，或者另选一个班。"
    ),
}


def learner(by: User) -> Person:
    """The person who acts for themself; nobody gets a place for somebody else."""
    if not may_enrol(by) or by.person is None:
        raise NotAllowed("not_allowed", _("报名只能由学员本人办理。请用本人的学员账号登录后再报。"))
    return by.person


def held(training_class: TrainingClass) -> TrainingClass:
    """The class row, held until the transaction ends."""
    return TrainingClass.objects.select_for_update().get(pk=training_class.pk)


def taken(row: TrainingClass, person: Person | None = None) -> int:
    """Places enrolled or kept for somebody in the line; not the one kept for ``person``."""
    kept = row.waiting.filter(state=WaitingState.OFFERED)
    if person:
        kept = kept.exclude(person=person)
    return row.enrolments.active().count() + kept.count()


def free(row: TrainingClass, person: Person | None = None) -> int:
    """How many places anybody, or ``person``, could have now."""
    return row.seats - taken(row, person)


def closed(row: TrainingClass) -> str | None:
    """Why nobody can join any more, as a code."""
    last = row.lessons.aggregate(last=Max("starts_at"))["last"]
    return why_closed(
        in_effect=row.state in EFFECTIVE,
        frozen=row.frozen_since is not None,
        last_begins=last,
        now=timezone.now(),
    )


@transaction.atomic
def enrol(
    row: TrainingClass,
    person: Person,
    *,
    by: User,
    consents: Iterable[Purpose] = (),
    invitation: Invitation | None = None,
    came_from: Enrolment | None = None,
) -> Enrolment:
    """Check everything on the held class row, then give the place."""
    Person.objects.select_for_update().get(pk=person.pk)
    refuse_closed(row)
    refuse_twice(row, person)
    refuse_young(row, person)
    _refuse_full(row, person)
    _refuse_overlap(row, person)
    agree(person, consents, by)
    enrolment = Enrolment.objects.create(
        training_class=row,
        person=person,
        invitation=invitation,
        enrolled_at=timezone.now(),
        came_from=came_from,
    )
    for waiting in row.waiting.in_line().filter(person=person):
        WAITING.move(waiting, "take", by=by, within=row)
    _record(enrolment, by)
    return enrolment


def _record(enrolment: Enrolment, by: User) -> None:
    row, before = enrolment.training_class, enrolment.came_from
    if before:
        origin = before.training_class.title
        audit.record(EnrolmentEvent.CAME_OVER, enrolment, by=by, within=row, origin=origin)
        return
    invited = enrolment.invitation_id is not None
    audit.record(EnrolmentEvent.ENROLLED, enrolment, by=by, within=row, invited=invited)


def refuse_closed(row: TrainingClass) -> None:
    """Raises Refused "class_not_open", "class_over" or "class_frozen"."""
    if code := closed(row):
        raise Refused(code, CLOSED[code], thing=row)


def refuse_twice(row: TrainingClass, person: Person) -> None:
    """Raises Refused "already_enrolled"."""
    if row.enrolments.filter(person=person, state=EnrolmentState.ENROLLED).exists():
        raise Refused(
            "already_enrolled", _("您已经在“%(thing)s”里，不用再报。请看“我的班级”。"), thing=row
        )


def refuse_young(row: TrainingClass, person: Person) -> None:
    """Raises Refused "under_age": the person is a child on the first day of the class.

    Source: 劳动法 art. 15 (minimum age; the figure is a parameter).
    """
    years = value(MINIMUM_AGE, prefecture=row.prefecture_id)
    if not is_old_enough(person.birth_date, on=row.starts_on, years=years):
        raise Refused(
            "under_age",
            _(
                "到“%(thing)s”开课的 %(day)s 您还未满 %(years)s 周岁，不能参加（依据：劳动法"
                "第十五条）。满 %(years)s 周岁后可以报以后的班。"
            ),
            thing=row,
            day=beijing(row.starts_on),
            years=years,
        )


def _refuse_full(row: TrainingClass, person: Person) -> None:
    if free(row, person) <= 0:
        raise Refused(
            "class_full",
            _("“%(thing)s”的 %(seats)s 个名额已报满。可以排队候补，有名额会按先后通知您。"),
            thing=row,
            seats=row.seats,
        )


def _booking(lesson: Lesson) -> Booking:
    return Booking(lesson.starts_at, lesson.ends_at, str(lesson.training_class))


def _refuse_overlap(row: TrainingClass, person: Person) -> None:
    lessons = row.lessons.select_related("training_class")
    mine = Lesson.objects.filter(
        training_class__state__in=EFFECTIVE,
        training_class__enrolments__person=person,
        training_class__enrolments__state=EnrolmentState.ENROLLED,
        ends_at__gt=timezone.now(),
    ).select_related("training_class")
    clash = first_clash(map(_booking, lessons), map(_booking, mine))
    if clash is None:
        return
    planned, other = clash
    raise Refused(
        "enrolment_overlaps",
        _(
            "“%(thing)s”%(when)s（北京时间）的课，与您已报的“%(other)s”%(other_when)s的课时间重叠，"
            "一个人不能同时上两处课（依据：第十三条）。请另选一个班，或先退出“%(other)s”。"
        ),
        thing=row,
        when=beijing(planned.starts_at),
        other=other.owner,
        other_when=beijing(other.starts_at),
    )


def agree(person: Person, consents: Iterable[Purpose], by: User) -> None:
    """Give the consents just ticked; raises Refused "consent_missing"."""
    for purpose in consents:
        consent(person, purpose, by=by)
    if not has_consented(person, Purpose.TRAINING):
        raise Refused(
            "consent_missing",
            _("报名前需要您同意为本班培训处理姓名、证件号码和手机号。不同意可以不报名。"),
            field=Purpose.TRAINING.value,
        )
