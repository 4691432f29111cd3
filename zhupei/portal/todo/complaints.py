"""What waits because somebody complained: to dispatch, to handle, to explain."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from zhupei.complaints.access import CLERKS
from zhupei.complaints.models import (
    Complaint,
    Extension,
    ExtensionState,
    Inquiry,
    KindChoices,
    State,
)
from zhupei.complaints.models.complaint import UNASSIGNED, next_due
from zhupei.organizations.models import Membership
from zhupei.portal.todo.line import Kind, Lines, Now, rows

PAGE = "complaints:detail"
STEPS = {  # of each sort of line: icon, what it is, the next step
    "new": ("message-report", _("投诉待分派"), _("分派")),
    "mine": ("message-report", _("投诉"), _("办理")),
    "others": ("alert-triangle", _("同事经办的投诉逾期"), _("查看")),
    "late": ("alert-triangle", _("投诉逾期"), _("查看")),
}
KINDS = {
    f"complaint_{sort}_{kind.value}": Kind(
        icon, label, kind.label, "%(number)s %(handler)s", _("投诉人"), PAGE, step, workdays=True
    )
    for sort, (icon, label, step) in STEPS.items()
    for kind in KindChoices
} | {
    "complaint_time": Kind(
        "clock-plus",
        _("投诉延期待批准"),
        "%(number)s",
        "%(reason)s",
        _("经办人"),
        PAGE,
        _("批准"),
        workdays=True,
    ),
    "inquiry": Kind(
        "message-question",
        _("投诉询问"),
        "%(number)s",
        _("请说明情况"),
        _("主管部门"),
        "complaints:inquiry",
        _("说明"),
        workdays=True,
    ),
}
FACTS = {"number": "number", "handler": "handler__short_name"}


def _of(sort: str) -> Concat:
    return Concat(Value(f"complaint_{sort}_"), "kind", output_field=TextField())


def to_handle(user: Any, now: Now) -> Iterator[Lines]:
    """What one's own body has to dispatch, what is late there in other hands, and what was
    assigned to oneself.
    """
    here = Complaint.objects.visible_to(user).filter(handler=user.acting.organization_id)
    waiting = here.filter(state__in=UNASSIGNED)
    yield rows(_of("new"), waiting, FACTS, "assign_due", due="assign_due")
    late = here.overdue(now.moment).exclude(state__in=[*UNASSIGNED, State.JOINED])
    yield rows(_of("others"), late.exclude(investigator=user.pk), FACTS, next_due(), due=next_due())
    wishes = _wishes().filter(complaint__in=here)
    yield _time(wishes.exclude(complaint__investigator=user.pk).exclude(asked_by=user.pk))
    yield from assigned(user, now)


def _wishes() -> QuerySet[Extension]:
    return Extension.objects.filter(state=ExtensionState.ASKED)


def _time(wishes: QuerySet[Extension]) -> Lines:
    facts = {"number": "complaint__number", "reason": "reason"}
    return rows(
        "complaint_time", wishes, facts, "asked_at", key="complaint_id", due="complaint__close_due"
    )


def assigned(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """What was assigned to oneself."""
    mine = Complaint.objects.visible_to(user).open().filter(investigator=user.pk)
    mine = mine.exclude(state__in=[*UNASSIGNED, State.JOINED])
    yield rows(_of("mine"), mine, FACTS, next_due(), due=next_due())


def of_the_region(user: Any, now: Now) -> Iterator[Lines]:
    """What the region handles itself; what is late elsewhere, and time that only it can give."""
    yield from to_handle(user, now)
    late = Complaint.objects.visible_to(user).overdue(now.moment)
    elsewhere = late.exclude(handler=user.acting.organization_id)
    yield rows(_of("late"), elsewhere, FACTS, next_due(), due=next_due())
    seen = Complaint.objects.visible_to(user).exclude(handler=user.acting.organization_id)
    others = Membership.objects.in_force(now.today).filter(
        organization=OuterRef("complaint__handler"), role__in=CLERKS
    )
    alone = ~Exists(others.exclude(user=OuterRef("complaint__investigator")))
    yield _time(_wishes().filter(alone, complaint__in=seen))


def to_explain(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """What one's own body is asked about."""
    own = Inquiry.objects.visible_to(user).waiting()
    yield rows("inquiry", own, {"number": "number"}, "due_at", due="due_at")
