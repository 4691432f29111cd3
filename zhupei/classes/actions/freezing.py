"""Classes of an institution that is suspended stand still, and go on when it is reinstated.

What is booked stays booked; nobody joins, nobody signs in, no plan moves but to be cancelled.

Source: Measures, art. 23; notice, part 2 (institutions suspended while their classes ran).
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices, parameters
from zhupei.classes.access import may_freeze
from zhupei.classes.actions import waiting
from zhupei.classes.actions.shared import locked, tell, tell_learners
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import CAN_FREEZE, EFFECTIVE, Enrolment, Lesson, TrainingClass
from zhupei.core import audit, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.organizations.models import Organization
from zhupei.people.models import User


def freezable(organization: Organization) -> QuerySet[TrainingClass]:
    """The classes that would stand still: those in effect, and plans under review."""
    return TrainingClass._base_manager.filter(
        organization=organization, state__in=CAN_FREEZE, frozen_since__isnull=True
    ).order_by("pk")


@transaction.atomic
def freeze(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Make one class stand still, and tell everybody in it.

    Raises Refused "class_frozen" or "nothing_to_freeze".
    """
    row = _stopped(training_class, by)
    if row.frozen_since:
        raise Refused("class_frozen", _("“%(title)s”已经冻结。"), title=row.title)
    if row.state not in CAN_FREEZE:
        raise Refused(
            "nothing_to_freeze",
            _("“%(title)s”是“%(state)s”，没有可以冻结的。"),
            title=row.title,
            state=row.get_state_display(),
        )
    row.frozen_since = timezone.now()
    row.save(update_fields=["frozen_since"])
    audit.record(ClassEvent.FROZEN, row, by=by, note=note)
    tell(row, offices.registrars(row), _("班级已冻结：%(title)s"), note)
    tell_learners(
        row, _("您报名的班级暂停：%(title)s。可以等恢复，也可以转班或退出"), note, "join:mine"
    )
    return row


@transaction.atomic
def thaw(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Let one class go on. What should have been taught meanwhile is named in the event and told
    to the institution: it has to be planned again. A review begins its time anew.

    Raises Refused "class_not_frozen".
    """
    row = _stopped(training_class, by)
    if row.frozen_since is None:
        raise Refused("class_not_frozen", _("“%(title)s”没有冻结。"), title=row.title)
    lost = list(missed(row))
    since, row.frozen_since = row.frozen_since, None
    row.save(update_fields=["frozen_since"])
    still = {"since": since.isoformat(), "until": timezone.now().isoformat()}
    facts: dict[str, Any] = {**still, "missed": len(lost)}
    audit.record(
        ClassEvent.THAWED, row, by=by, note=note, lessons=[str(lesson) for lesson in lost], **facts
    )
    _restart_clock(row)
    waiting.resume(row)
    tell(row, offices.registrars(row), _("班级恢复：%(title)s"), _to_plan_again(lost) or note)
    tell_learners(row, _("您报名的班级恢复上课：%(title)s"), note)
    return row


def missed(training_class: TrainingClass) -> QuerySet[Lesson]:
    """The lessons that began while the class stood still, and which therefore nobody held."""
    since, now = training_class.frozen_since, timezone.now()
    lessons = training_class.lessons.select_related("unit")
    return lessons.filter(starts_at__range=(since, now)) if since else lessons.none()


@transaction.atomic
def freeze_all(organization: Organization, *, by: User, note: str = "") -> dict[str, int]:
    """Freeze whatever may be frozen of an institution; how many classes, people and lessons."""
    rows = list(freezable(organization))
    counts = counted(rows)
    for row in rows:
        freeze(row, by=by, note=note)
    return counts


@transaction.atomic
def thaw_all(organization: Organization, *, by: User, note: str = "") -> dict[str, int]:
    """Let every frozen class of an institution go on; how many, and how many lessons were lost."""
    frozen = TrainingClass._base_manager.filter(
        organization=organization, frozen_since__isnull=False
    )
    rows = list(frozen.order_by("pk"))
    lost = sum(missed(row).count() for row in rows)
    for row in rows:
        thaw(row, by=by, note=note)
    return {"classes": len(rows), "missed": lost}


def counted(rows: Iterable[TrainingClass]) -> dict[str, int]:
    """What standing still would touch: classes in effect, plans, learners, lessons to come."""
    rows = list(rows)
    running = [row for row in rows if row.state in EFFECTIVE]
    return {
        "classes": len(running),
        "plans": len(rows) - len(running),
        "learners": Enrolment.objects.active().filter(training_class__in=running).count(),
        "lessons": Lesson.objects.filter(
            training_class__in=running, starts_at__gt=timezone.now()
        ).count(),
    }


def _stopped(training_class: TrainingClass, by: User) -> TrainingClass:
    row = locked(training_class)
    if not may_freeze(by, row):
        raise NotAllowed("not_allowed", _("只有机构所在地的住建部门能冻结或恢复它的班级。"))
    return row


def _restart_clock(training_class: TrainingClass) -> None:
    """A plan that could not be read meanwhile is given the whole time for its review again."""
    if training_class.due_at is None:
        return
    days = value(parameters.REVIEW_WORKDAYS, prefecture=training_class.prefecture_id)
    training_class.due_at = workdays.deadline(timezone.now(), days)
    training_class.save(update_fields=["due_at"])


def _to_plan_again(lost: list[Lesson]) -> str:
    if not lost:
        return ""
    words = _("冻结期间有 %(count)d 节课没有上，请逐节调课：%(lessons)s")
    return str(words) % {"count": len(lost), "lessons": "；".join(map(str, lost))}
