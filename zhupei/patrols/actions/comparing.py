"""What the records say of those who were called; looked up again while records may come in.

Source: Measures, art. 6 and 13; notice, part 2, section 2 (4: paid stand-ins).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from zhupei.attendance.models import Attendance
from zhupei.core import audit
from zhupei.exams.models import Candidate
from zhupei.patrols.events import PatrolEvent
from zhupei.patrols.models import Found, Mismatch, Patrol, Roll, RollLine, Subject
from zhupei.patrols.rules import sampling
from zhupei.practical.models import Turn

LATE = timedelta(minutes=15)  # who was there may sign in so much later
STILL = timedelta(days=7)  # records may come in for so long after a roll call


def compare(rolls: Iterable[Roll]) -> int:
    """Look up what the records say of everybody who was called; return how many differ. Only
    what changed is written.
    """
    changed, differing = [], 0
    for roll in rolls:
        lines = list(roll.lines.select_related("enrolment"))
        there = _signed(roll, lines)
        for line in lines:
            signed = there.get(line.pk)
            verdict = sampling.verdict(line.found, signed=signed)
            mismatch = Mismatch(verdict) if verdict else None
            differing += mismatch is not None
            if (line.signed, line.mismatch) != (signed, mismatch):
                line.signed, line.mismatch = signed, mismatch
                changed.append(line)
    RollLine.objects.bulk_update(changed, ["signed", "mismatch"])
    return differing


def _signed(roll: Roll, lines: list[RollLine]) -> dict[int, bool | None]:
    """Has the record of the hour each of them in the room? None: it cannot say.

    Somebody found there may sign in a little later; somebody not found there has to be on record
    before, or came late.
    """
    by_enrolment = {line.enrolment_id: line for line in lines}
    if roll.lesson_id:
        since = Q(arrived_at__lte=roll.at) | Q(
            arrived_at__lte=roll.at + LATE,
            enrolment__in=[line.enrolment_id for line in lines if line.found == Found.HERE],
        )
        still = Q(left_at__isnull=True) | Q(left_at__gt=roll.at)
        rows = Attendance.objects.filter(
            since & still, lesson=roll.lesson_id, enrolment__in=by_enrolment, waiting=False
        )
        present = set(rows.values_list("enrolment_id", flat=True))
        return {line.pk: line.enrolment_id in present for line in lines}
    present = set(_examined(roll, list(by_enrolment)))
    return {line.pk: True if line.enrolment_id in present else None for line in lines}


def _examined(roll: Roll, enrolments: list[int]) -> Iterator[int]:
    """Who the records have at their exam at that moment."""
    duty = roll.patrol.duty
    if duty.kind == Subject.THEORY:
        begun = Q(attempt__started_at__lte=roll.at)
        going_on = Q(attempt__handed_in_at__isnull=True) | Q(attempt__handed_in_at__gt=roll.at)
        seated = Candidate.objects.filter(begun & going_on, sitting=duty.sitting_id)
        yield from seated.filter(enrolment__in=enrolments).values_list("enrolment_id", flat=True)
    else:
        turns = Turn.objects.standing().filter(
            session=duty.session_id, arrived_at__lte=roll.at, ends_at__gte=roll.at
        )
        yield from turns.filter(enrolment__in=enrolments).values_list("enrolment_id", flat=True)


def look_again() -> int:
    """Compare the roll calls of late once more: rolls taken without network, papers and
    corrections come in after a patrol. Returns how many patrols read differently now.
    """
    since = timezone.now() - STILL
    recent = Patrol.objects.filed().filter(rolls__at__gte=since).distinct()
    return sum(_look_again(patrol) for patrol in recent.order_by("pk"))


@transaction.atomic
def _look_again(patrol: Patrol) -> bool:
    row = Patrol.objects.select_for_update(of=("self",)).select_related("duty").get(pk=patrol.pk)
    rolls = list(row.rolls.all())
    for roll in rolls:
        roll.patrol = row
    told = RollLine.objects.filter(roll__patrol=row)
    before = list(told.filter(mismatch__isnull=False).values_list("pk", F("mismatch")))
    after = compare(rolls)
    now = list(told.filter(mismatch__isnull=False).values_list("pk", F("mismatch")))
    if sorted(before) == sorted(now):
        return False
    audit.record(
        PatrolEvent.ROLL_REVISED, row, by=None, within=row.duty, before=len(before), after=after
    )
    return True
