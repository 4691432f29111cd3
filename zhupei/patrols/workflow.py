"""The moves of a duty and of a patrol."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.patrols.access import may_call_off, may_fill, may_plan, may_settle
from zhupei.patrols.events import DutyEvent as E
from zhupei.patrols.events import PatrolEvent as P
from zhupei.patrols.models import OPEN, Duty, Patrol
from zhupei.patrols.models import PatrolState as V
from zhupei.patrols.models import State as S

# fmt: off
DUTY: Workflow[Duty] = Workflow([
    Move("plan",    {S.OWED},                       S.PLANNED, E.PLANNED,  may_plan,   _("安排巡查")),
    Move("release", {S.PLANNED},                    S.OWED,    E.RELEASED, may_settle, _("重新等待安排")),
    Move("meet",    set(OPEN),                      S.DONE,    E.MET,      may_settle, _("完成巡查")),
    Move("miss",    set(OPEN),                      S.MISSED,  E.MISSED,   the_clock,  _("记为漏巡")),
    Move("lift",    {S.OWED, S.PLANNED, S.MISSED},  S.LIFTED,  E.LIFTED,   the_clock,  _("不再需要")),
    Move("reopen",  {S.MISSED, S.LIFTED},           S.OWED,    E.REOPENED, the_clock,  _("恢复应巡")),
])
PATROL: Workflow[Patrol] = Workflow([
    Move("file",     {V.PLANNED}, V.FILED,      P.FILED,      may_fill,     _("提交巡查表"), _("提交后不能再改；不符的项成为问题，机构和住建局都会看到。"), tone="primary"),
    Move("call_off", {V.PLANNED}, V.CALLED_OFF, P.CALLED_OFF, may_call_off, _("取消这次安排"), _("巡查人员收到通知；没有别的安排时，台账回到“待安排”。"), tone="danger", needs_note=True),
])
# fmt: on
