"""What went wrong in the room: noted when it was seen, settled when it was dealt with.

Source: Measures, art. 20.
"""

from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, pictures
from zhupei.core.errors import Refused
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.actions.shared import check_invigilator
from zhupei.invigilation.events import IncidentEvent
from zhupei.invigilation.models import Incident, IncidentKind, Severity
from zhupei.people.models import User


@dataclass(frozen=True)
class Seen:
    """One thing as it was seen: of a candidate, or of the whole room."""

    kind: str
    severity: str
    note: str
    candidate: Candidate | None = None
    photo: File[bytes] | None = None


@transaction.atomic
def note(sitting: Sitting, seen: Seen, *, by: User) -> Incident:
    """Note one thing, with a photo if there is one. It decides nothing about anybody.

    Raises NotAllowed; Refused "text_required", "other_sitting", and what ``pictures.kept`` raises.

    Source: Measures, art. 20.
    """
    check_invigilator(by, sitting)
    text = seen.note.strip()
    if not text:
        raise Refused("text_required", _("请写清楚看到了什么、怎么处理的。"), field="note")
    if seen.candidate is not None and seen.candidate.sitting_id != sitting.pk:
        raise Refused("other_sitting", _("这名考生不在本场。"), field="candidate")
    kept = pictures.kept(seen.photo, by=by).file if seen.photo else None
    noted = Incident.objects.create(
        sitting=sitting,
        candidate=seen.candidate,
        kind=seen.kind,
        severity=seen.severity,
        note=text,
        photo=kept,
        at=timezone.now(),
        by=by,
    )
    audit.record(
        IncidentEvent.NOTED,
        noted,
        by=by,
        within=sitting,
        kind=str(IncidentKind(seen.kind).label),
        severity=str(Severity(seen.severity).label),
        who=who(seen.candidate),
        note=text,
        photo=kept.sha256 if kept else "",
    )
    return noted


@transaction.atomic
def settle(incident: Incident, *, by: User, outcome: str) -> Incident:
    """Say how it was dealt with; a second press changes nothing.

    Raises NotAllowed; Refused "outcome_required".
    """
    row = (
        Incident.objects.select_for_update(of=("self",))
        .select_related("sitting", "candidate__person")
        .get(pk=incident.pk)
    )
    check_invigilator(by, row.sitting)
    if row.settled_at:
        return row
    row.outcome = outcome.strip()
    if not row.outcome:
        raise Refused("outcome_required", _("请写明怎么处理的。"), field="outcome")
    row.settled_at, row.settled_by = timezone.now(), by
    row.save(update_fields=["settled_at", "settled_by", "outcome"])
    audit.record(
        IncidentEvent.SETTLED,
        row,
        by=by,
        within=row.sitting,
        kind=row.get_kind_display(),
        who=who(row.candidate),
        outcome=row.outcome,
    )
    return row


def who(candidate: Candidate | None) -> str:
    """Whom it is about, for people."""
    return f"{candidate.seat} 号 {candidate.person.name}" if candidate else str(_("全场"))
