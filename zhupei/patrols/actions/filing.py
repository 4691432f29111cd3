"""A patrol is handed in: its form is frozen, its roll calls compared, the duty met.

Source: Measures, art. 6 and 23.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from zhupei.corrections.access import may_find
from zhupei.corrections.actions import findings
from zhupei.corrections.models import Finding
from zhupei.patrols import checklist, tellings
from zhupei.patrols.actions import comparing, completeness
from zhupei.patrols.checklist import Item
from zhupei.patrols.models import Duty, Patrol, State, Way
from zhupei.patrols.reading import Reading, reading
from zhupei.patrols.workflow import DUTY, PATROL
from zhupei.people.models import User


def file(patrol: Patrol, *, by: User) -> Patrol:
    """Close the form of a locked patrol, in the caller's transaction. Nobody changes it after that.

    Raises NotAllowed; Refused "wrong_state" and what ``completeness.check`` says.
    """
    form = checklist.items(patrol.form, patrol.duty.kind)
    said = reading(patrol.deeds.all())
    held = completeness.check(patrol, said)
    faults = checklist.faults(form, said.answers)
    mismatches = comparing.compare(_rolls(patrol))
    patrol.answers = _frozen(said) | {"expected": held.expected}
    patrol.filed_at, patrol.filed_by = timezone.now(), by
    patrol.save(update_fields=["answers", "filed_at", "filed_by"])
    if patrol.way == Way.REMOTE:
        patrol.looks.set(completeness.looks(patrol))
    row = PATROL.move(
        patrol,
        "file",
        by=by,
        within=patrol.duty,
        faults=len(faults),
        mismatches=mismatches,
        answers=patrol.answers,
        form=patrol.form,
    )
    row.duty = _met(patrol.duty, by=by)
    note_faults(row, faults, said.notes, by=by)
    if faults or mismatches:
        tellings.found_wrong(row, len(faults), mismatches)
    return row


def note_faults(
    patrol: Patrol, faults: Sequence[Item], notes: Mapping[str, str], *, by: User
) -> list[Finding]:
    """Each fault becomes a finding the bureau acts on, with its photos as evidence. Those
    somebody finds who was sent along from elsewhere are told to the region, which hands them on.

    Raises NotAllowed "stays_away" for somebody with a tie that was declared meanwhile.

    Source: Measures, art. 23.
    """
    body, authority = patrol.duty.organization, by.acting.organization
    if not faults:
        return []
    if not may_find(by, authority, body):
        tellings.not_ours_to_note(patrol, len(faults))
        return []
    photos = list(patrol.photos.select_related("file"))
    return [
        findings.find(
            body,
            authority,
            source=patrol,
            by=by,
            text="：".join(filter(None, [str(item.fault), notes.get(item.key, "")])),
            law=item.law,
            severity=item.severity,
            kind=item.about,
            evidence=[one.file for one in photos if one.about == item.key],
        )
        for item in faults
    ]


def _met(duty: Duty, *, by: User) -> Duty:
    """Count the look; the duty is done once there are as many as are owed."""
    duty.looks += 1
    duty.save(update_fields=["looks"])
    if duty.state in {State.OWED, State.PLANNED} and duty.looks >= duty.wanted:
        return DUTY.move(duty, "meet", by=by, looks=duty.looks)
    if duty.state == State.PLANNED and not duty.patrols.planned().exists():
        return DUTY.move(duty, "release", by=by)
    return duty


def _rolls(patrol: Patrol) -> list[Any]:
    found = list(patrol.rolls.all())
    for roll in found:
        roll.patrol = patrol
    return found


def _frozen(said: Reading) -> dict[str, Any]:
    return {
        "answers": said.answers,
        "notes": {key: note for key, note in said.notes.items() if note},
    }
