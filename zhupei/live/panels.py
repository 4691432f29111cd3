"""What looking in from afar says on pages of lower floors: it is never secret."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.classes.models import PLANNED, TrainingClass
from zhupei.core.panels import Line, Panel
from zhupei.core.templatetags.ui import beijing
from zhupei.live.models import Look

SHOWN = 3


def of_class(user: Any, training_class: TrainingClass) -> Panel | None:
    """Who looked into the room of this class, and that somebody does now."""
    if training_class.state in PLANNED:
        return None
    rows = Look.objects.visible_to(user).filter(room__training_class=training_class)
    found = list(rows.select_related("authority").order_by("-opened_at", "-pk")[:SHOWN])
    if not found:
        return None
    now = [look for look in found if look.closed_at is None]
    alert = _("%(who)s正在远程查看本班。") % {"who": now[0].authority} if now else ""
    return Panel(
        _("远程查看"),
        tuple(Line(look.authority, note=beijing(look.opened_at)) for look in found),
        url=reverse("live:class", args=[training_class.pk]),
        url_label=_("查看记录"),
        alert=alert,
        alert_tone="info",
    )


PANELS = {"classes:detail": of_class}
