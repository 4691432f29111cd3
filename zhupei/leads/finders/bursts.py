"""Many sign-ins to one lesson within a few seconds."""

from django.utils.translation import gettext as _

from zhupei.leads.finders.shared import Found, Window, ask, day, lines_of
from zhupei.leads.parameters import BURST_PEOPLE, BURST_SECONDS, Figures

# For each sign-in how many came within the seconds before it; of each lesson the fullest such
# stretch, the earliest where several are as full.
CROWDED = """
    WITH counted AS (
        SELECT a.id, a.lesson_id, a.signed_at,
               count(*) OVER (PARTITION BY a.lesson_id ORDER BY a.signed_at
                              RANGE BETWEEN make_interval(secs => %(seconds)s) PRECEDING
                                        AND CURRENT ROW) AS together
          FROM classes_lesson l
          JOIN attendance_attendance a ON a.lesson_id = l.id
         WHERE l.starts_at >= %(since)s AND l.starts_at < %(until)s
           AND a.signed_at IS NOT NULL
    ), fullest AS (
        SELECT DISTINCT ON (lesson_id) lesson_id, signed_at, together
          FROM counted
         WHERE together >= %(people)s
         ORDER BY lesson_id, together DESC, signed_at
    )
    SELECT f.lesson_id, f.together, array_agg(a.id ORDER BY a.signed_at, a.id)
      FROM fullest f
      JOIN counted a ON a.lesson_id = f.lesson_id
       AND a.signed_at BETWEEN f.signed_at - make_interval(secs => %(seconds)s) AND f.signed_at
     GROUP BY f.lesson_id, f.together
     ORDER BY f.lesson_id
"""


def find(window: Window, figures: Figures) -> list[Found]:
    """Each lesson with such a crowd; once, with its fullest moment.

    Source: notice, part 2, section 2 (4).
    """
    seconds = figures.of(BURST_SECONDS)
    groups = ask(
        CROWDED,
        since=window.since,
        until=window.until,
        seconds=seconds,
        people=figures.of(BURST_PEOPLE),
    )
    known = lines_of(key for group in groups for key in group[2])
    found = []
    for lesson, together, keys in groups:
        lines = [known[key] for key in keys]
        hour = lines[0].hour
        said = {"seconds": seconds, "n": together, "class": hour.held}
        found.append(
            Found(
                key=f"l{lesson}",
                title=_("%(seconds)d 秒内 %(n)d 人签到：%(class)s") % said,
                happened_on=day(hour.starts_at),
                places=(hour.place,),
                rows=[line.as_row() for line in lines],
            )
        )
    return found
