"""Work of the clock: reminding, escalating to the region, closing what nobody objected to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.complaints import parameters as p
from zhupei.complaints.actions import complainant, telling
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import ClockChoices, Complaint, State
from zhupei.complaints.models.complaint import UNASSIGNED
from zhupei.complaints.rules import Clock
from zhupei.complaints.workflow import COMPLAINT
from zhupei.core import audit, clock, workdays
from zhupei.core.parameters import value


def late_by(complaint: Complaint, now: datetime) -> Clock | None:
    """Which clock has run out: the gravest one; None while all is in time."""
    if not complaint.is_open:
        return None
    if complaint.close_due < now:
        return Clock.CLOSE
    if complaint.first_reply_at is None and complaint.reply_due < now:
        return Clock.REPLY
    return Clock.ASSIGN if complaint.state in UNASSIGNED and complaint.assign_due < now else None


def escalate() -> int:
    """Tell the region of what is late, once a clock; return how many.

    Source: project register of facts, §9 (逾期升级地州→厅).
    """
    now = timezone.now()
    keys = Complaint.objects.overdue(now).values_list("pk", flat=True)
    return sum(_escalate(key, now) for key in keys)


@transaction.atomic
def _escalate(key: int, now: datetime) -> bool:
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=key)
    late = late_by(row, now)
    if late is None or row.escalated_for == late:
        return False
    row.escalated_at, row.escalated_for = now, late.value
    row.save(update_fields=["escalated_at", "escalated_for"])
    label = str(ClockChoices(late.value).label)
    audit.record(ComplaintEvent.ESCALATED, row, by=None, clock=label)
    telling.region(row, _("投诉 %(number)s 逾期未办：%(kind)s"), body=row.handler.name)
    telling.investigator(row, _("投诉 %(number)s 已逾期，已报自治区住建厅"))
    return True


def warn() -> int:
    """Remind whoever handles what is due in a few working days, once; return how many.

    Source: project register of facts, §9 (到期前 3 日预警).
    """
    now, days = timezone.now(), value(p.WARN_DAYS)
    last = workdays.add_workdays(timezone.localdate(now), days, clock.calendar(now))
    rows = Complaint.objects.open().filter(
        warned_at=None, close_due__gte=now, close_due__date__lte=last
    )
    return sum(_warn(key, now, days) for key in rows.values_list("pk", flat=True))


@transaction.atomic
def _warn(key: int, now: datetime, days: int) -> bool:
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=key)
    if row.warned_at is not None or not row.is_open:
        return False
    row.warned_at = now
    row.save(update_fields=["warned_at"])
    audit.record(ComplaintEvent.WARNED, row, by=None, days=days)
    telling.investigator(row, _("投诉 %(number)s 快到办结时限"))
    return True


def close() -> int:
    """Close what was answered and may not be looked at again any more; return how many."""
    today = timezone.localdate()
    answered = Complaint.objects.filter(state=State.REPLIED)
    over = [
        row for row in answered if (last := complainant.last_day(row)) is not None and last < today
    ]
    for row in over:
        _close(row)
    return len(over)


@transaction.atomic
def _close(complaint: Complaint) -> None:
    row = COMPLAINT.move(complaint, "close", by=None)
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
