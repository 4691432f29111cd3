"""What waits because of patrols: looks to plan, looks to take, misses to explain."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from zhupei.patrols.models import Duty, Patrol
from zhupei.patrols.parameters import EXPLAIN_WORKDAYS
from zhupei.portal.todo.line import Kind, Lines, Now, counted, rows

# fmt: off
KINDS = {
    "duty_owed": Kind("eye", _("安排巡查"), "%(title)s", "%(body)s", _("自治区住建厅"),
                      "patrols:duty", _("安排")),
    "duty_missed": Kind("alert-triangle", _("漏巡"), "%(title)s", "%(body)s", _("自治区住建厅"),
                        "patrols:duty", _("说明原因"), workdays=True),
    "duty_reported": Kind("alert-triangle", _("漏巡"), "%(title)s",
                          _("%(body)s　逾期没有说明，已报自治区住建厅"), _("自治区住建厅"),
                          "patrols:duty", _("说明原因"), workdays=True),
    "patrol": Kind("clipboard-check", _("巡查"), "%(title)s", "%(body)s", _("本局"),
                   "patrols:visit", _("填巡查表")),
    "duties_missed": Kind("alert-triangle", _("漏巡"), _("%(n)s 项漏巡没有说明原因"),
                          _("各地住建局逾期未说明"), _("各地住建局"), "patrols:map", _("查看"),
                          args=()),
}
# fmt: on


def to_plan(user: Any, now: Now) -> Iterator[Lines]:
    """What ends within a week and nobody is sent to; what was missed, until somebody says why."""
    duties = Duty.objects.visible_to(user)
    facts = {"title": F("title"), "body": F("organization__name")}
    yield rows("duty_owed", duties.ending_soon(now.moment), facts, "closes_at", due="closes_at")
    days = {"last_day": TruncDate("missed_at"), "workdays": Value(now.figure(EXPLAIN_WORKDAYS))}
    for kind, escalated in (("duty_missed", False), ("duty_reported", True)):
        asked = duties.unexplained().news().filter(Q(escalated_at__isnull=not escalated))
        yield rows(kind, asked.filter(missed_at__isnull=False), facts | days, "missed_at")


def of_the_region(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Misses the bureaus did not account for in time."""
    late = Duty.objects.visible_to(user).unexplained().filter(escalated_at__isnull=False)
    yield counted("duties_missed", late.news(), user)


def own(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """The visits somebody is sent on."""
    mine = Patrol.objects.visible_to(user).own(user).planned()
    facts = {"title": F("duty__title"), "body": F("duty__organization__name")}
    yield rows("patrol", mine, facts, "planned_for", due="duty__closes_at")
