"""Somebody at a door, or in a room, was not who the paper says, as a human saw it."""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from zhupei.exams.models import Candidate
from zhupei.invigilation.models import CheckIn, Incident, IncidentKind, Reason, Verdict
from zhupei.leads.finders.shared import Found, Row, Window, ask, day, lines_of
from zhupei.leads.parameters import DENIALS, Figures

OTHER_PERSON = (Reason.OTHER_FACE, Reason.OTHER_NUMBER, Reason.FORGED)

# A teacher looked up and did not see who signed in from somebody else's phone: the line keeps the
# phone and has lost its sign-in (attendance.actions.presence.deny_presence).
DENIED = """
    SELECT a.enrolment_id, array_agg(a.id ORDER BY l.starts_at)
      FROM classes_lesson l
      JOIN attendance_attendance a ON a.lesson_id = l.id
     WHERE l.starts_at >= %(since)s AND l.starts_at < %(until)s
       AND a.device <> '' AND a.signed_at IS NULL AND a.arrived_at IS NULL AND NOT a.waiting
       AND NOT a.corrected
     GROUP BY a.enrolment_id
    HAVING count(*) >= %(denials)s
"""


def find(window: Window, figures: Figures) -> list[Found]:
    """What people at doors and in rooms refused or doubted; no camera, no search.

    Source: notice, part 2, section 2 (4); Measures, art. 20.
    """
    return [*_at_exams(window), *_in_lessons(window, figures)]


def _at_exams(window: Window) -> list[Found]:
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    seats: dict[int, Candidate] = {}
    for seen in _turned_away(window):
        seats[seen.candidate_id] = seen.candidate
        rows[seen.candidate_id].append(
            _exam_row(seen.candidate, seen.at, f"{seen.get_reason_display()} {seen.note}".strip())
        )
    for doubt in _doubted(window):
        if doubt.candidate is not None:
            seats[doubt.candidate.pk] = doubt.candidate
            said = f"{doubt.get_kind_display()}：{doubt.note}"
            rows[doubt.candidate.pk].append(_exam_row(doubt.candidate, doubt.at, said))
    return [
        Found(
            key=f"c{pk}",
            title=_("身份核验未通过：%(sitting)s") % {"sitting": seat.sitting},
            happened_on=day(seat.sitting.starts_at),
            places=((seat.sitting.organization_id, seat.sitting.prefecture_id),),
            rows=sorted(rows[pk], key=lambda row: row.since or seat.sitting.starts_at),
        )
        for pk, seat in seats.items()
    ]


def _turned_away(window: Window) -> list[CheckIn]:
    refused = CheckIn.objects.filter(
        verdict=Verdict.REFUSED,
        reason__in=OTHER_PERSON,
        at__gte=window.since,
        at__lt=window.until,
    )
    return list(refused.select_related("candidate__person", "candidate__sitting__organization"))


def _doubted(window: Window) -> list[Incident]:
    doubted = Incident.objects.filter(
        kind=IncidentKind.IMPOSTOR,
        candidate__isnull=False,
        at__gte=window.since,
        at__lt=window.until,
    )
    return list(doubted.select_related("candidate__person", "candidate__sitting__organization"))


def _exam_row(seat: Candidate, at: datetime, says: str) -> Row:
    return Row(
        who=seat.person.name,
        what=str(seat.sitting),
        where=str(seat.sitting.organization),
        since=at,
        says=says,
        page="exams:detail",
        pk=seat.sitting_id,
    )


def _in_lessons(window: Window, figures: Figures) -> list[Found]:
    groups = ask(DENIED, since=window.since, until=window.until, denials=figures.of(DENIALS))
    known = lines_of(key for _enrolment, keys in groups for key in keys)
    found = []
    for enrolment, keys in groups:
        lines = [known[key] for key in keys]
        said = {"n": len(lines), "class": lines[0].hour.held}
        denied = _("从别人用过的手机签到，教师没有看到本人")
        found.append(
            Found(
                key=f"n{enrolment}",
                title=_("教师 %(n)d 次没有看到签到的人：%(class)s") % said,
                happened_on=day(lines[-1].hour.starts_at),
                places=(lines[0].hour.place,),
                rows=[line.as_row(denied) for line in lines],
            )
        )
    return found
