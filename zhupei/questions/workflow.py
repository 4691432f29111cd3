"""The moves of question sets, of items and of their versions."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.questions.access import (
    keeps,
    keeps_version,
    may_drop,
    may_keep,
    may_publish,
    may_replace,
    may_settle,
    may_settle_item,
    wrote,
)
from zhupei.questions.events import ItemEvent
from zhupei.questions.events import QuestionEvent as E
from zhupei.questions.models import Item, ItemVersion, QuestionSet
from zhupei.questions.models import ItemState as I
from zhupei.questions.models import State as S
from zhupei.questions.models import VersionState as V

# fmt: off
QUESTION_SET: Workflow[QuestionSet] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_keep, _("发布"), _("考核机构可以从中抽题组卷（封存的要先启封）；以后加的题，审过一道、能抽一道。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_keep, _("停用"), _("不再用它组新卷；已封的卷不受影响。"), tone="danger", needs_note=True),
])
VERSION: Workflow[ItemVersion] = Workflow([
    Move("submit",   {V.DRAFT},             V.IN_REVIEW, ItemEvent.VERSION_SUBMITTED, wrote,       _("提交审题"), _("系统轮流请两位专家审，不会请您本人；提交后不能改。"), tone="primary"),
    Move("withdraw", {V.IN_REVIEW},         V.DRAFT,     ItemEvent.VERSION_WITHDRAWN, wrote,       _("撤回修改"), _("还没有专家表态时可以撤回。")),
    Move("return",   {V.IN_REVIEW},         V.RETURNED,  ItemEvent.VERSION_RETURNED,  may_settle,  _("退回作者")),
    Move("publish",  {V.IN_REVIEW},         V.PUBLISHED, ItemEvent.VERSION_PUBLISHED, may_publish, _("发布")),
    Move("replace",  {V.PUBLISHED},         V.REPLACED,  ItemEvent.VERSION_REPLACED,  may_replace, _("替换")),
    Move("call_off", {V.DRAFT, V.IN_REVIEW, V.RETURNED}, V.DROPPED, ItemEvent.VERSION_DROPPED, keeps_version, _("作废"), needs_note=True),
    Move("give_up",  {V.DRAFT, V.IN_REVIEW, V.RETURNED}, V.DROPPED, ItemEvent.VERSION_DROPPED, may_drop,      _("随案例作废"), needs_note=True),
    Move("drop",     {V.DRAFT, V.RETURNED}, V.DROPPED,   ItemEvent.VERSION_DROPPED,   may_drop,    _("作废这一版"), _("内容留档，不再审题。"), needs_note=True),
])
ITEM: Workflow[Item] = Workflow([
    Move("publish", {I.DRAFT},              I.PUBLISHED, ItemEvent.ITEM_PUBLISHED, may_settle_item, _("发布")),
    Move("retire",  {I.DRAFT, I.PUBLISHED}, I.RETIRED,   ItemEvent.ITEM_RETIRED,   keeps,           _("停用这道题"), _("不再抽用；已封的卷不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
