"""Leads on stand-ins, which somebody of the bureau has to judge."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils.translation import gettext_lazy as _

from zhupei.leads.models import Lead
from zhupei.leads.parameters import JUDGE_DAYS
from zhupei.portal.todo.line import Kind, Lines, Now, rows

# fmt: off
KINDS = {
    "stand_in": Kind("flag", _("线索"), "%(title)s", _("看记录，成立或排除都写明理由"),
                     "%(organization)s", "leads:detail", _("判断")),
}
# fmt: on


def to_judge(user: Any, now: Now) -> Iterator[Lines]:
    """The oldest that are open, each with the day by which it should be judged."""
    term = Value(timedelta(days=now.figure(JUDGE_DAYS)))
    due = ExpressionWrapper(F("found_at") + term, output_field=DateTimeField())
    facts = {"title": "title", "organization": "organization__name"}
    waiting = Lead.objects.visible_to(user).open()
    yield rows("stand_in", waiting, facts, "found_at", due=due)
