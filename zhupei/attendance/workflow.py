"""How a correction becomes part of the roll."""

from django.utils.translation import gettext_lazy as _

from zhupei.attendance.access import may_decide, may_take_back
from zhupei.attendance.events import CorrectionEvent as E
from zhupei.attendance.models import Correction
from zhupei.attendance.models import CorrectionState as S
from zhupei.core.workflow import Move, Workflow

# Source: Measures, art. 13; notice, part 2, section 2 (signatures on rolls are not rigorous).
# fmt: off
CORRECTION: Workflow[Correction] = Workflow([
    Move("confirm", {S.PROPOSED}, S.CONFIRMED, E.CONFIRMED, may_decide, _("确认更正"),
         _("点名册和学时随即改过来，学员收到消息"), "primary"),
    Move("reject", {S.PROPOSED}, S.REJECTED, E.REJECTED, may_decide, _("不同意"),
         _("点名册不变；提出的人收到您的理由"), needs_note=True),
    Move("take_back", {S.PROPOSED}, S.TAKEN_BACK, E.TAKEN_BACK, may_take_back, _("收回"),
         _("这条更正作废，点名册不变")),
])
# fmt: on
