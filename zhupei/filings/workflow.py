"""Every way a filing may move."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.filings.access import may_decide, may_file
from zhupei.filings.events import FilingEvent as E
from zhupei.filings.models import Filing
from zhupei.filings.models import State as S

# Source: Measures, art. 10. Time running out moves nothing: people are reminded.
# fmt: off
FILING: Workflow[Filing] = Workflow([
    Move("submit", {S.DRAFT, S.RETURNED}, S.SUBMITTED, E.SUBMITTED, may_file, _("提交备案"),
         _("送办学地人社部门办理，办理期间不能修改"), "primary"),
    Move("accept", {S.SUBMITTED}, S.FILED, E.ACCEPTED, may_decide, _("准予备案"),
         _("机构可以据此提交当地的开班计划；信息抄送两地住建局和当地教育部门"), "primary"),
    Move("return", {S.SUBMITTED}, S.RETURNED, E.RETURNED, may_decide, _("退回补正"),
         _("机构按理由修改后重新提交；时限中止"), needs_note=True),
    Move("withdraw", {S.SUBMITTED}, S.DRAFT, E.WITHDRAWN, may_file, _("收回修改"),
         _("回到草稿，可以修改后再提交")),
    Move("revoke", {S.FILED}, S.REVOKED, E.REVOKED, may_decide, _("撤销备案"),
         _("机构不能再凭它提交新的开班计划；机构和收到抄送的部门都会收到通知"), "danger",
         needs_note=True),
    Move("cancel", {S.DRAFT, S.RETURNED, S.SUBMITTED, S.FILED}, S.CANCELLED, E.CANCELLED, may_file,
         _("取消备案"), _("不再到当地办班；已经提交过的，会通知人社部门和收到抄送的部门"), "danger",
         needs_note=True),
])
# fmt: on
