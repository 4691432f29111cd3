"""How long each search for leads takes over a month in which everybody was taught every few days.

The demo region is grown a hundred times; then every class in effect gets half a year of lessons
with everybody on the roll: two million sign-ins, over 400,000 of them in the month that is
searched. Every twentieth learner is in a second class, so that thousands of leads are found; one
lesson in a hundred is signed in to in a block, some phones are passed round, some sign-ins denied.
Closing line: the slowest search, the best of three times, the evidence of all it found included.
"""

import time
from datetime import timedelta
from typing import Any

from bench.grow import grow
from bench.region import site

TIMES = 100  # the demo region
LIMIT = 5.0  # seconds
DAYS = 30
ROUNDS = 3
SIGNED = 300_000  # sign-ins in the month at least, or the time means nothing

# A second class for every twentieth learner: many of its lessons are at the hours of the first.
TWICE = """
    INSERT INTO classes_enrolment (state, enrolled_at, person_id, training_class_id)
    SELECT 'enrolled', now() - interval '40 days', one.person_id, other.id
      FROM (SELECT *, row_number() OVER (ORDER BY id) AS n
              FROM classes_enrolment WHERE state = 'enrolled') AS one
      JOIN (SELECT id, row_number() OVER (ORDER BY id DESC) AS n, count(*) OVER () AS total
              FROM classes_trainingclass
             WHERE state IN ('approved', 'filed', 'finished')) AS other
        ON other.n = one.n %% other.total + 1 AND other.id <> one.training_class_id
     WHERE one.n %% 20 = 0
"""
LESSONS = """
    INSERT INTO classes_lesson (training_class_id, unit_id, kind, starts_at, ends_at, teacher_id,
                                room_id, booked)
    SELECT first.training_class_id, first.unit_id, first.kind, at, at + interval '90 minutes',
           first.teacher_id, first.room_id, false
      FROM (SELECT DISTINCT ON (training_class_id) lesson.*
              FROM classes_lesson AS lesson
              JOIN classes_trainingclass AS c ON c.id = training_class_id
             WHERE c.state IN ('approved', 'filed', 'finished')
             ORDER BY training_class_id, lesson.starts_at) AS first
     CROSS JOIN generate_series(0, 41) AS step
     CROSS JOIN LATERAL (SELECT date_trunc('day', now()) - (1 + 4 * step) * interval '1 day'
                              + (2 + 2 * ((first.training_class_id + step) %% 4))
                              * interval '1 hour' AS at) AS days
     WHERE NOT EXISTS (SELECT FROM classes_lesson AS held
                        WHERE held.training_class_id = first.training_class_id
                          AND tstzrange(held.starts_at, held.ends_at)
                              && tstzrange(at, at + interval '90 minutes'))
"""
# Within the ten minutes before the lesson, within two seconds where they come in a block; a phone
# a person, but for some lessons where a tenth share one; every 500th is denied by the teacher.
SIGN_INS = """
    INSERT INTO attendance_attendance (lesson_id, enrolment_id, method, arrived_at, signed_at,
                                       credited_seconds, corrected, device)
    SELECT lesson, enrolment, 'scan', CASE WHEN denied THEN NULL ELSE at END,
           CASE WHEN denied THEN NULL ELSE at END, CASE WHEN denied THEN 0 ELSE 5400 END, false,
           md5(phone)
      FROM (SELECT l.id AS lesson, e.id AS enrolment, (l.id + e.id) %% 500 = 0 AS denied,
                   l.starts_at - CASE WHEN l.id %% 100 = 0 THEN 2 ELSE 600 END
                     * (hashint8(e.id * 31 + l.id) & 1023) / 1023.0 * interval '1 second' AS at,
                   CASE WHEN l.id %% 50 = 0 AND e.id %% 10 = 0 THEN 'lesson' || l.id
                        ELSE 'person' || e.person_id END AS phone
              FROM classes_lesson AS l
              JOIN classes_enrolment AS e
                ON e.training_class_id = l.training_class_id AND e.state = 'enrolled'
             WHERE l.ends_at < now()) AS came
        ON CONFLICT DO NOTHING
"""


def main() -> None:
    """Grow the region, fill the rolls, search by each rule, print the slowest beside the limit."""
    with site(demo=1):
        grow(TIMES)
        fill()
        slowest = measure()
    print(f"bench leads: ratio {LIMIT / slowest:.2f} value {slowest:.1f} s limit {LIMIT:.0f} s")


def fill() -> None:
    """Half a year of lessons and rolls."""
    from django.db import connection, transaction  # noqa: PLC0415 - the settings come first

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no FK checks
        for statement in (TWICE, LESSONS, SIGN_INS):
            cursor.execute(statement, {})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure() -> float:
    """Seconds of the slowest search."""
    from django.utils import timezone  # noqa: PLC0415

    from zhupei.attendance.models import Attendance  # noqa: PLC0415
    from zhupei.leads.finders import SEARCHES, Window  # noqa: PLC0415
    from zhupei.leads.parameters import figures  # noqa: PLC0415

    now = timezone.now()
    window, known = Window(now - timedelta(days=DAYS), now), figures()
    rolls = Attendance.objects.all()
    signed = rolls.filter(lesson__starts_at__range=window).count()
    print(f"bench leads: {signed:,} sign-ins in {DAYS} days, {rolls.count():,} in all")
    if signed < SIGNED:
        raise SystemExit(f"bench leads: fewer than {SIGNED:,} sign-ins, so the time means nothing")
    return max(_timed(rule, search, window, known) for rule, search in SEARCHES.items())


def _timed(rule: str, search: Any, window: Any, known: Any) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = search(window, known)
        times.append(time.perf_counter() - start)
    took = min(times)  # what else the machine did is not in it
    rows = sum(len(one.rows) for one in found)
    print(f"bench leads: {rule:12} {took:5.2f} s, {len(found):,} leads on {rows:,} facts")
    if not found:
        raise SystemExit(f"bench leads: nothing found by {rule}, so the time means nothing")
    return took
