"""What it costs to ask whether a plan's teachers and rooms are free, among 10³ and 10⁵ lessons.

The lessons are of the plan's own teachers and rooms, in earlier years: the worst case, because no
other key tells them apart. Closing line: how much dearer the question becomes when the calendar is
a hundred times as long; and the booking itself, which the exclusion constraints judge.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.region import site

SIZES = (1_000, 10_000, 100_000)
LIMIT = 2.0  # times as dear at most
ROUNDS = 60
FILL = """
    INSERT INTO classes_lesson (training_class_id, unit_id, kind, starts_at, ends_at, teacher_id,
                                room_id, booked)
    SELECT training_class_id + week::bigint * 10000000, unit_id, kind,
           starts_at - (400 + 21 * week) * interval '1 day',
           ends_at - (400 + 21 * week) * interval '1 day',
           teacher_id, room_id, true
      FROM classes_lesson, generate_series(%(first)s, %(last)s) AS week
     WHERE training_class_id = %(plan)s
"""


def main() -> None:
    """Fill the calendar in steps, ask at each, print how the cost grew."""
    with site(demo=0.1):
        measure()


def measure() -> None:
    """The question and the booking at each size of the calendar."""
    from zhupei.classes.models import TrainingClass  # noqa: PLC0415 - once Django is set up
    from zhupei.classes.precheck import lessons_of  # noqa: PLC0415

    plan = TrainingClass.objects.filter(state="submitted").latest("pk")
    week, asked, booked = 0, [], []
    for size in SIZES:
        week = _fill(plan, size, week)
        asked.append(_median(lambda: lessons_of(plan)))
        booked.append(_median(lambda: _book(plan)))
        print(f"{size:7,} lessons: asking {asked[-1]:5.2f} ms, booking {booked[-1]:5.2f} ms")
    growth = max(asked[-1] / asked[0], booked[-1] / booked[0])
    print(f"bench clashes: ratio {LIMIT / growth:.2f} value {growth:.2f} times limit {LIMIT} times")


def _fill(plan: Any, size: int, week: int) -> int:
    """Put earlier weeks in front until there are ``size`` lessons; return the last week."""
    from django.db import connection, transaction  # noqa: PLC0415

    from zhupei.classes.models import Lesson  # noqa: PLC0415

    last = week + -(-(size - Lesson.objects.count()) // plan.lessons.count())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # their classes are not real
        cursor.execute(FILL, {"first": week + 1, "last": last, "plan": plan.pk})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE classes_lesson")
    return max(week, last)


def _book(plan: Any) -> None:
    """Release the plan's lessons and book them again, as a submission does."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        plan.lessons.update(booked=False)
        plan.lessons.update(booked=True)
        transaction.set_rollback(True)


def _median(ask: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
