"""Judging a lead: people do, with a reason; nothing follows by itself."""

from django.db import transaction
from django.utils import timezone

from zhupei.analysis.models import Lead
from zhupei.analysis.workflow import LEAD
from zhupei.people.models import User


@transaction.atomic
def confirm(lead: Lead, *, by: User, note: str) -> Lead:
    """The two answer sheets are too alike; what follows is another procedure.

    Raises NotAllowed; Refused "wrong_state", "note_required".

    Source: Measures, art. 20.
    """
    return _judged(lead, "confirm", by, note)


@transaction.atomic
def dismiss(lead: Lead, *, by: User, note: str) -> Lead:
    """There is another explanation. Raises as ``confirm``."""
    return _judged(lead, "dismiss", by, note)


@transaction.atomic
def reopen(lead: Lead, *, by: User, note: str) -> Lead:
    """Something new is known. Raises as ``confirm``."""
    return _judged(lead, "reopen", by, note)


def _judged(lead: Lead, move: str, by: User, note: str) -> Lead:
    row = LEAD.move(lead, move, by=by, note=note)
    row.note = note.strip()
    row.judged_at, row.judged_by_name = timezone.now(), str(by)
    row.save(update_fields=["note", "judged_at", "judged_by_name"])
    return row
