"""What waits because something was found wrong: orders to answer, answers to look at."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.corrections.models import Dispute, Extension, Finding, Order
from zhupei.organizations.models import Kind as Body
from zhupei.portal.todo.line import Kind, Lines, Now, by_state, counted, rows

# fmt: off
KINDS = {
    "correction_issued": Kind("tool", _("限期整改"), "%(number)s", "%(authority)s", _("住建部门"),
                              "corrections:order", _("整改并报送"), workdays=True),
    "correction_returned": Kind("arrow-back-up", _("整改退回"), "%(number)s", "%(authority)s",
                                _("住建部门"), "corrections:order", _("再改并报送"), workdays=True),
    "correction_verify": Kind("eye-check", _("核查整改"), "%(organization)s", "%(number)s",
                              _("培训机构"), "corrections:verify", _("核查"), workdays=True),
    "correction_wish": Kind("clock-plus", _("延期申请"), "%(organization)s", "%(number)s",
                            _("培训机构"), "corrections:order", _("答复"), workdays=True),
    "correction_dispute": Kind("hand-stop", _("问题异议"), "%(organization)s", "%(reason)s",
                               _("培训机构"), "corrections:judge", _("答复"), workdays=True),
    "findings_open": Kind("clipboard-check", _("问题清单"), _("%(n)s 个问题还没有处理"),
                          _("下达整改通知、当场了结或撤回"), _("培训机构"),
                          "corrections:findings", _("处理"), args=(), workdays=True),
    "findings_overdue": Kind("alert-triangle", _("问题逾期未处理"), _("%(n)s 个问题逾期没有处理"),
                             _("全区，已报告厅里"), _("住建部门"),
                             "corrections:findings", _("查看"), args=()),
    "corrections_overdue": Kind("alert-triangle", _("整改逾期"), _("%(n)s 份整改通知逾期未报"),
                                _("全区，已报告厅里"), _("培训机构"),
                                "corrections:index", _("查看"), args=()),
}
# fmt: on


def to_correct(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Orders one's own body has to answer."""
    own = Order.objects.visible_to(user).of(user.acting.organization).awaited()
    facts = {"number": "number", "authority": "authority__name"}
    yield rows(by_state("correction"), own, facts, "due_at", due="due_at")


def to_verify(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Answers and wishes an authority has to look at, findings it has not acted on; for the
    region what is overdue anywhere.
    """
    here = user.acting.organization
    orders = Order.objects.visible_to(user)
    facts = {"organization": "organization__name", "number": "number"}
    waiting = orders.by_authority(here).unverified()
    yield rows("correction_verify", waiting, facts, "verify_due_at", due="verify_due_at")
    wishes = Extension.objects.visible_to(user).asked().filter(order__authority=here)
    facts = {"organization": "order__organization__name", "number": "order__number"}
    yield rows("correction_wish", wishes, facts, "asked_at", key="order_id", due="order__due_at")
    raised = Dispute.objects.visible_to(user).waiting().filter(finding__authority=here)
    facts = {"organization": "finding__organization__name", "reason": "reason"}
    yield rows("correction_dispute", raised, facts, "answer_due_at", due="answer_due_at")
    found = Finding.objects.visible_to(user).open().filter(authority=here)
    yield counted("findings_open", found, user, due="act_due_at")
    if here.kind == Body.REGION_AUTHORITY:
        yield counted("corrections_overdue", orders.overdue(), user, due="due_at")
        left = Finding.objects.visible_to(user).act_overdue().exclude(authority=here)
        yield counted("findings_overdue", left, user, due="act_due_at")
