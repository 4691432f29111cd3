"""What certificates say on pages of lower floors."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.certificates.models import Certificate
from zhupei.core.panels import Line, Panel
from zhupei.exams.models import Attempt

NAMED = 20


def losing_ground(user: Any, failing: Sequence[Attempt]) -> Panel | None:
    """Certificates still valid that rest on one of these attempts, which do not pass (any more)."""
    rows = Certificate.objects.visible_to(user).valid().filter(attempt__in=failing)
    found = list(rows.order_by("number"))
    if not found:
        return None
    words = _(
        "%(count)d 张有效证书所依据的成绩不合格。系统标记复核并通知持证人，不会自行撤销；"
        "要由发证单位逐张决定。"
    )
    lines = tuple(
        Line(one.number, url=reverse("certificates:detail", args=[one.pk]), note=one.name)
        for one in found[:NAMED]
    )
    return Panel(_("失去依据的证书"), lines, alert=words % {"count": len(found)})


PANELS = {"exams:correction": losing_ground}
