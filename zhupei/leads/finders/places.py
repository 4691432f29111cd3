"""One person in two rooms at once: rolls, theory exams and practical exams together."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from zhupei.exams.models import Attempt
from zhupei.leads.finders.shared import Found, Row, Window, ask, day, lines_of, unique
from zhupei.leads.parameters import OVERLAP, Figures
from zhupei.practical.models import Turn

# Everything that says somebody was in a room: a line of a roll from the start of the lesson or the
# arrival on, an attempt from its start to the hand-in, a turn somebody came to. In one pass over
# the records sorted by person and time each is held against the latest end before it: where it
# begins later, a new run begins. Only records of one run can overlap; only they are compared pair
# by pair, so that somebody with a thousand records costs what a thousand people with one cost.
PAIRS = """
    WITH presence (person, room, starts, ends, kind, id) AS (
        SELECT e.person_id, l.room_id, greatest(a.arrived_at, l.starts_at),
               least(coalesce(a.left_at, l.ends_at), l.ends_at), 'a', a.id
          FROM classes_lesson l
          JOIN attendance_attendance a ON a.lesson_id = l.id
          JOIN classes_enrolment e ON e.id = a.enrolment_id
         WHERE l.starts_at >= %(since)s AND l.starts_at < %(until)s
           AND a.arrived_at IS NOT NULL AND NOT a.waiting
         UNION ALL
        SELECT c.person_id, coalesce(p.room_id, s.room_id), t.started_at,
               coalesce(t.handed_in_at, t.closes_at), 'e', t.id
          FROM exams_sitting s
          JOIN exams_candidate c ON c.sitting_id = s.id
          JOIN exams_attempt t ON t.candidate_id = c.id
          LEFT JOIN venues_seat p ON p.id = c.place_id
         WHERE s.starts_at >= %(since)s AND s.starts_at < %(until)s
           AND t.started_at IS NOT NULL
         UNION ALL
        SELECT u.person_id, n.room_id, u.starts_at, u.ends_at, 'p', u.id
          FROM practical_turn u
          JOIN practical_session n ON n.id = u.session_id
         WHERE u.starts_at >= %(since)s AND u.starts_at < %(until)s
           AND u.arrived_at IS NOT NULL AND NOT u.void
    ), sorted AS (
        SELECT *, coalesce(max(ends) OVER (
                      PARTITION BY person ORDER BY starts, kind, id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) < starts + %(least)s,
                  true) AS begins
          FROM presence
    ), runs AS (
        SELECT *, count(*) FILTER (WHERE begins) OVER own AS run,
               lead(begins, 1, true) OVER own AS last
          FROM sorted
        WINDOW own AS (PARTITION BY person ORDER BY starts, kind, id)
    ), theirs AS (
        SELECT * FROM runs WHERE NOT (begins AND last)
    )
    SELECT one.kind, one.id, other.kind, other.id,
           greatest(one.starts, other.starts), least(one.ends, other.ends)
      FROM theirs one
      JOIN theirs other ON other.person = one.person AND other.run = one.run
                       AND (other.kind, other.id) > (one.kind, one.id)
                       AND other.room <> one.room
     WHERE least(one.ends, other.ends) - greatest(one.starts, other.starts) >= %(least)s
     ORDER BY 5, 1, 2, 3, 4
"""


def find(window: Window, figures: Figures) -> list[Found]:
    """Each pair of records that cannot both be true of one person.

    Source: notice, part 2, section 2 (4).
    """
    least = timedelta(minutes=figures.of(OVERLAP))
    pairs = ask(PAIRS, since=window.since, until=window.until, least=least)
    records = _records({(row[0], row[1]) for row in pairs} | {(row[2], row[3]) for row in pairs})
    found = []
    for kind, key, other_kind, other_key, starts, ends in pairs:
        one, other = records[kind, key], records[other_kind, other_key]
        minutes = round((ends - starts).total_seconds() / 60)
        found.append(
            Found(
                key=f"{kind}{key}-{other_kind}{other_key}",
                title=_("一人同时在两处 %(minutes)d 分钟：%(one)s；%(other)s")
                % {"minutes": minutes, "one": one[2], "other": other[2]},
                happened_on=day(starts),
                places=unique([one[1], other[1]]),
                rows=[one[0], other[0]],
            )
        )
    return found


Record = tuple[Row, tuple[int, str], str]  # the evidence, where it belongs, a short name


def _records(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Record]:
    keys: dict[str, set[int]] = {"a": set(), "e": set(), "p": set()}
    for kind, key in wanted:
        keys[kind].add(key)
    found: dict[tuple[str, int], Record] = {}
    for pk, line in lines_of(keys["a"]).items():
        found["a", pk] = line.as_row(), line.hour.place, str(line.hour.held)
    for attempt in _attempts(keys["e"]):
        found["e", attempt.pk] = _exam(attempt)
    for turn in _turns(keys["p"]):
        found["p", turn.pk] = _practical(turn)
    return found


def _attempts(keys: set[int]) -> Any:
    rows = Attempt.objects.filter(pk__in=keys)
    return rows.select_related(
        "candidate__person", "candidate__place__room", "sitting__room", "sitting__organization"
    )


def _exam(attempt: Attempt) -> Record:
    sitting, seat = attempt.sitting, attempt.candidate.place
    row = Row(
        who=attempt.candidate.person.name,
        what=str(sitting),
        where=f"{sitting.organization} · {seat.room if seat else sitting.room}",
        since=attempt.started_at,
        until=attempt.handed_in_at or attempt.closes_at,
        says=_("理论考核，%(seat)s 号座位") % {"seat": attempt.candidate.seat},
        page="exams:detail",
        pk=sitting.pk,
    )
    return row, (sitting.organization_id, sitting.prefecture_id), str(sitting)


def _turns(keys: set[int]) -> Any:
    rows = Turn.objects.filter(pk__in=keys)
    return rows.select_related("person", "session__room", "session__organization")


def _practical(turn: Turn) -> Record:
    session = turn.session
    row = Row(
        who=turn.person.name,
        what=str(session),
        where=f"{session.organization} · {session.room}",
        since=turn.starts_at,
        until=turn.ends_at,
        says=_("实操考核，%(station)s 号工位") % {"station": turn.station},
        page="practical:turn",
        pk=turn.pk,
    )
    return row, (session.organization_id, session.prefecture_id), str(session)
