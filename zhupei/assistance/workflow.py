"""Every way a piece of help may move."""

from django.utils.translation import gettext_lazy as _

from zhupei.assistance.access import may_confirm, may_file
from zhupei.assistance.events import AssistanceEvent as E
from zhupei.assistance.models import Assistance
from zhupei.assistance.models import State as S
from zhupei.core.workflow import Move, Workflow

# fmt: off
ASSISTANCE: Workflow[Assistance] = Workflow([
    Move("submit",  {S.DRAFT, S.RETURNED}, S.SUBMITTED, E.SUBMITTED, may_file, _("报送确认"), _("送受援地住建局确认，确认前不能修改。"), "primary"),
    Move("confirm", {S.SUBMITTED}, S.CONFIRMED, E.CONFIRMED, may_confirm, _("确认属实"), _("计入机构当年的帮扶数，用于年度评估加分。"), "primary"),
    Move("return",  {S.SUBMITTED}, S.RETURNED, E.RETURNED, may_confirm, _("退回补充"), _("机构按理由补充后重新报送。"), needs_note=True),
    Move("revoke",  {S.CONFIRMED}, S.REVOKED, E.REVOKED, may_confirm, _("撤销确认"), _("不再计入帮扶数；机构收到理由。"), "danger", needs_note=True),
    Move("cancel",  {S.DRAFT, S.RETURNED, S.SUBMITTED}, S.CANCELLED, E.CANCELLED, may_file, _("取消"), _("不再报送这条记录。"), needs_note=True),
])
# fmt: on
