"""The classes of a year with all that is counted about each, in one question a table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from zhupei.archives.models import Package, Subject
from zhupei.attendance.models import Attendance
from zhupei.certificates.models import Certificate
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import (
    ClassDocument,
    DocumentKind,
    Enrolment,
    EnrolmentState,
    Lesson,
    LessonKind,
    State,
    TrainingClass,
)
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.evaluation.facts.reading import Reading
from zhupei.exams.models import Attempt
from zhupei.exams.parameters import HOURS_SHARE
from zhupei.exams.rules import counted_seconds, needed_seconds
from zhupei.feedback.models import CallState, FollowUp, SelfEvaluation, SelfState, Tally
from zhupei.syllabus.models import Unit
from zhupei.teachers.models import Engagement, Teacher
from zhupei.teaching.models import ClassBook, HandOut, Held, TeachingCheck
from zhupei.teaching.parameters import LOG_HOURS

HELD = (State.FILED, State.APPROVED, State.FINISHED)
HOUR = 2700  # seconds of an hour of teaching
PLAIN = ("title", "state", "seats", "starts_on", "ends_on", "submitted_at", "syllabus_id")
JOINED = {
    "key": F("pk"),
    "owner": F("organization"),
    "room_seats": F("room__seats"),
    "category": F("syllabus__job__category"),
}


@dataclass
class Year:
    """One class and what was counted: ``n`` by name, 0 where there is nothing."""

    key: int
    owner: int
    title: str
    state: str
    seats: int
    room_seats: int
    starts_on: date
    ends_on: date
    submitted_at: datetime | None
    syllabus_id: int
    category: str
    over: bool
    n: defaultdict[str, int]

    @property
    def named(self) -> tuple[int, str]:
        return self.key, self.title

    @property
    def held(self) -> bool:
        return self.state in HELD


def load(reading: Reading) -> list[Year]:
    """The classes that began in the year, also those only handed in; drafts are nobody's."""
    rows = TrainingClass.objects.filter(
        organization__in=reading.keys, number__isnull=False, starts_on__range=reading.days
    )
    found = {
        row["key"]: Year(
            **row,
            over=row["state"] == State.FINISHED or row["ends_on"] < reading.day,
            n=defaultdict(int),
        )
        for row in rows.order_by("pk").values(*PLAIN, **JOINED)
    }
    for counted in _counts(list(found), reading):
        for row in counted:
            found[row["key"]].n.update({name: n or 0 for name, n in row.items() if name != "key"})
    return list(found.values())


def _counts(keys: list[int], reading: Reading) -> Iterable[Iterable[dict[str, Any]]]:
    """Each a table's counts by class."""
    mine = {"training_class__in": keys}
    enrolled = Enrolment.objects.filter(state=EnrolmentState.ENROLLED, **mine)
    yield _by_class(enrolled, enrolled=Count("pk"))
    yield _lessons(keys, reading)
    yield _attendance(keys)
    yield _documents(keys)
    yield _by_class(TeachingCheck.objects.filter(**mine), checks=Count("pk"))
    handed_in = SelfEvaluation.objects.filter(state=SelfState.HANDED_IN, **mine)
    yield _by_class(handed_in, evaluated=Count("pk"))
    yield _by_class(ClassBook.objects.filter(**mine), books=Count("pk"))
    yield _hand_outs(keys)
    yield _calls(keys)
    scores = Tally.objects.filter(**mine)
    yield _certificates(keys)
    yield _by_class(scores, scores=Sum(F("score") * F("count")), answers=Sum("count"))
    packages = Package.objects.filter(subject=Subject.CLASS, subject_id__in=keys)
    yield _by_class(packages, "subject_id", packages=Count("pk"))
    yield _attempts(keys)
    yield _returned(keys)


def _by_class(rows: Any, path: str = "training_class", **counts: Any) -> Any:
    return rows.order_by().values(key=F(path)).annotate(**counts)


def _lessons(keys: Sequence[int], reading: Reading) -> Iterable[dict[str, Any]]:
    """Lessons of the timetable, those over by the day, their logs, who gave them."""
    _first, last = reading.moments
    over, practice = Q(ends_at__lte=min(last, timezone.now())), Q(kind=LessonKind.PRACTICE)
    logged = Q(log__isnull=False)
    hours = timedelta(hours=value(LOG_HOURS, on=reading.day))
    rows = Lesson.objects.filter(training_class__in=keys).annotate(
        on_roster=_on_roster(), length=F("ends_at") - F("starts_at")
    )
    sums = _by_class(
        rows,
        units=Count("unit", distinct=True),
        time=Sum("length"),
        practice_time=Sum("length", filter=practice),
        over=Count("pk", filter=over),
        logged=Count("pk", filter=over & logged),
        in_time=Count("pk", filter=over & Q(log__written_at__lte=F("ends_at") + hours)),
        practice_due=Count("pk", filter=over & practice),
        practice_held=Count("pk", filter=over & practice & logged & ~Q(log__held=Held.NOT_HELD)),
        online=Count("pk", filter=Q(kind=LessonKind.ONLINE)),
        by_roster=Count("pk", filter=over & Q(on_roster=True)),
    )
    for row in sums:
        times = {name: row[name] for name in ("time", "practice_time")}
        yield row | {name: int(t.total_seconds()) if t else 0 for name, t in times.items()}


