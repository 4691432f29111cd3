"""Saying why nobody looked. It stays missed: a reason is no patrol."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.patrols.access import may_explain
from zhupei.patrols.actions.planning import locked
from zhupei.patrols.events import DutyEvent
from zhupei.patrols.models import Duty, Ground, State
from zhupei.people.models import User


@transaction.atomic
def explain(duty: Duty, *, by: User, ground: str, note: str) -> Duty:
    """Put on record why a class or sitting was not looked at.

    Raises NotAllowed; Refused "not_missed", "explained_already" or "note_required".

    Source: Measures, art. 6; notice, part 3, section 1 (responsibility has to be traceable).
    """
    row = locked(duty)
    if not may_explain(by, row):
        raise NotAllowed("not_allowed", _("由应当巡查的住建局说明原因。"))
    if row.state != State.MISSED:
        raise Refused("not_missed", _("“%(title)s”没有漏巡，不用说明。"), title=row.title)
    if row.explained_at is not None:
        raise Refused("explained_already", _("原因已经说明过了。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么没有巡查。"), field="note")
    row.ground, row.explanation = Ground(ground), note.strip()
    row.explained_at, row.explained_by = timezone.now(), by
    row.save(update_fields=["ground", "explanation", "explained_at", "explained_by"])
    audit.record(
        DutyEvent.EXPLAINED, row, by=by, ground=str(row.get_ground_display()), note=row.explanation
    )
    return row
