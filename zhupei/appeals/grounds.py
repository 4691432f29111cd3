"""What is known already when a case is opened: what invigilators noted of the candidate."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhupei.appeals.rules import Breach
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import Candidate
from zhupei.invigilation.models import Incident, IncidentKind, Severity
from zhupei.practical.models import Turn

LIKELY = {
    IncidentKind.LEFT_SEAT: Breach.ORDER,
    IncidentKind.LEFT_WINDOW: Breach.ORDER,
    IncidentKind.MATERIAL: Breach.CHEATING,
    IncidentKind.COPYING: Breach.CHEATING,
    IncidentKind.IMPOSTOR: Breach.GRAVE,
    IncidentKind.IDENTITY: Breach.GRAVE,
    IncidentKind.DISORDER: Breach.DISRUPTION,
}


def noted(user: Any, candidate: Candidate, asked: str = "") -> list[Incident]:
    """The one asked for; else all that was noted of this candidate but mere remarks."""
    rows = Incident.objects.visible_to(user).filter(candidate=candidate)
    rows = rows.select_related("by", "photo").order_by("at", "pk")
    if asked.isdecimal():
        return list(rows.filter(pk=asked))
    return list(rows.exclude(severity=Severity.NOTE).exclude(kind__in=_TROUBLE))


_TROUBLE = [kind for kind in IncidentKind if kind not in LIKELY and kind != IncidentKind.OTHER]


def proposed(about: Candidate | Turn, incidents: Sequence[Incident]) -> dict[str, Any]:
    """Facts and category to begin with, from what was noted; people change both."""
    lines = [
        _("%(at)s（北京时间），%(seat)s 号座位，%(kind)s：%(note)s（%(who)s记录）")
        % {
            "at": beijing(one.at),
            "seat": about.station if isinstance(about, Turn) else about.seat,
            "kind": one.get_kind_display(),
            "note": one.note.rstrip("。"),
            "who": one.by.name if one.by else _("系统"),
        }
        for one in incidents
    ]
    likely = [LIKELY[IncidentKind(one.kind)] for one in incidents if one.kind in LIKELY]
    return {"facts": "\n".join(lines), "breach": likely[-1].value if likely else None}
