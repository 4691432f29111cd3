"""The moves of a written answer. Nobody presses them: what the readings come to makes them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.marking.events import ScriptEvent as E
from zhupei.marking.models import Script
from zhupei.marking.models import ScriptState as S

# fmt: off
SCRIPT: Workflow[Script] = Workflow([
    Move("dispute", {S.OPEN},             S.DISPUTED, E.DISPUTED, the_clock, _("交仲裁")),
    Move("reopen",  {S.DISPUTED},         S.OPEN,     E.OPENED_AGAIN, the_clock, _("重新盲评")),
    Move("settle",  {S.OPEN, S.DISPUTED}, S.SETTLED,  E.SETTLED,  the_clock, _("定分")),
])
# fmt: on
