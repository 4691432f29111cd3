"""The lessons of a class: who came when, and what the teacher set right afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from zhupei.attendance import actions as attendance
from zhupei.attendance.access import works_there
from zhupei.classes.models import Enrolment, Lesson
from zhupei.people.models import User
from zhupei.portal.demo import clock, record

DOORS_OPEN = timedelta(minutes=20)
MISSING = {0: 2, 1: 1}  # of every three lessons two people miss the first, one the second
SOMETIMES_LATE = 0.06


def story(
    lessons: Iterable[Lesson],
    enrolments: Sequence[Enrolment],
    *,
    running: datetime | None,
    random: Random,
    registrar: User,
) -> Iterator[datetime]:
    """Every lesson from its open doors on; one mistake in the roll is corrected.

    Some have not come yet to the lesson that starts at ``running``, among them the first learner.
    """
    for place, lesson in enumerate(lessons):
        yield lesson.starts_at - DOORS_OPEN
        late = len(enrolments) // 3 if lesson.starts_at == running else 0
        coming = enrolments[late : len(enrolments) - MISSING.get(place % 3, 0)]
        _sign_in(lesson, coming, random)
        if place == 0:
            record.hand_out(lesson.training_class, enrolments, registrar=registrar, random=random)
        yield lesson.ends_at + timedelta(minutes=10)
        record.keep(lesson, place, registrar=registrar, random=random)
        if place == 1 and enrolments:
            _correct(lesson, enrolments[-1], registrar)
        if place == 2:  # noqa: PLR2004 - the third lesson of a class
            fault = random.random() < 0.3  # noqa: PLR2004 - of every ten checks three
            record.look_in(lesson.training_class, lesson, registrar=registrar, fault=fault)


def _sign_in(lesson: Lesson, coming: Sequence[Enrolment], random: Random) -> None:
    """Most come before the start and read the code off the screen."""
    arrivals = sorted(((_arrival(lesson, random), one) for one in coming), key=lambda pair: pair[0])
    for moment, enrolment in arrivals:
        clock.move(moment)
        attendance.sign_in(
            lesson,
            by=enrolment.person.account,
            code=attendance.code_now(lesson, moment),
            seen_at=moment if random.random() < 0.7 else None,  # noqa: PLR2004 - scanned, not typed
        )


def _arrival(lesson: Lesson, random: Random) -> datetime:
    late = random.random() < SOMETIMES_LATE
    minutes = random.uniform(11, 25) if late else random.uniform(-18, 8)
    return lesson.starts_at + timedelta(minutes=minutes)


def _correct(lesson: Lesson, enrolment: Enrolment, registrar: User) -> None:
    """The registrar proposes what the teacher saw, and the teacher confirms it."""
    correction = attendance.correct(
        lesson,
        enrolment,
        by=registrar,
        arrived_at=lesson.starts_at + timedelta(minutes=40),
        note="手机没电未能签到，任课教师证明 40 分钟后到场。",
    )
    teacher = lesson.teacher.person.account
    if teacher != registrar and works_there(teacher, correction):
        attendance.confirm_correction(correction, by=teacher)
