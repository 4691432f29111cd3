"""Every way a bulletin may move."""

from django.utils.translation import gettext_lazy as _

from zhupei.bulletins.access import may_write
from zhupei.bulletins.events import BulletinEvent as E
from zhupei.bulletins.models import Bulletin
from zhupei.bulletins.models import State as S
from zhupei.core.workflow import Move, Workflow

# fmt: off
BULLETIN: Workflow[Bulletin] = Workflow([
    Move("issue", {S.DRAFT}, S.ISSUED, E.ISSUED, may_write, _("印发"),
         _("取文号，数字和文字按现在的样子固定，辖区内的机构都能看到"), "primary"),
    Move("discard", {S.DRAFT}, S.DISCARDED, E.DISCARDED, may_write, _("作废草稿"),
         _("草稿不再出现在列表里，可以重新起草这一期")),
    Move("withdraw", {S.ISSUED}, S.WITHDRAWN, E.WITHDRAWN, may_write, _("撤回"),
         _("辖区内的机构不再看到；文号不再使用，可以重新起草这一期"), "danger", needs_note=True),
])
# fmt: on
