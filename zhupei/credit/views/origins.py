"""What a record may be entered from: a measure decided, a penalty reported back. The form begins
with what is known of it.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from zhupei.organizations.models import Organization
from zhupei.oversight.models import Handover, HandoverState, Measure, ReportKind
from zhupei.people.requests import SignedIn


@dataclass(frozen=True)
class Origin:
    """The row, the fields it fills, the body that decided when it is another than one's own."""

    source: models.Model | None = None
    initial: dict[str, Any] = field(default_factory=dict)
    authority: Organization | None = None


def of(request: SignedIn, organization: Organization) -> Origin:
    """The row named in the address, when somebody may see it and it is about this institution."""
    measure, handover = (request.GET.get(name, "") for name in ("measure", "handover"))
    if measure.isdecimal():
        taken = Measure.objects.visible_to(request.user).taken().of(organization)
        return _of_measure(taken.filter(pk=measure).first())
    if handover.isdecimal():
        rows = Handover.objects.visible_to(request.user).of(organization)
        decided = rows.filter(pk=handover, state=HandoverState.PENALISED)
        return _of_penalty(decided.select_related("receiver", "basis").first())
    return Origin()


def _of_measure(row: Measure | None) -> Origin:
    if row is None or row.decided_at is None:
        return Origin()
    initial = {
        "ground": row.facts,
        "law": str(row.basis),
        "paper": row.number,
        "decided_on": timezone.localdate(row.decided_at),
    }
    return Origin(row, initial, row.authority)


def _of_penalty(row: Handover | None) -> Origin:
    if row is None:
        return Origin()
    report = row.reports.filter(kind=ReportKind.PENALISED).last()
    initial: dict[str, Any] = {"ground": row.facts, "law": str(row.basis)}
    if report:
        initial |= {
            "ground": f"{row.facts}{report.text}",
            "paper": report.paper_number,
            "decided_on": report.day,
        }
    return Origin(row, initial, row.receiver)
