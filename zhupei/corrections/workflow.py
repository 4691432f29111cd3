"""Every way a finding, an order and a wish for more time may move.

Time running out moves nothing: people are told (``actions.clock``).
"""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.corrections.access import may_answer, may_answer_wish, may_decide, may_judge
from zhupei.corrections.events import DisputeEvent, ExtensionEvent, FindingEvent, OrderEvent
from zhupei.corrections.models import (
    Dispute,
    DisputeState,
    Extension,
    ExtensionState,
    Finding,
    FindingState,
    Order,
    OrderState,
)

F, S, X, D = FindingState, OrderState, ExtensionState, DisputeState

# fmt: off
FINDING: Workflow[Finding] = Workflow([
    Move("order",    {F.OPEN}, F.ORDERED, FindingEvent.ORDERED, may_decide, _("列入整改通知")),
    Move("settle",   {F.OPEN}, F.CORRECTED, FindingEvent.SETTLED, may_decide, _("当场已改正"), _("写明怎样改正；不再下达整改通知，记录保留。"), needs_note=True),
    Move("accept",   {F.ORDERED}, F.CORRECTED, FindingEvent.CORRECTED, may_decide, _("确认已整改")),
    Move("withdraw", {F.OPEN, F.ORDERED}, F.WITHDRAWN, FindingEvent.WITHDRAWN, may_decide, _("撤回问题"), _("不再算作问题，也不计入统计；机构已收到通知的，会收到理由。"), "danger", needs_note=True),
    Move("retract",  {F.CORRECTED}, F.WITHDRAWN, FindingEvent.WITHDRAWN, may_decide, _("撤回当场改正的问题"), needs_note=True),
])
DISPUTE: Workflow[Dispute] = Workflow([
    Move("uphold",  {D.RAISED}, D.UPHELD,   DisputeEvent.UPHELD,   may_judge, _("维持"), _("问题不变，整改期限照算；答复超过期限的，机构至少再有几个工作日。"), needs_note=True),
    Move("change",  {D.RAISED}, D.CHANGED,  DisputeEvent.CHANGED,  may_judge, _("更改"), _("按下面改好的内容，程度只能减轻；整改期限不变。"), needs_note=True),
    Move("concede", {D.RAISED}, D.CONCEDED, DisputeEvent.CONCEDED, may_judge, _("异议成立，撤回问题"), _("不再算作问题，不计入评估和统计；通知里没有别的问题时，通知一并撤回。"), "danger", needs_note=True),
])
ORDER: Workflow[Order] = Workflow([
    Move("submit",   {S.ISSUED, S.RETURNED}, S.ANSWERED, OrderEvent.SUBMITTED, may_answer, _("报送整改情况"), _("送住建局核查；核查前可以收回补充。"), "primary"),
    Move("recall",   {S.ANSWERED}, S.ISSUED, OrderEvent.RECALLED, may_answer, _("收回补充"), _("回到整改中，改好后要在期限前重新报送。")),
    Move("return",   {S.ANSWERED}, S.RETURNED, OrderEvent.RETURNED, may_decide, _("退回再改")),
    Move("close",    {S.ISSUED, S.ANSWERED, S.RETURNED}, S.CLOSED, OrderEvent.CLOSED, may_decide, _("核查通过，销号")),
    Move("withdraw", {S.ISSUED, S.ANSWERED, S.RETURNED}, S.WITHDRAWN, OrderEvent.WITHDRAWN, may_decide, _("撤回通知"), _("通知和其中还没整改的问题一并撤回，不计入统计；机构收到理由。"), "danger", needs_note=True),
])
EXTENSION: Workflow[Extension] = Workflow([
    Move("grant",  {X.ASKED}, X.GRANTED, ExtensionEvent.GRANTED, may_answer_wish, _("同意延期"), _("整改期限改到您选的日期，机构收到通知。"), "primary", needs_note=True),
    Move("refuse", {X.ASKED}, X.REFUSED, ExtensionEvent.REFUSED, may_answer_wish, _("不同意"), _("原期限不变，机构收到理由。"), needs_note=True),
])
# fmt: on
