"""The moves of a lead. None of them does anything to anybody."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.leads.access import may_judge
from zhupei.leads.events import LeadEvent as E
from zhupei.leads.models import Lead
from zhupei.leads.models import State as S

# fmt: off
LEAD: Workflow[Lead] = Workflow([
    Move("confirm", {S.OPEN},                   S.CONFIRMED, E.CONFIRMED, may_judge, _("线索成立"), _("只记下判断。学时、成绩、证书都不变；要办理，另行转为问题或移交。"), needs_note=True),
    Move("dismiss", {S.OPEN},                   S.DISMISSED, E.DISMISSED, may_judge, _("排除"),     _("记下理由，不再列在待判断里；到期清除涉及人员的记录。"), needs_note=True),
    Move("reopen",  {S.CONFIRMED, S.DISMISSED}, S.OPEN,      E.REOPENED,  may_judge, _("重新判断"), _("有新的情况时，放回待判断。"), needs_note=True),
])
# fmt: on
