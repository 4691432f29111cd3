"""The end of a measure, also when it comes with the end of the stop it ordered."""

from django.utils import timezone

from zhupei.oversight.models import Measure
from zhupei.oversight.models.measures import HOLDING
from zhupei.oversight.tellings import tell_institution
from zhupei.oversight.workflow import MEASURE
from zhupei.people.models import User


def ended(row: Measure, note: str, title: str) -> Measure:
    """Keep what came of it; with a title, the institution is told. The caller moved the row."""
    row.outcome, row.ended_at = note.strip(), timezone.now()
    row.save(update_fields=["outcome", "ended_at"])
    if title:
        tell_institution(row, title, note.strip())
    return row


def lift_with(suspension: int, *, by: User, note: str) -> None:
    """The stop behind a decided measure was lifted: so is the measure."""
    held = Measure.objects.filter(suspension=suspension, state__in=HOLDING)
    for measure in held.select_for_update(of=("self",)).select_related("organization"):
        row = MEASURE.move(measure, "lift", by=by, note=note, within=measure.organization)
        ended(row, note, "")
