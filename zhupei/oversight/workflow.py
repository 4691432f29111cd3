"""The moves of a measure and of a matter handed over."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.oversight.access import (
    may_decide,
    may_drop,
    may_handle,
    may_keep,
    may_receive,
    may_revoke,
    may_send,
    may_state,
)
from zhupei.oversight.events import HandoverEvent, MeasureEvent
from zhupei.oversight.models import Handover, HandoverState, Measure, MeasureState

M, E = MeasureState, MeasureEvent
H, V = HandoverState, HandoverEvent
OPEN = {M.DRAFT, M.NOTICED, M.STATED}
HOLDING = {M.DECIDED, M.SERVED}

# fmt: off
MEASURE: Workflow[Measure] = Workflow([
    Move("notify",      {M.DRAFT}, M.NOTICED, E.NOTICED, may_handle, _("告知机构"), _("机构看到事实、依据和证据，收到陈述申辩的期限；期限自告知起算"), "primary"),
    Move("state",       {M.NOTICED, M.STATED}, M.STATED, E.STATED, may_state, _("提交陈述申辩")),
    Move("decide",      {M.NOTICED, M.STATED}, M.DECIDED, E.DECIDED, may_decide, _("作出决定"), tone="primary", needs_note=True),
    Move("serve",       {M.DECIDED}, M.SERVED, E.SERVED, may_handle, _("登记送达")),
    Move("acknowledge", {M.DECIDED}, M.SERVED, E.ACKNOWLEDGED, may_state, _("签收决定"), _("签收只说明收到，不影响您申请行政复议或者提起行政诉讼"), "primary"),
    Move("carry_out",   {M.SERVED}, M.DONE, E.DONE, may_handle, _("确认执行完毕"), _("机构收到通知，措施办结"), needs_note=True),
    Move("lift",        HOLDING, M.LIFTED, E.LIFTED, may_handle, _("解除"), needs_note=True),
    Move("drop",        OPEN, M.DROPPED, E.DROPPED, may_drop, _("不予采取"), _("不再继续；已告知的机构收到通知和理由"), needs_note=True),
    Move("revoke",      HOLDING | {M.DONE, M.LIFTED}, M.REVOKED, E.REVOKED, may_revoke, _("撤销决定"), _("决定自始不算，机构收到通知；没有由它产生的信用记录"), "danger", needs_note=True),
])
HANDOVER: Workflow[Handover] = Workflow([
    Move("send",     {H.DRAFT}, H.SENT, V.SENT, may_send, _("移送"), _("生成移送函和证据清单，对方收到；之后不能再改"), "primary"),
    Move("cancel",   {H.DRAFT}, H.CANCELLED, V.CANCELLED, may_keep, _("取消"), _("不移送，留下理由"), needs_note=True),
    Move("receive",  {H.SENT}, H.RECEIVED, V.RECEIVED, may_receive, _("回执接收"), tone="primary"),
    Move("decline",  {H.SENT}, H.DECLINED, V.DECLINED, may_receive, _("退回"), _("不属本机关管辖或者材料不足的，写明理由退回"), needs_note=True),
    Move("file",     {H.RECEIVED}, H.FILED, V.FILED, may_receive, _("反馈立案")),
    Move("penalise", {H.RECEIVED, H.FILED}, H.PENALISED, V.PENALISED, may_receive, _("反馈处罚决定"), needs_note=True),
    Move("clear",    {H.RECEIVED, H.FILED}, H.CLEARED, V.CLEARED, may_receive, _("反馈不予处罚"), needs_note=True),
    Move("annul",    {H.PENALISED}, H.REVOKED, V.REVOKED, may_receive, _("反馈处罚撤销"), needs_note=True),
])
# fmt: on
