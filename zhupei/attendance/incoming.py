"""Reading the taps of a roll from what a phone sends (``core.offline``)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.attendance.actions import Sent
from zhupei.attendance.rules import Kind
from zhupei.core import offline
from zhupei.core.offline import Malformed


def read(mark: dict[str, Any]) -> Sent:
    try:
        kind = Kind(mark.get("kind"))  # type: ignore[arg-type]  # whatever it is
    except ValueError as reason:
        raise Malformed(_("有一条记录的编号或类别不认识。")) from reason
    enrolment = offline.whole(mark.get("enrolment"), "enrolment")
    at = offline.moment(mark.get("at"), "at")
    return Sent(offline.identity(mark.get("id")), enrolment, kind, at)
