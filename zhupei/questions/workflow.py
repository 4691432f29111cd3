"""The moves of question sets, of items and of their versions."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.questions.access import may_keep, may_keep_item, may_keep_version
from zhupei.questions.events import ItemEvent as I
from zhupei.questions.events import QuestionEvent as E
from zhupei.questions.models import Item, ItemState, ItemVersion, QuestionSet, VersionState
from zhupei.questions.models import State as S

# fmt: off
QUESTION_SET: Workflow[QuestionSet] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_keep, _("发布"), _("考核机构可以从中抽题组卷，发布后不再增改。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_keep, _("停用"), _("不再用它组新卷；已封的卷不受影响。"), tone="danger", needs_note=True),
])
VERSION: Workflow[ItemVersion] = Workflow([
    Move("publish", {VersionState.DRAFT}, VersionState.PUBLISHED, I.VERSION_PUBLISHED, may_keep_version, _("发布")),
])
ITEM: Workflow[Item] = Workflow([
    Move("publish", {ItemState.DRAFT}, ItemState.PUBLISHED, I.ITEM_PUBLISHED, may_keep_item, _("发布")),
])
# fmt: on
