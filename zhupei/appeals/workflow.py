"""The moves of a review request, an appeal and a case."""

from django.utils.translation import gettext_lazy as _

from zhupei.appeals.access import (
    may_answer,
    may_decide,
    may_decide_appeal,
    may_handle,
    may_reopen,
    may_state,
    may_withdraw_appeal,
    may_withdraw_review,
)
from zhupei.appeals.events import AppealEvent, CaseEvent, ReviewEvent
from zhupei.appeals.models import (
    Appeal,
    AppealState,
    CaseState,
    Misconduct,
    ReviewRequest,
    ReviewState,
)
from zhupei.core.workflow import Move, Workflow

R, A, C = ReviewState, AppealState, CaseState

# fmt: off
REVIEW: Workflow[ReviewRequest] = Workflow([
    Move("uphold",   {R.FILED}, R.UPHELD,    ReviewEvent.UPHELD,    may_answer, _("维持成绩"), _("考生收到复核意见，可以向住建局申诉。"), tone="primary", needs_note=True),
    Move("correct",  {R.FILED}, R.CORRECTED, ReviewEvent.CORRECTED, may_answer, _("更正成绩"), needs_note=True),
    Move("withdraw", {R.FILED}, R.WITHDRAWN, ReviewEvent.WITHDRAWN, may_withdraw_review, _("撤回申请"), _("成绩不变，没有任何影响。")),
    Move("reopen",   {R.UPHELD, R.CORRECTED}, R.FILED, ReviewEvent.REOPENED, may_reopen, _("重新复核")),
])
APPEAL: Workflow[Appeal] = Workflow([
    Move("grant",    {A.FILED}, A.GRANTED,   AppealEvent.GRANTED,   may_decide_appeal, _("支持，重新复核"), _("退回考核机构重新复核，重新计时；考生收到通知。"), tone="primary", needs_note=True),
    Move("dismiss",  {A.FILED}, A.DISMISSED, AppealEvent.DISMISSED, may_decide_appeal, _("不支持"), _("考生收到意见；仍不服的，可依法申请行政复议或提起诉讼。"), needs_note=True),
    Move("withdraw", {A.FILED}, A.WITHDRAWN, AppealEvent.WITHDRAWN, may_withdraw_appeal, _("撤回申诉"), _("复核结果不变，没有任何影响。")),
])
CASE: Workflow[Misconduct] = Workflow([
    Move("notify", {C.OPENED}, C.NOTICED, CaseEvent.NOTICED, may_handle, _("告知当事人"), _("本人收到事实、依据和陈述申辩的期限。"), tone="primary"),
    Move("state",  {C.NOTICED, C.STATED}, C.STATED, CaseEvent.STATED, may_state, _("提交陈述申辩"), tone="primary"),
    Move("decide", {C.NOTICED, C.STATED}, C.DECIDED, CaseEvent.DECIDED, may_decide, _("作出处理决定"), _("成绩按类别无效，本人收到决定和救济途径。"), tone="danger", needs_note=True),
    Move("drop",   {C.OPENED, C.NOTICED, C.STATED}, C.DROPPED, CaseEvent.DROPPED, may_handle, _("撤销案件"), _("不作处理，成绩不变；已告知的本人收到通知。"), needs_note=True),
])
# fmt: on