def _on_roster() -> Any:
    """Was the teacher engaged that day, and in the pool for the job that is taught?"""
    day = OuterRef("starts_at__date")
    engaged = Engagement.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        teacher=OuterRef("teacher"),
        organization=OuterRef("training_class__organization"),
        since__lte=day,
    )
    of_trade = Teacher.trades.through.objects.filter(
        teacher=OuterRef("teacher"), job=OuterRef("training_class__syllabus__job")
    )
    return Exists(engaged) & Exists(of_trade)


def _attendance(keys: Sequence[int]) -> Any:
    rows = Attendance.objects.filter(lesson__training_class__in=keys, arrived_at__isnull=False)
    own = Q(signed_at__isnull=False, waiting=False, phones_differ=False)
    return _by_class(
        rows, "lesson__training_class", arrivals=Count("pk"), own=Count("pk", filter=own)
    )


def _documents(keys: Sequence[int]) -> Any:
    plan = Q(kind=DocumentKind.LESSON_PLAN)
    return _by_class(
        ClassDocument.objects.filter(training_class__in=keys),
        planned=Count("unit", filter=plan, distinct=True),
        whole_plans=Count("pk", filter=plan & Q(unit__isnull=True)),
        resources=Count("pk", filter=Q(kind=DocumentKind.RESOURCE)),
    )


def _hand_outs(keys: Sequence[int]) -> Any:
    given = HandOut.objects.filter(
        book__training_class__in=keys,
        enrolment__state=EnrolmentState.ENROLLED,
        confirmed_at__isnull=False,
    )
    return _by_class(given, "book__training_class", confirmed=Count("pk"))


def _calls(keys: Sequence[int]) -> Any:
    reached = Q(state=CallState.REACHED)
    return _by_class(
        FollowUp.objects.filter(enrolment__training_class__in=keys),
        "enrolment__training_class",
        reached=Count("pk", filter=reached),
        taken_back=Count("pk", filter=reached & Q(book_taken_back=True)),
    )


def _attempts(keys: Sequence[int]) -> Any:
    path = "candidate__enrolment__training_class"
    marked = Attempt.objects.filter(mark__isnull=False, **{f"{path}__in": keys})
    passed = Count("pk", filter=Q(passed=True, void=False))
    return _by_class(marked, path, sat=Count("pk"), passed=passed)


def _certificates(keys: Sequence[int]) -> Any:
    """Certificates that stand, of the learners of each class."""
    path = "attempt__candidate__enrolment__training_class"
    rows = Certificate.objects.filter(revoked_at__isnull=True, **{f"{path}__in": keys})
    return _by_class(rows, path, certified=Count("pk"))


def _returned(keys: Sequence[int]) -> Iterable[dict[str, Any]]:
    """How often each plan was sent back, from the record of deeds."""
    label = TrainingClass._meta.label_lower
    rows = Event.objects.filter(
        subject__in=[f"{label}/{key}" for key in keys], verb=ClassEvent.RETURNED
    )
    for subject, n in rows.order_by().values_list("subject").annotate(n=Count("pk")):
        yield {"key": int(subject.rpartition("/")[2]), "returned": n}


def completed(classes: Iterable[Year], day: date) -> dict[int, int]:
    """How many learners of each class were there to the end, with the hours an exam asks for; in
    three questions for all. Too many hours in one unit do not make up for too few in another.
    """
    by_key = {one.key: one for one in classes}
    rows = Enrolment.objects.filter(training_class__in=by_key, state=EnrolmentState.ENROLLED)
    learners = list(rows.only("pk", "training_class"))
    credited = Attendance.objects.credited_by_enrolment(learners)
    required: dict[int, dict[int, int]] = defaultdict(dict)
    units = Unit.objects.filter(syllabus__in={one.syllabus_id for one in by_key.values()})
    for key, syllabus, theory, practice in units.values_list(
        "pk", "syllabus", "theory_hours", "practice_hours"
    ):
        required[syllabus][key] = HOUR * (theory + practice)
    least = value(HOURS_SHARE, on=day)
    found: dict[int, int] = defaultdict(int)
    for learner in learners:
        asked = required[by_key[learner.training_class_id].syllabus_id]
        enough = counted_seconds(credited[learner.pk], asked) >= needed_seconds(asked, least)
        found[learner.training_class_id] += enough
    return found


def hours_asked(classes: Iterable[Year]) -> dict[int, tuple[int, int]]:
    """What each syllabus asks for, all of it and practice, in seconds."""
    rows = Unit.objects.filter(syllabus__in={one.syllabus_id for one in classes})
    sums = (
        rows.order_by()
        .values_list("syllabus")
        .annotate(theory=Sum("theory_hours"), practice=Sum("practice_hours"))
    )
    return {key: (HOUR * (theory + practice), HOUR * practice) for key, theory, practice in sums}
