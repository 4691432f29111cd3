"""Work of the clock: reminding before the end, asking why nobody looked, telling the region.

Source: Measures, art. 6.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhupei.core import audit, workdays
from zhupei.core.parameters import value
from zhupei.patrols import parameters as p
from zhupei.patrols import tellings
from zhupei.patrols.events import DutyEvent
from zhupei.patrols.models import Duty, State


@transaction.atomic
def warn() -> int:
    """Remind once of every duty that ends soon and was not looked at; return how many."""
    now = timezone.now()
    farthest = now + timedelta(hours=int(p.ALERT_HOURS.maximum or 0))
    rows = Duty.objects.select_for_update(of=("self",), skip_locked=True).running()
    near = rows.filter(alerted_at__isnull=True, closes_at__gt=now, closes_at__lte=farthest)
    duties = list(near.order_by("closes_at", "pk"))
    places = {duty.prefecture_id for duty in duties}
    hours = {one: value(p.ALERT_HOURS, prefecture=one) for one in places}
    soon = [
        duty
        for duty in duties
        if duty.closes_at <= now + timedelta(hours=hours[duty.prefecture_id])
    ]
    for duty in soon:
        duty.alerted_at = now
        duty.save(update_fields=["alerted_at"])
        audit.record(DutyEvent.ALERTED, duty, by=None)
        if duty.state == State.PLANNED:
            tellings.go_soon(duty)
        else:
            tellings.ends_soon(duty)
    return len(soon)


def explained_by(duty: Duty) -> datetime:
    """Until when the bureau says why nobody looked."""
    assert duty.missed_at
    return workdays.deadline(duty.missed_at, value(p.EXPLAIN_WORKDAYS))


@transaction.atomic
def escalate() -> int:
    """Tell the region once of every miss whose time to explain is over; return how many."""
    now = timezone.now()
    rows = Duty.objects.select_for_update(of=("self",), skip_locked=True).unexplained()
    open_ones = rows.filter(escalated_at__isnull=True, missed_at__isnull=False)
    late = [duty for duty in open_ones.order_by("pk") if explained_by(duty) < now]
    for duty in late:
        duty.escalated_at = now
        duty.save(update_fields=["escalated_at"])
        audit.record(DutyEvent.ESCALATED, duty, by=None)
        tellings.unexplained(duty)
    return len(late)
