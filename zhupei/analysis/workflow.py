"""The moves of a lead. None of them does anything to a candidate."""

from django.utils.translation import gettext_lazy as _

from zhupei.analysis.access import may_judge
from zhupei.analysis.events import AnalysisEvent as E
from zhupei.analysis.models import Lead
from zhupei.analysis.models import LeadState as S
from zhupei.core.workflow import Move, Workflow

# fmt: off
LEAD: Workflow[Lead] = Workflow([
    Move("confirm", {S.OPEN},                   S.CONFIRMED, E.LEAD_CONFIRMED, may_judge, _("线索成立"), _("只记下判断；成绩不变。要处理考生，另按违纪程序办理，先听本人陈述。"), needs_note=True),
    Move("dismiss", {S.OPEN},                   S.DISMISSED, E.LEAD_DISMISSED, may_judge, _("排除"),     _("记下理由，不再列在待判断里。"), needs_note=True),
    Move("reopen",  {S.CONFIRMED, S.DISMISSED}, S.OPEN,      E.LEAD_REOPENED,  may_judge, _("重新判断"), _("有新的情况时，放回待判断。"), needs_note=True),
])
# fmt: on
