"""The moves of a rubric and of a practical session."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow
from zhupei.practical.access import may_write
from zhupei.practical.events import RubricEvent as R
from zhupei.practical.models import Rubric
from zhupei.practical.models import RubricState as S

# fmt: off
RUBRIC: Workflow[Rubric] = Workflow([
    Move("publish", {S.DRAFT},     S.PUBLISHED, R.PUBLISHED, may_write, _("发布"), _("内容冻结，各考核机构新安排的场次用这一版；同一岗位等级原来的版本同时停用。"), tone="primary"),
    Move("retire",  {S.PUBLISHED}, S.RETIRED,   R.RETIRED,   may_write, _("停用"), _("新的场次不能再用它；已排定的场次不受影响。"), tone="danger", needs_note=True),
])
# fmt: on
