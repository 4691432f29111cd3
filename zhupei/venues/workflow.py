"""Every way a designation may move. Two departments sign; each may stop it."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.venues.access import may_decide, may_lift, may_return, may_sign
from zhupei.venues.events import DesignationEvent as E
from zhupei.venues.models import Designation
from zhupei.venues.models import State as S

# Source: Measures, art. 19.
# fmt: off
DESIGNATION: Workflow[Designation] = Workflow([
    Move("sign",     {S.DRAFT},                  S.SIGNED,    E.SIGNED,    may_sign,   _("签署"),     _("送另一个部门签署，签署前不能再改；两个部门都签署后考核机构才能告知考核计划"), "primary"),
    Move("complete", {S.SIGNED},                 S.IN_FORCE,  E.COMPLETED, may_sign,   _("签署确定"), _("两个部门都已签署，编号，向社会公布；考核机构可以告知考核计划"), "primary"),
    Move("return",   {S.SIGNED},                 S.DRAFT,     E.RETURNED,  may_return, _("退回修改"), _("对方部门的签署作废，改好后重新签署"), needs_note=True),
    Move("suspend",  {S.IN_FORCE},               S.SUSPENDED, E.SUSPENDED, may_decide, _("暂停"),     _("考核机构不能再告知新的考核计划，另一个部门和考核机构收到通知"), "danger", needs_note=True),
    Move("lift",     {S.SUSPENDED},              S.IN_FORCE,  E.LIFTED,    may_lift,   _("恢复"),     _("考核机构可以重新告知考核计划"), "primary", needs_note=True),
    Move("withdraw", {S.IN_FORCE, S.SUSPENDED},  S.WITHDRAWN, E.WITHDRAWN, may_decide, _("撤销"),     _("考核机构从名单上去掉，以后要重新确定；另一个部门和考核机构收到通知"), "danger", needs_note=True),
    Move("drop",     {S.DRAFT},                  S.DROPPED,   E.DROPPED,   may_decide, _("作废草稿"), _("草稿不再办理，记录保留"), needs_note=True),
])
# fmt: on
