"""Who watches a sitting: called by its examiner, answering themselves, relieved again.

Source: Measures, art. 20.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.constraints import told
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.exams import rules
from zhupei.exams.access import may_run
from zhupei.exams.actions import tellings
from zhupei.exams.events import InvigilatorEvent
from zhupei.exams.models import RUNNING, Invigilator, Sitting
from zhupei.exams.workflow import INVIGILATION
from zhupei.institutions.models import Room
from zhupei.organizations.models import ASSIGNED, Kind, Membership
from zhupei.people.models import User
from zhupei.teachers.models import Engagement


def available(sitting: Sitting) -> QuerySet[Membership]:
    """Who may be called: the invigilators of the body and of other bodies, on that day."""
    rows = Membership.objects.in_force(timezone.localdate(sitting.starts_at)).filter(
        role__in=ASSIGNED, organization__kind=Kind.ASSESSMENT_BODY, user__is_active=True
    )
    return rows.select_related("user", "organization").order_by("organization__name", "user__name")


@transaction.atomic
def call(
    sitting: Sitting, member: User, *, by: User, room: Room | None = None, chief: bool = False
) -> Invigilator:
    """Ask somebody to watch. They are told and answer.

    Raises NotAllowed; Refused "over", "no_invigilator", "called_twice", "chief_taken",
    "invigilator_busy" when they watch elsewhere at that time.

    Source: Measures, art. 20.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if not may_run(by, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能安排监考。"))
    if sitting.state not in RUNNING:
        raise Refused("over", _("“%(sitting)s”已经结束或取消，不再安排监考。"), sitting=sitting)
    worn = available(sitting).filter(user=member).order_by("pk")
    own = worn.filter(organization=sitting.organization_id).first() or worn.first()
    if own is None:
        raise Refused(
            "no_invigilator",
            _("%(person)s 当天不是任何考核机构的监考员或考评员。请先在“本单位人员”里登记。"),
            field="user",
            person=member,
        )
    _check_once(sitting, member, chief=chief)
    called = Invigilator(
        sitting=sitting,
        user=member,
        organization=own.organization,
        room=room,
        chief=chief,
        independent=is_independent(member, institutions_of(sitting)),
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
    )
    _save(called)
    audit.record(InvigilatorEvent.CALLED, called, by=by, within=sitting, user=member.pk)
    tellings.called_to_watch(called)
    return called


@transaction.atomic
def accept(called: Invigilator, *, by: User, note: str = "") -> Invigilator:
    """They come."""
    return INVIGILATION.move(called, "accept", by=by, note=note, within=called.sitting)


@transaction.atomic
def decline(called: Invigilator, *, by: User, note: str) -> Invigilator:
    """They cannot come; the examiners look for somebody else."""
    row = INVIGILATION.move(called, "decline", by=by, note=note, within=called.sitting)
    tellings.will_not_watch(row, note)
    return row


@transaction.atomic
def relieve(called: Invigilator, *, by: User, note: str) -> Invigilator:
    """Somebody else watches instead."""
    row = INVIGILATION.move(called, "relieve", by=by, note=note, within=called.sitting)
    tellings.need_not_watch(row, note)
    return row


def follow(sitting: Sitting) -> None:
    """The sitting has another time: those called move with it.

    Raises Refused "invigilator_busy" when one of them is elsewhere at the new time.
    """
    for called in sitting.invigilators.called().select_related("user"):
        called.starts_at, called.ends_at = sitting.starts_at, sitting.ends_at
        _save(called)
        audit.record(
            InvigilatorEvent.MOVED,
            called,
            by=None,
            within=sitting,
            starts_at=beijing(sitting.starts_at),
        )
        tellings.watches_at_another_time(called)


def institutions_of(sitting: Sitting) -> set[int]:
    """The institutions that trained those who sit."""
    classes = TrainingClass.objects.filter(enrolments__candidacies__sitting=sitting)
    return set(classes.values_list("organization_id", flat=True))


def is_independent(member: User, institutions: set[int]) -> bool:
    """Neither a member nor a teacher of these institutions, by the facts of today."""
    return rules.independent(ties([member])[member.pk], institutions)


def ties(members: Sequence[User]) -> dict[int, set[int]]:
    """The bodies each of these works or teaches for, by their key, in two questions."""
    tied: dict[int, set[int]] = {member.pk: set() for member in members}
    held = Membership.objects.filter(user__in=tied)
    for user, body in held.values_list("user_id", "organization_id"):
        tied[user].add(body)
    by_person = {member.person_id: member.pk for member in members if member.person_id}
    engaged = Engagement.objects.current().filter(teacher__person__in=by_person)
    for person, body in engaged.values_list("teacher__person_id", "organization_id"):
        tied[by_person[person]].add(body)
    return tied


def _check_once(sitting: Sitting, member: User, *, chief: bool) -> None:
    here = sitting.invigilators.called()
    if here.filter(user=member).exists():
        raise Refused(
            "called_twice", _("%(person)s 已经安排在这一场。"), field="user", person=member
        )
    if chief and (other := here.filter(chief=True).select_related("user").first()):
        raise Refused(
            "chief_taken",
            _("%(person)s 已是这一场的主监考。请先撤换，或把这一位安排为监考员。"),
            field="chief",
            person=other,
        )


def _save(called: Invigilator) -> None:
    """Save, unless they are elsewhere at that time: the database says so."""
    with told({"invigilator_in_one_place": lambda: _elsewhere(called)}):
        called.save()


def _elsewhere(called: Invigilator) -> Refused:
    near = Invigilator.objects.called().filter(
        user=called.user_id, starts_at__lt=called.ends_at, ends_at__gt=called.starts_at
    )
    other = near.exclude(pk=called.pk).select_related("sitting").first()
    return Refused(
        "invigilator_busy",
        _("%(person)s 在这个时间已安排监考“%(other)s”。请换一位，或改时间。"),
        field="user",
        person=called.user,
        other=other.sitting if other else "",
    )
