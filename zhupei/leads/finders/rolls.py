"""Somebody on record whom a roll call of a patrol did not find, or found to be another."""

from collections import defaultdict
from datetime import timedelta

from django.utils.translation import gettext as _

from zhupei.attendance.parameters import OFFLINE_HOURS
from zhupei.core.parameters import value
from zhupei.leads.finders.shared import Found, Row, Window, day
from zhupei.leads.parameters import Figures
from zhupei.patrols.models import Mismatch, Roll, RollLine

TELLING = (Mismatch.GHOST, Mismatch.STAND_IN)  # who is there and has not signed in fools nobody


def find(window: Window, figures: Figures) -> list[Found]:  # noqa: ARG001 - as all of them
    """Each roll call with such people, once rolls taken without network must have come in.

    Source: notice, part 2, section 2 (4); Measures, art. 6 (patrols look at every class).
    """
    settled = window.until - timedelta(hours=value(OFFLINE_HOURS))
    lines = RollLine.objects.mismatches().filter(
        mismatch__in=TELLING, roll__at__gte=window.since, roll__at__lt=settled
    )
    calls: defaultdict[Roll, list[RollLine]] = defaultdict(list)
    for line in lines.select_related(
        "roll__lesson__unit", "roll__patrol__duty__organization"
    ).order_by("pk"):
        calls[line.roll].append(line)
    return [_found(call, people) for call, people in calls.items()]


def _found(call: Roll, people: list[RollLine]) -> Found:
    duty = call.patrol.duty
    return Found(
        key=f"r{call.pk}",
        title=_("抽点名 %(n)d 人与记录不符：%(what)s") % {"n": len(people), "what": duty},
        happened_on=day(call.at),
        places=((duty.organization_id, duty.prefecture_id),),
        rows=[_row(call, line) for line in people],
    )


def _row(call: Roll, line: RollLine) -> Row:
    duty = call.patrol.duty
    return Row(
        who=line.person.name,
        what=str(call.lesson or duty),
        where=str(duty.organization),
        since=call.at,
        says=f"{line.get_mismatch_display()}（{line.get_found_display()}）",
        page="patrols:record",
        pk=call.patrol_id,
    )
