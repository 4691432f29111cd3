"""The moves of a lead. None of them does anything to a candidate."""

from django.utils.translation import gettext_lazy as _

from zhupei.analysis.access import may_judge
from zhupei.analysis.events import AnalysisEvent as E
from zhupei.analysis.models import Lead
from zhupei.analysis.models import LeadState as S
from zhupei.core.workflow import Move, Workflow

# fmt: off
LEAD: Workflow[Lead] = Workflow([
    Move("confirm", {S.OPEN},                   S.CONFIRMED, E.LEAD_CONFIRMED, may_judge, _("线索成立"), _("考核机构收到通知，看得到证据，可以据此立案；成绩不变，不会自动处理任何人。"), needs_note=True),
    Move("dismiss", {S.OPEN},                   S.DISMISSED, E.LEAD_DISMISSED, may_judge, _("排除"),     _("记下理由，不再列在待判断里。"), needs_note=True),
    Move("reopen",  {S.CONFIRMED, S.DISMISSED}, S.OPEN,      E.LEAD_REOPENED,  may_judge, _("重新判断"), _("有新的情况时，放回待判断。"), needs_note=True),
])
# fmt: on
