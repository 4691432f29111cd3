"""The moves of a syllabus."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.syllabus.access import may_write
from zhupei.syllabus.events import SyllabusEvent as E
from zhupei.syllabus.models import State as S
from zhupei.syllabus.models import Syllabus

# fmt: off
SYLLABUS: Workflow[Syllabus] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, E.PUBLISHED, may_write, _("发布"), _("机构按它开班，发布后不能再改，只能另起一个版本。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   E.RETIRED,   may_write, _("停用"), _("不能再用它开新班；已开的班不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
