"""Joining a class and leaving it: deeds of the person themself, nobody else's.

Whoever joins holds the class row, so places are counted one person at a time, and then their own
row, so that two classes at the same hour cannot both be taken.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
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
)
from zhupei.classes.rules.enrolment import Booking, first_clash, why_closed
from zhupei.classes.workflow import ENROLMENT, INVITATION
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.people.access import has_consented
from zhupei.people.actions import consent
from zhupei.people.models import Person, Purpose, User

CLOSED = {
    "class_not_open": _("“%(thing)s”现在不接受报名。请在开班信息里另选一个班。"),
    "class_over": _("“%(thing)s”的最后一次课已经开始，不能再报名。请在开班信息里另选一个班。"),
}


@transaction.atomic
def sign_up(
    training_class: TrainingClass, *, by: User, consents: Iterable[Purpose] = ()
) -> Enrolment:
    """Join a class from the public list. An open invitation to the same class is answered by it."""
    person = _learner(by)
    row = _locked(training_class)
    invitation = row.invitations.open().filter(id_index=person.id_index).first()
    if invitation:
        INVITATION.move(invitation, "confirm", by=by, within=row)
    return _enrol(row, person, by=by, consents=consents, invitation=invitation)


@transaction.atomic
def confirm(invitation: Invitation, *, by: User, consents: Iterable[Purpose] = ()) -> Enrolment:
    """Accept an invitation addressed to oneself."""
    row = _locked(invitation.training_class)
    invitation = INVITATION.move(invitation, "confirm", by=by, within=row)
    return _enrol(row, _learner(by), by=by, consents=consents, invitation=invitation)


@transaction.atomic
def decline(invitation: Invitation, *, by: User) -> Invitation:
    """Say no to an invitation, without a reason and without consequence."""
    return INVITATION.move(invitation, "decline", by=by, within=invitation.training_class)


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: User, note: str = "") -> Enrolment:
    """Leave a class while it lasts; the place is free at once, the hours earned stay.

    Source: Measures, art. 11 (taking part is voluntary).
    """
    training_class = enrolment.training_class
    if training_class.state not in EFFECTIVE and enrolment.state == EnrolmentState.ENROLLED:
        raise Refused(
            "class_over",
            _("“%(thing)s”已是“%(state)s”，不需要再办退出。"),
            thing=training_class,
            state=training_class.get_state_display(),
        )
    return ENROLMENT.move(enrolment, "withdraw", by=by, note=note, within=training_class)


def _learner(by: User) -> Person:
    if not may_enrol(by) or by.person is None:
        raise NotAllowed("not_allowed", _("报名只能由学员本人办理。请用本人的学员账号登录后再报。"))
    return by.person


def _locked(training_class: TrainingClass) -> TrainingClass:
    return TrainingClass.objects.select_for_update().get(pk=training_class.pk)


def _enrol(
    row: TrainingClass,
    person: Person,
    *,
    by: User,
    consents: Iterable[Purpose],
    invitation: Invitation | None,
) -> Enrolment:
    """Check everything on the locked rows, then enrol."""
    now = timezone.now()
    Person.objects.select_for_update().get(pk=person.pk)
    lessons = [_booking(lesson) for lesson in row.lessons.all()]
    _refuse_closed(row, lessons, now)
    _refuse_twice(row, person)
    _refuse_full(row)
    _refuse_overlap(row, person, lessons, now)
    _agree(person, consents, by)
    enrolment = Enrolment.objects.create(
        training_class=row, person=person, invitation=invitation, enrolled_at=now
    )
    audit.record(
        EnrolmentEvent.ENROLLED, enrolment, by=by, within=row, invited=invitation is not None
    )
    return enrolment


def _booking(lesson: Lesson) -> Booking:
    return Booking(lesson.starts_at, lesson.ends_at, str(lesson.training_class))


def _refuse_closed(row: TrainingClass, lessons: list[Booking], now: datetime) -> None:
    last = max((lesson.starts_at for lesson in lessons), default=None)
    if code := why_closed(in_effect=row.in_effect, last_begins=last, now=now):
        raise Refused(code, CLOSED[code], thing=row)


def _refuse_twice(row: TrainingClass, person: Person) -> None:
    if row.enrolments.filter(person=person, state=EnrolmentState.ENROLLED).exists():
        raise Refused(
            "already_enrolled", _("您已经在“%(thing)s”里，不用再报。请看“我的班级”。"), thing=row
        )


def _refuse_full(row: TrainingClass) -> None:
    taken = row.enrolments.filter(state=EnrolmentState.ENROLLED).count()
    if taken >= row.seats:
        raise Refused(
            "class_full",
            _("“%(thing)s”的 %(seats)s 个名额已报满。有人退出时名额会放开；也可以另选一个班。"),
            thing=row,
            seats=row.seats,
        )


def _refuse_overlap(
    row: TrainingClass, person: Person, lessons: list[Booking], now: datetime
) -> None:
    mine = Lesson.objects.filter(
        training_class__state__in=EFFECTIVE,
        training_class__enrolments__person=person,
        training_class__enrolments__state=EnrolmentState.ENROLLED,
        ends_at__gt=now,
    ).select_related("training_class")
    clash = first_clash(lessons, map(_booking, mine))
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


def _agree(person: Person, consents: Iterable[Purpose], by: User) -> None:
    for purpose in consents:
        consent(person, purpose, by=by)
    if not has_consented(person, Purpose.TRAINING):
        raise Refused(
            "consent_missing",
            _("报名前需要您同意为本班培训处理姓名、证件号码和手机号。不同意可以不报名。"),
            field=Purpose.TRAINING.value,
        )
