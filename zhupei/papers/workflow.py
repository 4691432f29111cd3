"""The moves of a blueprint."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.papers.access import may_keep
from zhupei.papers.events import PaperEvent as E
from zhupei.papers.models import Blueprint
from zhupei.papers.models import State as S

# fmt: off
BLUEPRINT: Workflow[Blueprint] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_keep, _("发布"), _("考核机构可以按它组卷；发布后不能再改，只能复制一份另改。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_keep, _("停用"), _("不能再按它组新卷；已封的卷不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
