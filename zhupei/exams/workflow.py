"""The moves of a sitting, from the plan that is notified to the marks that are released; of a plan
of several; of what is put right of an item; and of who is called to watch.
"""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.exams.access import (
    may_answer_call,
    may_close,
    may_decide_correction,
    may_keep,
    may_relieve,
    may_replace_correction,
    may_run,
    may_withdraw_correction,
)
from zhupei.exams.events import CorrectionEvent as R
from zhupei.exams.events import InvigilatorEvent as V
from zhupei.exams.events import PlanEvent as G
from zhupei.exams.events import SittingEvent as E
from zhupei.exams.models import CorrectionState as K
from zhupei.exams.models import Invigilator, ItemCorrection, Plan, Sitting
from zhupei.exams.models import InvigilatorState as C
from zhupei.exams.models import PlanState as P
from zhupei.exams.models import State as S

# fmt: off
SITTING: Workflow[Sitting] = Workflow([
    Move("notify",  {S.DRAFT},                        S.NOTIFIED,  E.NOTIFIED,  may_run,   _("告知考核计划"), _("所在地州市住建局收到告知。告知不是审批，告知后即可封卷。"), tone="primary"),
    Move("seal",    {S.NOTIFIED},                     S.SEALED,    E.SEALED,    may_run,   _("封卷"),         _("从题库抽题组卷并冻结，试题、座位和时间都不能再改。"),       tone="primary"),
    Move("close",   {S.SEALED},                       S.CLOSED,    E.CLOSED,    may_close, _("结束考试"),     _("没有交的卷由系统收回并阅卷。到时间系统也会自动结束。")),
    Move("release", {S.CLOSED},                       S.RELEASED,  E.RELEASED,  may_run,   _("公布成绩"),     _("参加考核的学员收到成绩通知，合格的可以发证。"),             tone="primary"),
    Move("cancel",  {S.DRAFT, S.NOTIFIED, S.SEALED},  S.CANCELLED, E.CANCELLED, may_run,   _("取消这场考核"), _("住建局和已安排座位的考生收到通知，座位全部取消。"),         tone="danger", needs_note=True),
])
CORRECTION: Workflow[ItemCorrection] = Workflow([
    Move("agree",    {K.PROPOSED}, K.IN_FORCE,  R.AGREED,    may_decide_correction, _("同意更正"), tone="primary"),
    Move("reject",   {K.PROPOSED}, K.REJECTED,  R.REJECTED,  may_decide_correction, _("不予更正"), _("成绩不变，提请人收到理由。"), needs_note=True),
    Move("withdraw", {K.PROPOSED}, K.WITHDRAWN, R.WITHDRAWN, may_withdraw_correction, _("撤回提请"), _("成绩不变。")),
    Move("replace",  {K.IN_FORCE}, K.REPLACED,  R.REPLACED,  may_replace_correction, _("由新的代替")),
])
PLAN: Workflow[Plan] = Workflow([
    Move("notify", {P.DRAFT},             P.NOTIFIED,  G.NOTIFIED,  may_keep, _("告知整个计划"), _("所在地州市住建局收到一份告知，里面是全部场次，理论和实操。告知不是审批。"), tone="primary"),
    Move("cancel", {P.DRAFT, P.NOTIFIED}, P.CANCELLED, G.CANCELLED, may_keep, _("取消整个计划"), _("里面的场次全部取消，住建局、考生和考评员收到通知。"), tone="danger", needs_note=True),
])
INVIGILATION: Workflow[Invigilator] = Workflow([
    Move("accept",  {C.INVITED},             C.ACCEPTED, V.ACCEPTED, may_answer_call, _("接受监考"), _("考务员看到您会到场；时间冲突的场次不能再安排您。"), tone="primary"),
    Move("decline", {C.INVITED, C.ACCEPTED}, C.DECLINED, V.DECLINED, may_answer_call, _("不能监考"), _("考务员收到通知，另外安排人。"), needs_note=True),
    Move("relieve", {C.INVITED, C.ACCEPTED}, C.RELIEVED, V.RELIEVED, may_relieve,     _("撤换"),     _("本人收到通知，不再看到这场考核。"), tone="danger", needs_note=True),
])
# fmt: on
