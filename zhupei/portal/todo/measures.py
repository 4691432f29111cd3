"""What waits because of measures and of matters handed over."""

from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Kind as Body
from zhupei.oversight.models import Handover, HandoverState, Measure, MeasureState
from zhupei.portal.todo.line import DAY_ENDS, Kind, Lines, Now, day_end, rows

# fmt: off
KINDS = {
    "measure_draft": Kind("pencil", _("管理措施"), "%(organization)s",
                          _("%(number)s 拟办，还没有告知"), _("机构"), "oversight:measure",
                          _("告知")),
    "measure_hearing": Kind("calendar-event", _("管理措施"), "%(organization)s",
                            _("%(number)s 机构要求听证，还没有通知"), _("机构"),
                            "oversight:measure", _("通知听证")),
    "measure_heard": Kind("notebook", _("管理措施"), "%(organization)s",
                          _("%(number)s 听证已过，还没有记录"), _("机构"), "oversight:measure",
                          _("记录听证")),
    "measure_decide": Kind("scale", _("管理措施"), "%(organization)s",
                           _("%(number)s 可以作出决定"), _("机构"), "oversight:measure", _("决定"),
                           workdays=True),
    "measure_serve": Kind("send", _("管理措施"), "%(organization)s", _("%(number)s 还没有送达"),
                          _("机构"), "oversight:measure", _("送达")),
    "measure_check": Kind("hourglass", _("管理措施"), "%(organization)s",
                          _("%(number)s 期限已到，核查执行"), _("机构"), "oversight:measure",
                          _("核查")),
    "measure_state": Kind("message-report", _("管理措施告知"), "%(number)s",
                          _("可以陈述申辩、要求听证"), "%(authority)s", "oversight:measure",
                          _("陈述申辩"), workdays=True),
    "measure_receive": Kind("inbox", _("管理措施决定"), "%(number)s", _("请签收"),
                            "%(authority)s", "oversight:measure", _("签收")),
    "handover_send": Kind("send", _("移送"), "%(organization)s", _("%(number)s 待移送"),
                          _("有权机关"), "oversight:handover", _("移送")),
    "handover_receipt": Kind("inbox", _("线索移送"), "%(organization)s", "%(number)s",
                             "%(authority)s", "oversight:handover", _("回执"), workdays=True),
    "handover_decide": Kind("scale", _("线索移送"), "%(organization)s",
                            _("%(number)s 处罚决定时限"), "%(authority)s", "oversight:handover",
                            _("反馈")),
}
# fmt: on
NAMED = {"organization": "organization__name", "number": "number"}
FROM = {"authority": "authority__name", "number": "number"}


def to_decide(user: Any, now: Now) -> Iterator[Lines]:
    """Of one's own authority: what has to be told, decided by another, served, checked."""
    mine = Measure.objects.visible_to(user).filter(authority=user.acting.organization_id)
    yield rows("measure_draft", mine.filter(state=MeasureState.DRAFT), NAMED, "drafted_at")
    waiting = mine.waiting_for_hearing()
    yield rows("measure_hearing", waiting.filter(hearing_at__isnull=True), NAMED, "stated_at")
    held = waiting.filter(hearing_at__lte=now.moment)
    yield rows("measure_heard", held, NAMED, "hearing_at")
    ripe = mine.exclude(drafted_by=user.pk).ripe(now.moment)
    yield rows("measure_decide", ripe, NAMED, "decide_by", due="decide_by")
    yield rows("measure_serve", mine.filter(state=MeasureState.DECIDED), NAMED, "decided_at")
    over = mine.filter(state=MeasureState.SERVED, due_on__lt=now.today)
    yield rows("measure_check", over, NAMED, "due_on", due=day_end("due_on"))
    ready = Handover.objects.visible_to(user).filter(
        authority=user.acting.organization_id,
        state=HandoverState.DRAFT,
        papers__isnull=False,
    )
    yield rows("handover_send", ready.exclude(drafted_by=user.pk), NAMED, "drafted_at")


def to_report(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """What was handed over to one's own department."""
    if user.acting.organization.kind != Body.HR:
        return
    facts = NAMED | FROM
    mine = Handover.objects.visible_to(user)
    waiting = mine.waiting_for_receipt()
    yield rows("handover_receipt", waiting, facts, "receipt_due", due="receipt_due")
    filed = mine.filter(state=HandoverState.FILED)
    yield rows("handover_decide", filed, facts, "decide_by", due="decide_by")


def own(user: Any, now: Now) -> Iterator[Lines]:
    """What one's own institution may speak to, or has to acknowledge."""
    mine = Measure.objects.visible_to(user).filter(organization=user.acting.organization_id)
    last = Greatest("statement_until", day_end("hearing_until", DAY_ENDS))
    open_to_words = mine.unanswered(now.moment)
    yield rows("measure_state", open_to_words, FROM, "statement_until", due=last)
    yield rows("measure_receive", mine.filter(state=MeasureState.DECIDED), FROM, "decided_at")
