"""The moves of a question set."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.questions.access import may_keep
from zhupei.questions.events import QuestionEvent as E
from zhupei.questions.models import QuestionSet
from zhupei.questions.models import State as S

# fmt: off
QUESTION_SET: Workflow[QuestionSet] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_keep, _("发布"), _("考核机构可以从中抽题组卷，发布后不再增改。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_keep, _("停用"), _("不再用它组新卷；已封的卷不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
