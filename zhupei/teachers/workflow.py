"""Every way a teacher moves into the pool and out of it, on one screen."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.teachers.access import may_review, may_submit
from zhupei.teachers.events import TeacherEvent as E
from zhupei.teachers.models import State as S
from zhupei.teachers.models import Teacher

# Source: notice, part 3 (one teacher pool for the region, built by the committee).
# fmt: off
POOL: Workflow[Teacher] = Workflow([
    Move("submit", {S.DRAFT, S.RETURNED}, S.APPLIED, E.APPLIED, may_submit, _("提交入库审核"),
         _("送协会审核，审核期间不能修改"), "primary"),
    Move("withdraw", {S.APPLIED}, S.DRAFT, E.WITHDRAWN, may_submit, _("收回修改"),
         _("回到填报中，可以修改后再提交")),
    Move("admit", {S.APPLIED}, S.ADMITTED, E.ADMITTED, may_review, _("准予入库"),
         _("全区培训机构都可以从师资库聘用；报送单位和本人收到通知"), "primary"),
    Move("return", {S.APPLIED}, S.RETURNED, E.RETURNED, may_review, _("退回补正"),
         _("报送单位或本人按理由补正后重新提交"), needs_note=True),
    Move("remove", {S.ADMITTED}, S.REMOVED, E.REMOVED, may_review, _("移出师资库"),
         _("各机构现有的聘用随即结束；机构和本人收到通知，可以重新填报"), "danger",
         needs_note=True),
    Move("reopen", {S.REMOVED}, S.DRAFT, E.REOPENED, may_submit, _("重新填报"),
         _("补齐资料后可以再次提交入库审核")),
])
# fmt: on
