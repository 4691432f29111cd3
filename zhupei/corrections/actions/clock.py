"""What the clock does: reminds before, escalates after. It never moves anything."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, clock, workdays
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import offices
from zhupei.corrections.events import DisputeEvent, FindingEvent, OrderEvent
from zhupei.corrections.models import Dispute, Finding, Order, OrderQuerySet
from zhupei.corrections.parameters import REMIND_WORKDAYS
from zhupei.organizations.offices import regulators


@transaction.atomic
def remind() -> int:
    """Tell the institution of every order that is due within ``corrections.remind_workdays``,
    once for each due time. Returns how many.
    """
    now = timezone.now()
    days = int(value(REMIND_WORKDAYS))
    last = workdays.add_workdays(timezone.localdate(now), days, clock.calendar(now))
    soon = Order.objects.awaited().filter(due_at__gte=now, due_at__date__lte=last)
    rows = _untold(soon, OrderEvent.REMINDED, "due_at")
    for row in rows:
        facts: dict[str, Any] = {
            "days": days,
            "due": beijing(row.due_at),
            "until": row.due_at.isoformat(),
        }
        audit.record(OrderEvent.REMINDED, row, by=None, **facts)
        offices.tell(offices.answering(row), _("整改期限快到了：%(number)s"), row, facts["due"])
    return len(rows)


@transaction.atomic
def escalate() -> int:
    """Tell of every order not answered in time, every answer not looked at in time, every dispute
    not answered and every finding nobody acted on: those who owe it, and the region; once for each
    due time. Returns how many.

    Source: notice, part 3.
    """
    late = _untold(Order.objects.overdue(), OrderEvent.OVERDUE, "due_at")
    for row in late:
        _record(OrderEvent.OVERDUE, row, row.due_at)
        offices.tell(offices.answering(row), _("整改已逾期，请尽快报送：%(number)s"), row)
        title = _("机构整改逾期：%(number)s %(organization)s")
        offices.tell(_with_region(offices.deciding(row)), title, row)
    unseen = _untold(
        Order.objects.verification_overdue(), OrderEvent.VERIFICATION_OVERDUE, "verify_due_at"
    )
    for row in unseen:
        assert row.verify_due_at
        _record(OrderEvent.VERIFICATION_OVERDUE, row, row.verify_due_at)
        title = _("整改情况核查逾期：%(number)s %(organization)s")
        offices.tell(_with_region(offices.deciding(row)), title, row)
    return len(late) + len(unseen) + _unanswered() + _not_acted_on()


def _not_acted_on() -> int:
    """Findings the authority neither ordered nor settled nor took back, once each."""
    told = Event.objects.filter(verb=FindingEvent.OVERDUE).values("subject")
    key = Concat(Value("corrections.finding/", TextField()), Cast("pk", TextField()))
    late = Finding.objects.act_overdue().annotate(key=key).exclude(key__in=told)
    rows = late.select_for_update(skip_locked=True, of=("self",)).select_related("organization")
    found = list(rows)
    for row in found:
        audit.record(FindingEvent.OVERDUE, row, by=None, due=beijing(row.act_due_at))
        title = _("发现的问题逾期没有处理：%(organization)s")
        offices.about(_with_region(offices.deciding(row)), title, row, str(row))
    return len(found)


def _unanswered() -> int:
    """Disputes the authority left lying, once each."""
    locked = Dispute.objects.overdue().select_for_update(skip_locked=True, of=("self",))
    related = locked.select_related("finding__organization", "finding__order")
    found = [row for row in related if not audit.own_history(row).filter(verb=DisputeEvent.OVERDUE)]
    for row in found:
        finding = row.finding
        within, due = finding.order or finding, beijing(row.answer_due_at)
        audit.record(DisputeEvent.OVERDUE, row, by=None, within=within, due=due)
        title = _("机构的异议逾期未答复：%(organization)s")
        offices.about(_with_region(offices.deciding(finding)), title, finding)
    return len(found)


def _untold(rows: OrderQuerySet, verb: str, field: str) -> list[Order]:
    """Those of which nobody was told yet as of this due time, locked."""
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    found = list(locked.select_related("organization", "authority").order_by(field, "pk"))
    keys = [audit.subject_key(row) for row in found]
    events = Event.objects.filter(verb=verb, subject__in=keys)
    told = set(events.values_list("subject", "facts__until"))
    return [
        row
        for row in found
        if (audit.subject_key(row), getattr(row, field).isoformat()) not in told
    ]


def _record(verb: str, order: Order, due: datetime) -> None:
    audit.record(verb, order, by=None, due=beijing(due), until=due.isoformat())


def _with_region(users: Iterable[Any]) -> list[Any]:
    return sorted({*users, *regulators()}, key=lambda user: user.pk)
