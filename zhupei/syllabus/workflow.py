"""The moves of a syllabus and of a textbook."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.syllabus.access import may_decide, may_write
from zhupei.syllabus.events import SyllabusEvent as E
from zhupei.syllabus.events import TextbookEvent as T
from zhupei.syllabus.models import BookState as B
from zhupei.syllabus.models import State as S
from zhupei.syllabus.models import Syllabus, Textbook

# fmt: off
SYLLABUS: Workflow[Syllabus] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_write, _("发布"), _("到施行日期起，新班按这一版开；发布后不能再改，只能另起一个版本。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_write, _("停用"), _("不能再用它开新班；已开的班不受影响。"), tone="danger", needs_note=True),
])

TEXTBOOK: Workflow[Textbook] = Workflow([
    Move("approve", {B.PROPOSED, B.RETIRED}, B.APPROVED, T.APPROVED, may_decide, _("认定"),     _("各机构可以把它发给学员。"), tone="primary"),
    Move("decline", {B.PROPOSED},            B.RETIRED,  T.DECLINED, may_decide, _("不予认定"), _("不进入教材目录，推荐单位会看到理由。"), needs_note=True),
    Move("retire",  {B.APPROVED},            B.RETIRED,  T.RETIRED,  may_decide, _("停止使用"), _("不能再发给新学员；已发的不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
