"""Classes in which several people were in every lesson and nowhere afterwards."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.models import Enrolment
from zhupei.leads.finders.shared import Found, Row, Window, ask
from zhupei.leads.parameters import TRACE_DAYS, TRACE_PEOPLE, Figures

# Of the classes that ended in the window: who was credited something in every lesson, never began
# an exam, never came to a practical turn, never confirmed a book, never gave an opinion (that
# somebody gave one is known, which one is not).
SILENT = """
    WITH ended AS (
        SELECT c.id, count(*) AS lessons
          FROM classes_trainingclass c
          JOIN classes_lesson l ON l.training_class_id = c.id
         WHERE c.ends_on >= %(first)s AND c.ends_on < %(last)s
           AND c.state IN ('filed', 'approved', 'finished')
         GROUP BY c.id
    ), everywhere AS (
        SELECT e.id, e.training_class_id
          FROM ended
          JOIN classes_enrolment e ON e.training_class_id = ended.id AND e.state = 'enrolled'
          JOIN attendance_attendance a ON a.enrolment_id = e.id AND a.credited_seconds > 0
          JOIN classes_lesson l ON l.id = a.lesson_id AND l.training_class_id = ended.id
         GROUP BY e.id, ended.lessons
        HAVING count(*) >= ended.lessons
    )
    SELECT training_class_id, array_agg(id ORDER BY id)
      FROM everywhere x
     WHERE NOT EXISTS (SELECT FROM exams_candidate c JOIN exams_attempt t ON t.candidate_id = c.id
                        WHERE c.enrolment_id = x.id AND t.started_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM practical_turn u
                        WHERE u.enrolment_id = x.id AND u.arrived_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM feedback_ballot b WHERE b.enrolment_id = x.id)
       AND NOT EXISTS (SELECT FROM teaching_handout h
                        WHERE h.enrolment_id = x.id AND h.confirmed_at IS NOT NULL)
     GROUP BY training_class_id
    HAVING count(*) >= %(people)s
     ORDER BY training_class_id
"""


def find(window: Window, figures: Figures) -> list[Found]:
    """Each class with so many of them; the window is that of the days on which it had been over
    for so long.

    Source: notice, part 2, section 2 (4).
    """
    waited = timedelta(days=figures.of(TRACE_DAYS))
    groups = ask(
        SILENT,
        first=timezone.localdate(window.since) - waited,
        last=timezone.localdate(window.until) - waited,
        people=figures.of(TRACE_PEOPLE),
    )
    wanted = {key for _class, keys in groups for key in keys}
    rows = Enrolment.objects.filter(pk__in=wanted).select_related(
        "person", "training_class__organization"
    )
    known = {row.pk: row for row in rows}
    found = []
    for pk, keys in groups:
        people = [known[key] for key in keys]
        held = people[0].training_class
        found.append(
            Found(
                key=f"k{pk}",
                title=_("%(n)d 人全勤而没有其他记录：%(class)s")
                % {"n": len(people), "class": held},
                happened_on=held.ends_on,
                places=((held.organization_id, held.prefecture_id),),
                rows=[_row(one) for one in people],
            )
        )
    return found


def _row(enrolment: Enrolment) -> Row:
    held = enrolment.training_class
    return Row(
        who=enrolment.person.name,
        what=str(held),
        where=str(held.organization),
        since=enrolment.enrolled_at,
        says=_("每节课都有学时；没有考核、领书、评价的记录"),
        page="classes:roster",
        pk=held.pk,
    )
