"""At the door: admit or send away, one candidate at a time, by a human with a document.

Source: Measures, art. 15 (real-name verification) and art. 20.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters
from zhupei.core.errors import Refused
from zhupei.exams.actions import room
from zhupei.exams.models import Attempt, Candidate, Sitting, State
from zhupei.exams.parameters import DOOR_OPENS, LATE_MINUTES
from zhupei.invigilation import identity
from zhupei.invigilation.actions.shared import check_invigilator, locked, named
from zhupei.invigilation.events import DoorEvent
from zhupei.invigilation.identity import Evidence
from zhupei.invigilation.models import (
    CheckIn,
    IdentityMethod,
    Incident,
    IncidentKind,
    Reason,
    Severity,
    Verdict,
)
from zhupei.invigilation.rules.door import Entry, entry
from zhupei.people.models import User


def entry_now(sitting: Sitting, now: datetime) -> Entry:
    """What the clock says to somebody at the door of this sitting."""
    said = parameters.settings_of(DOOR_OPENS, LATE_MINUTES, prefecture=sitting.prefecture_id)
    opens, late = (said[one.key].value for one in (DOOR_OPENS, LATE_MINUTES))
    return entry(now, sitting.starts_at, timedelta(minutes=opens), timedelta(minutes=late))


@transaction.atomic
def admit(candidate: Candidate, *, by: User, method: str, evidence: Evidence) -> CheckIn:
    """Let one candidate in: the document and the human are theirs. From now on they may begin.

    Raises NotAllowed; Refused "already_in" (and by whom), "not_sealed", "door_not_open",
    "door_shut", "not_proved" when the way of proving it says no, and what ``room.admit`` raises.

    Source: Measures, art. 15 and 20.
    """
    candidate = locked(candidate)
    sitting = candidate.sitting
    check_invigilator(by, sitting)
    check_not_in(candidate)
    _check_sealed(sitting)
    now = timezone.now()
    at_the_door = _check_clock(sitting, now)
    finding = identity.check(method, candidate.person, evidence)
    if not finding.agrees:
        raise Refused("not_proved", finding.sentence, field=finding.field)
    entered = CheckIn.objects.create(
        sitting=sitting,
        candidate=candidate,
        method=method,
        verdict=Verdict.ADMITTED,
        note=evidence.note.strip(),
        late=at_the_door == Entry.LATE,
        at=now,
        by=by,
    )
    room.admit([Attempt.objects.get(candidate=candidate)], by=by)
    audit.record(
        DoorEvent.ADMITTED,
        candidate,
        by=by,
        within=sitting,
        method=str(IdentityMethod(method).label),
        late=entered.late,
        note=entered.note,
        **named(candidate),
    )
    return entered


@transaction.atomic
def undo(candidate: Candidate, *, by: User, note: str) -> CheckIn:
    """Take back that somebody was let in: a wrong name was pressed, or it was somebody else.

    What was written stays with the reason. They may be let in again.
    Raises NotAllowed; Refused "not_in", "note_required", "has_started", "not_now".

    Source: Measures, art. 15 and 20.
    """
    candidate = locked(candidate)
    sitting = candidate.sitting
    check_invigilator(by, sitting)
    entered = candidate.check_ins.entries().first()
    if entered is None:
        raise Refused("not_in", _("%(person)s 还没有核验入场。"), person=candidate.person)
    room.undo_admission([Attempt.objects.get(candidate=candidate)], by=by, note=note)
    entered.undone_at, entered.undone_by, entered.undone_why = timezone.now(), by, note.strip()
    entered.save(update_fields=["undone_at", "undone_by", "undone_why"])
    audit.record(
        DoorEvent.UNDONE, candidate, by=by, within=sitting, note=note.strip(), **named(candidate)
    )
    return entered


def check_not_in(candidate: Candidate) -> None:
    """Raises Refused "already_in": the second invigilator hears who was first."""
    first = candidate.check_ins.entries().select_related("by").first()
    if first:
        raise Refused(
            "already_in",
            _("%(person)s 已由 %(by)s 于 %(at)s 核验入场。"),
            person=candidate.person,
            by=first.by,
            at=f"{timezone.localtime(first.at):%H:%M}",
        )


def _check_sealed(sitting: Sitting) -> None:
    if sitting.state != State.SEALED:
        raise Refused(
            "not_sealed",
            _("“%(sitting)s”现在是“%(state)s”，不能核验入场。"),
            sitting=sitting,
            state=sitting.get_state_display(),
        )


def _check_clock(sitting: Sitting, now: datetime) -> Entry:
    said = entry_now(sitting, now)
    if said == Entry.EARLY:
        raise Refused("door_not_open", _("还没有到入场时间。请先做开场检查。"))
    if said == Entry.SHUT:
        raise Refused(
            "door_shut", _("已超过迟到后可以入场的时间。请选“不予入场”，原因选“迟到超过规定时间”。")
        )
    return said


@transaction.atomic
def refuse(candidate: Candidate, *, by: User, reason: str, note: str = "") -> CheckIn:
    """Send one candidate away, with the reason; it is an incident of the sitting too.

    They may come back with the right document, and begin nowhere before they do. Raises NotAllowed;
    Refused "already_in", "not_sealed", "note_required" for other reasons without a word,
    "has_started".

    Source: Measures, art. 15 and 20.
    """
    candidate = locked(candidate)
    sitting = candidate.sitting
    check_invigilator(by, sitting)
    check_not_in(candidate)
    _check_sealed(sitting)
    note = note.strip()
    if reason == Reason.OTHER and not note:
        raise Refused("note_required", _("请写明不予入场的原因。"), field="note")
    said = Reason(reason)
    sent_away = CheckIn.objects.create(
        sitting=sitting,
        candidate=candidate,
        method=IdentityMethod.DOCUMENT,
        verdict=Verdict.REFUSED,
        reason=said,
        note=note,
        at=timezone.now(),
        by=by,
    )
    why = "：".join(filter(None, [str(said.label), note]))
    room.turn_away([Attempt.objects.get(candidate=candidate)], by=by, note=why)
    serious = said in {Reason.OTHER_FACE, Reason.OTHER_NUMBER, Reason.FORGED}
    Incident.objects.create(
        sitting=sitting,
        candidate=candidate,
        kind=IncidentKind.IDENTITY,
        severity=Severity.SERIOUS if serious else Severity.NOTE,
        note=why,
        by=by,
    )
    audit.record(
        DoorEvent.REFUSED,
        candidate,
        by=by,
        within=sitting,
        reason=str(said.label),
        note=note,
        **named(candidate),
    )
    return sent_away
