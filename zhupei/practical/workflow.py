"""The moves of a rubric and of a practical session."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.practical.access import may_run, may_write
from zhupei.practical.events import RubricEvent as R
from zhupei.practical.events import SessionEvent as E
from zhupei.practical.models import Rubric, Session
from zhupei.practical.models import RubricState as S
from zhupei.practical.models import State as P

# fmt: off
RUBRIC: Workflow[Rubric] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, R.PUBLISHED, may_write, _("发布"), _("内容冻结，各考核机构新安排的场次用这一版；同一岗位等级原来的版本同时停用。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   R.RETIRED,   may_write, _("停用"), _("新的场次不能再用它；已排定的场次不受影响。"), tone="danger", needs_note=True),
])

SESSION: Workflow[Session] = Workflow([
    Move("notify",  {P.DRAFT},                       P.NOTIFIED,  E.NOTIFIED,  may_run, _("告知考核计划"), _("所在地州市住建局收到告知。告知不是审批，告知后即可排定轮次。"), tone="primary"),
    Move("fix",     {P.NOTIFIED},                    P.FIXED,     E.FIXED,     may_run, _("排定轮次"),     _("轮次、考评员和合格线不再改，考生和考评员收到通知。"),           tone="primary"),
    Move("close",   {P.FIXED},                       P.CLOSED,    E.CLOSED,    may_run, _("结束评分"),     _("没有签到也没有评分的登记为缺考；之后不再收评分。")),
    Move("release", {P.CLOSED},                      P.RELEASED,  E.RELEASED,  may_run, _("公布成绩"),     _("考生收到通知，能看到每个评分点的结果。"),                       tone="primary"),
    Move("cancel",  {P.DRAFT, P.NOTIFIED, P.FIXED},  P.CANCELLED, E.CANCELLED, may_run, _("取消这场考核"), _("住建局、考生和考评员收到通知，轮次全部作废。"),                 tone="danger", needs_note=True),
])
# fmt: on
