"""The moves of a credit record, of an application to repair it, of an objection to it."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.credit.access import (
    decided,
    may_answer_objection,
    may_answer_repair,
    may_take_back_objection,
    may_take_back_repair,
    may_withdraw,
)
from zhupei.credit.events import ObjectionEvent, RecordEvent, RepairEvent
from zhupei.credit.models import (
    CreditRecord,
    Objection,
    ObjectionState,
    RecordState,
    Repair,
    RepairState,
)

S, R, O = RecordState, RepairState, ObjectionState  # noqa: E741 - as in the columns below

# fmt: off
RECORD: Workflow[CreditRecord] = Workflow([
    Move("repair",   {S.IN_FORCE}, S.REPAIRED,  RecordEvent.REPAIRED,  decided, _("修复")),
    Move("expire",   {S.IN_FORCE}, S.EXPIRED,   RecordEvent.EXPIRED,   the_clock, _("期满停止")),
    Move("fall",     {S.IN_FORCE}, S.WITHDRAWN, RecordEvent.FELL,      the_clock, _("随决定撤下")),
    Move("withdraw", {S.IN_FORCE}, S.WITHDRAWN, RecordEvent.WITHDRAWN, may_withdraw, _("撤销记录"), _("立即停止公示和使用；机构收到通知。只用于记录有误或决定被撤销。"), tone="danger", needs_note=True),
])
REPAIR: Workflow[Repair] = Workflow([
    Move("grant",    {R.FILED}, R.GRANTED,   RepairEvent.GRANTED,   may_answer_repair, _("准予修复"), _("立即停止公示和使用，别处的限制同时解除；机构收到通知。"), tone="primary", needs_note=True),
    Move("refuse",   {R.FILED}, R.REFUSED,   RepairEvent.REFUSED,   may_answer_repair, _("不予修复"), _("记录继续有效；机构收到理由，补齐后可以再申请。"), needs_note=True),
    Move("withdraw", {R.FILED}, R.WITHDRAWN, RepairEvent.WITHDRAWN, may_take_back_repair, _("撤回修复申请"), _("记录不变，可以再申请。")),
])
OBJECTION: Workflow[Objection] = Workflow([
    Move("uphold",   {O.FILED}, O.UPHELD,    ObjectionEvent.UPHELD,    may_answer_objection, _("异议成立，撤销记录"), _("记录立即撤下；机构收到通知。"), tone="primary", needs_note=True),
    Move("amend",    {O.FILED}, O.AMENDED,   ObjectionEvent.AMENDED,   may_answer_objection, _("部分成立，更正"), needs_note=True),
    Move("dismiss",  {O.FILED}, O.DISMISSED, ObjectionEvent.DISMISSED, may_answer_objection, _("异议不成立"), _("记录不变；机构收到理由，可以依法申请行政复议或者提起行政诉讼。"), needs_note=True),
    Move("withdraw", {O.FILED}, O.WITHDRAWN, ObjectionEvent.WITHDRAWN, may_take_back_objection, _("撤回异议"), _("记录不变。")),
])
# fmt: on
