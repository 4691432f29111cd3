"""What waits because of credit records: repairs and objections to answer, records to repair."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.credit.models import CreditRecord, Objection, Repair
from zhupei.portal.todo.line import Kind, Lines, Now, rows

# fmt: off
KINDS = {
    "credit_repair": Kind("refresh", _("信用修复"), "%(organization)s", "%(number)s", _("机构"),
                          "credit:record", _("办理"), workdays=True),
    "credit_objection": Kind("message-report", _("信用异议"), "%(organization)s", "%(number)s",
                             _("机构"), "credit:record", _("办理"), workdays=True),
    "credit_repairable": Kind("refresh", _("信用记录"), _("最短期限已过，可以申请修复"),
                              "%(number)s %(ground)s", "%(authority)s", "credit:record",
                              _("申请修复")),
}
# fmt: on


def to_answer(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Repairs and objections of what one's own body decided."""
    here = user.acting.organization_id
    facts = {"organization": "record__organization__name", "number": "record__number"}
    repairs = Repair.objects.visible_to(user).open().filter(record__authority=here)
    yield rows("credit_repair", repairs, facts, "due_at", key="record_id", due="due_at")
    objections = Objection.objects.visible_to(user).open().filter(record__authority=here)
    yield rows("credit_objection", objections, facts, "due_at", key="record_id", due="due_at")


def own(user: Any, now: Now) -> Iterator[Lines]:
    """Records of one's own institution whose shortest term is over and nobody asked about."""
    ripe = CreditRecord.objects.visible_to(user).repairable(now.today)
    ripe = ripe.filter(organization=user.acting.organization_id)
    facts = {"number": "number", "ground": "ground", "authority": "authority__name"}
    yield rows("credit_repairable", ripe, facts, "shortest_until")
