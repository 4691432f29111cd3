"""One phone that signed in many people on one day."""

from django.utils.translation import gettext as _

from zhupei.leads.finders.shared import Found, Window, ask, lines_of, unique
from zhupei.leads.parameters import DEVICE_PEOPLE, Figures

SHARED = """
    SELECT a.device, (l.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
           count(DISTINCT e.person_id), array_agg(a.id ORDER BY a.signed_at, a.id)
      FROM classes_lesson l
      JOIN attendance_attendance a ON a.lesson_id = l.id
      JOIN classes_enrolment e ON e.id = a.enrolment_id
     WHERE l.starts_at >= %(since)s AND l.starts_at < %(until)s
       AND a.device <> '' AND a.signed_at IS NOT NULL
     GROUP BY a.device, day
    HAVING count(DISTINCT e.person_id) >= %(people)s
     ORDER BY day, a.device
"""


def find(window: Window, figures: Figures) -> list[Found]:
    """Each device and day with so many people or more. The title names no device: the mark of a
    phone is random and says whose it is to nobody.

    Source: notice, part 2, section 2 (4).
    """
    people = figures.of(DEVICE_PEOPLE)
    groups = ask(SHARED, since=window.since, until=window.until, people=people)
    known = lines_of(key for group in groups for key in group[3])
    found = []
    for device, when, count, keys in groups:
        lines = [known[key] for key in keys]
        classes = dict.fromkeys(str(line.hour.held) for line in lines)
        said = {"n": count, "classes": "；".join(classes)}
        counted = _("等教师确认") if any(line.waiting for line in lines) else ""
        found.append(
            Found(
                key=f"{device}-{when.isoformat()}",
                title=_("一部手机给 %(n)d 人签到：%(classes)s") % said,
                happened_on=when,
                places=unique(line.hour.place for line in lines),
                rows=[line.as_row(counted if line.waiting else "") for line in lines],
            )
        )
    return found
