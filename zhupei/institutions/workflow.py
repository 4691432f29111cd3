"""Every way the standing of an institution may move, on one screen."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.institutions.access import may_admit, may_apply, may_leave, may_suspend
from zhupei.institutions.events import AdmissionEvent as E
from zhupei.institutions.models import Admission
from zhupei.institutions.models import Standing as S

# Source: Measures, art. 9 (who may train) and art. 23 (who is stopped); notice, part 2, section 4.
# Suspending, reinstating and leaving reach further than this app: oversight.actions makes those.
# fmt: off
ADMISSION: Workflow[Admission] = Workflow([
    Move("apply", {S.FILING, S.RETURNED}, S.APPLIED, E.APPLIED, may_apply, _("申请准入"),
         _("送自治区住建厅审核，属地住建局同时看到；审核期间仍可补充档案"), "primary"),
    Move("admit", {S.APPLIED}, S.ACTIVE, E.ADMITTED, may_admit, _("准入"),
         _("机构可以提交开班计划，列入公开名单；机构和属地住建局收到通知"), "primary"),
    Move("send_back", {S.APPLIED}, S.RETURNED, E.RETURNED, may_admit, _("退回补正"),
         _("机构按理由补齐后重新申请"), needs_note=True),
    Move("suspend", {S.ACTIVE}, S.SUSPENDED, E.SUSPENDED, may_suspend, _("暂停业务"),
         _("先看后果再决定：冻结的班级、受影响的学员、标记复核的证书"), "danger", needs_note=True),
    Move("reinstate", {S.SUSPENDED}, S.ACTIVE, E.REINSTATED, may_suspend, _("恢复业务"),
         _("冻结的班级继续，证书的复核标记解除；要有整改凭据"), "primary", needs_note=True),
    Move("leave", {S.ACTIVE, S.SUSPENDED}, S.LEFT, E.LEFT, may_leave, _("退出"),
         _("移出培训机构名单，不能再开班；要先办结全部班级，退出后不能恢复"), "danger", needs_note=True),
])
# fmt: on
