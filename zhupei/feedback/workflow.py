"""The moves of a self-evaluation and of a follow-up call."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.feedback.access import may_call, may_evaluate
from zhupei.feedback.events import FeedbackEvent as E
from zhupei.feedback.models import CallState as C
from zhupei.feedback.models import FollowUp, SelfEvaluation, SelfState

# fmt: off
SELF_EVALUATION: Workflow[SelfEvaluation] = Workflow([
    Move("hand_in", {SelfState.DRAFT}, SelfState.HANDED_IN, E.SELF_EVALUATED, may_evaluate,
         _("提交自评"), _("住建局即可看到；提交后不能再改"), "primary"),
])
FOLLOW_UP: Workflow[FollowUp] = Workflow([
    Move("reach", {C.DUE}, C.REACHED, E.CALLED, may_call, _("已接通"), "", "primary"),
    Move("miss", {C.DUE}, C.DUE, E.NOT_REACHED, may_call, _("未接通")),
    Move("give_up", {C.DUE}, C.UNREACHED, E.GIVEN_UP, may_call, _("多次未接通")),
    Move("decline", {C.DUE}, C.DECLINED, E.DECLINED, may_call, _("本人不愿回访")),
])
# fmt: on
