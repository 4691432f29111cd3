"""What waits because of help given to counties."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.assistance.models import Assistance, State
from zhupei.portal.todo.line import Kind, Lines, Now, rows

# fmt: off
KINDS = {
    "help_confirm": Kind("users-group", _("帮扶确认"), "%(title)s", "%(organization)s",
                         _("培训机构"), "assistance:detail", _("确认"), workdays=True),
    "help_returned": Kind("arrow-back-up", _("帮扶退回"), "%(title)s", "%(county)s",
                          _("住建部门"), "assistance:detail", _("补充")),
}
# fmt: on


def to_confirm(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Records of help given in the area of an authority below the region."""
    waiting = Assistance.objects.visible_to(user).to_confirm(user.acting.organization)
    facts = {"title": "title", "organization": "organization__name"}
    yield rows("help_confirm", waiting, facts, "due_at", due="due_at")


def own(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Records sent back."""
    back = Assistance.objects.visible_to(user).of(user.acting.organization)
    facts = {"title": "title", "county": "county__name"}
    yield rows("help_returned", back.filter(state=State.RETURNED), facts, "pk")
