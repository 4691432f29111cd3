"""What waits because assessment bodies are determined by two departments."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.exams.models import Invigilator, InvigilatorState
from zhupei.portal.todo.line import Kind, Lines, Now, rows
from zhupei.venues.models import Designation, State

BEFORE = timedelta(hours=1)  # from here on whoever watches is in the room

# fmt: off
KINDS = {
    "designation": Kind("writing-sign", _("考核机构确定"), "%(body)s", _("%(place)s，待您签署"),
                        _("另一个部门"), "venues:designation", _("签署")),
    "designation_draft": Kind("pencil", _("考核机构确定草稿"), "%(body)s",
                              _("%(place)s，还没有签署"), _("本单位"),
                              "venues:designation", _("继续")),
    "call": Kind("eye", _("请您监考"), "%(title)s", "%(body)s", _("考务员"),
                 "exams:watch", _("答复")),
    "watch": Kind("eye", _("监考"), "%(title)s", "%(body)s", _("考生"),
                  "exams:detail", _("查看")),
    "watch_now": Kind("eye", _("监考进行中"), "%(title)s", "%(body)s", _("考生"),
                      "invigilation:board", _("进考场")),
}
# fmt: on


def designations(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Designations whose signature by one's own department is missing, and drafts."""
    here = user.acting.organization_id
    mine = Q(hr=here, hr_signed_at__isnull=True) | Q(housing=here, housing_signed_at__isnull=True)
    visible = Designation.objects.visible_to(user).filter(mine)
    facts = {"body": "organization__name", "place": "prefecture__short_name"}
    yield rows("designation", visible.filter(state=State.SIGNED), facts)
    yield rows("designation_draft", visible.filter(state=State.DRAFT), facts)


def watching(user: Any, now: Now) -> Iterator[Lines]:
    """Sittings one is asked to watch, and those one has agreed to."""
    mine = Invigilator.objects.own(user).filter(ends_at__gte=now.moment)
    facts = {"title": "sitting__title", "body": "sitting__organization__name"}
    asked = mine.filter(state=InvigilatorState.INVITED)
    yield rows("call", asked, facts, "starts_at", due="starts_at", key="sitting_id")
    agreed = mine.filter(state=InvigilatorState.ACCEPTED)
    soon = now.moment + BEFORE
    here, later = agreed.filter(starts_at__lte=soon), agreed.filter(starts_at__gt=soon)
    yield rows("watch_now", here, facts, "starts_at", due="ends_at", key="sitting_id")
    yield rows("watch", later, facts, "starts_at", due="starts_at", key="sitting_id")
