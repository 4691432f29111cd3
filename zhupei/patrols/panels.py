"""What patrols say on pages of lower floors. Nobody learns there that somebody will come."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zhupei.classes.models import PLANNED, TrainingClass
from zhupei.core.audit import subject_key
from zhupei.core.panels import Line, Panel
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.corrections import words
from zhupei.corrections.models import Finding, FindingState
from zhupei.organizations.models import ASSIGNED, AUTHORITIES, Organization
from zhupei.patrols.models import Duty, Patrol, PatrolState
from zhupei.patrols.views.shown import percent, visit_badge

SHOWN = 3
LASTING = 5  # looks at one class
OPEN = (FindingState.OPEN, FindingState.ORDERED)


def institution(user: Any, organization: Organization) -> Panel | None:
    """For an authority how much of this year was looked at, within its area; for whoever was looked
    at what was handed in.
    """
    acting = user.acting
    if acting.organization.kind not in AUTHORITIES or acting.role in ASSIGNED:
        return _handed_in(user, organization)
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    rows = Duty.objects.visible_to(user).filter(organization=organization)
    tally = rows.figures(period=(first, today))
    if not tally.all:
        return None
    figures = (
        (_("应巡"), tally.all),
        (_("已巡"), tally.done),
        (_("漏巡"), tally.missed),
        (_("覆盖率"), percent(tally.coverage)),
    )
    alert = _("今年有 %(count)d 个班或场次漏巡。") % {"count": tally.missed} if tally.missed else ""
    return Panel(
        _("今年巡查督考（本辖区，已结束的）"),
        tuple(Line(label, note=str(figure)) for label, figure in figures),
        url=reverse("patrols:institution", args=[organization.pk]),
        url_label=_("逐班逐场"),
        alert=alert,
    )


def _handed_in(user: Any, organization: Organization) -> Panel | None:
    rows = Patrol.objects.visible_to(user).of(organization).filed().select_related("duty")
    lines = [
        Line(
            row.duty.title, row.get_absolute_url(), f"{row.get_way_display()} {dated(row.filed_at)}"
        )
        for row in rows.order_by("-filed_at", "-pk")[:SHOWN]
        if row.filed_at
    ]
    asked = urlencode({"q": organization.name})
    return _or_none(
        Panel(
            _("最近的巡查督考"),
            tuple(lines),
            url=f"{reverse('patrols:records')}?{asked}",
            url_label=_("全部记录"),
        )
    )


def of_class(user: Any, training_class: TrainingClass) -> Panel | None:
    """The looks at this class, and what they found there."""
    if training_class.state in PLANNED:
        return None
    rows = Patrol.objects.visible_to(user).filter(duty__training_class=training_class)
    seen = rows.exclude(state=PatrolState.CALLED_OFF).order_by("-planned_for", "-pk")
    visits = list(seen[:LASTING])
    found = _found(user, visits)
    waiting = sum(finding.state in OPEN for finding in found)
    alert = _("巡查在本班发现的 %(count)d 个问题还没有整改完。") % {"count": waiting}
    return _or_none(
        Panel(
            _("巡查和发现的问题"),
            (*(_visit(one) for one in visits), *(_finding(user, one) for one in found)),
            alert=alert if waiting else "",
        )
    )


def _found(user: Any, visits: Collection[Patrol]) -> list[Finding]:
    filed = [subject_key(one) for one in visits if one.state == PatrolState.FILED]
    if not filed:
        return []
    rows = Finding.objects.visible_to(user).standing().filter(source__in=filed)
    return list(rows.select_related("order").order_by("-found_at", "-pk")[:SHOWN])


def _visit(row: Patrol) -> Line:
    handed_in = row.filed_at is not None
    when = beijing(row.filed_at) if handed_in else dated(row.planned_for)
    url = row.get_absolute_url() if handed_in else reverse("patrols:duty", args=[row.duty_id])
    text = _("%(way)s巡查") % {"way": row.get_way_display()}
    return Line(text, url, when, visit_badge(row))


def _finding(user: Any, finding: Finding) -> Line:
    own = user.acting.organization_id == finding.organization_id
    there = finding.order if own and finding.order else finding
    severity = str(finding.get_severity_display())
    return Line(finding, there.get_absolute_url(), severity, words.finding_badge(finding.state))


def _or_none(panel: Panel) -> Panel | None:
    return panel if panel.lines else None


PANELS = {"institutions:detail": institution, "classes:detail": of_class}
