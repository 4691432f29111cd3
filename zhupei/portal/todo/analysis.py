"""Answers too alike, which somebody of the bureau has to judge."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.analysis.models import Lead
from zhupei.portal.todo.line import Kind, Lines, Now, counted

# fmt: off
KINDS = {
    "leads": Kind("flag", _("雷同线索"), _("%(n)s 对答卷异常相似"),
                  _("看证据，成立或排除都写明理由"), _("考核机构"),
                  "analysis:leads", _("判断"), args=()),
}
# fmt: on


def leads(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """One line for all that are open."""
    yield counted("leads", Lead.objects.visible_to(user).open(), user)
