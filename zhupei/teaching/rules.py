"""What the record of a class has to hold, as functions of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Owner(StrEnum):
    """Who owes a piece of the record."""

    TEACHER = "teacher"
    REGISTRAR = "registrar"
    LEARNERS = "learners"


@dataclass(frozen=True)
class LessonFacts:
    """One lesson that is over. ``evidence`` counts pictures and recordings of this lesson."""

    key: int
    title: str
    day: date
    ended_at: datetime
    practice: bool
    teacher: str
    logged: bool
    not_held: bool
    practice_told: bool
    attended: int
    evidence: int


@dataclass(frozen=True)
class ClassFacts:
    """What a class has so far; ``books`` that it is taught from, of ``learners`` people."""

    lessons: Sequence[LessonFacts]
    day_evidence: dict[date, int]
    checks: int
    open_faults: int
    learners: int
    books: int
    confirmed: int
    over: bool


@dataclass(frozen=True)
class Wanted:
    """The figures of the region."""

    log_hours: int
    per_practice: int
    per_day: int
    checks: int


@dataclass(frozen=True)
class Missing:
    """One piece that is missing: what, of which lesson, who owes it, and whether it is late."""

    code: str
    owner: Owner
    what: str
    lesson: int | None = None
    name: str = ""
    late: bool = False
    count: int = 1


@dataclass(frozen=True)
class Record:
    """How complete a record is: of so many pieces owed by now, so many are there."""

    owed: int
    there: int
    missing: Sequence[Missing]

    @property
    def share(self) -> int:
        """Per cent, rounded down: a hundred means everything."""
        return 100 * self.there // self.owed if self.owed else 100


def completeness(facts: ClassFacts, wanted: Wanted, *, now: datetime) -> Record:
    """What the record of a class owes by ``now`` and what of it is missing.

    Each lesson that is over owes a log and a roll, a practice lesson also how it was practised and
    evidence; each day evidence; the class its checks, a book for everybody and their word for it.

    Source: Measures, art. 13; notice, part 2, sections 1 and 2.
    """
    owed, missing = 0, list[Missing]()
    for lesson in facts.lessons:
        found, pieces = _of_lesson(lesson, wanted, now)
        owed, missing = owed + pieces, missing + found
    for found, pieces in (_of_days(facts, wanted), _of_class(facts, wanted)):
        owed, missing = owed + pieces, missing + found
    return Record(owed, owed - sum(piece.count for piece in missing), missing)


def _of_lesson(lesson: LessonFacts, wanted: Wanted, now: datetime) -> tuple[list[Missing], int]:
    late = now > lesson.ended_at + timedelta(hours=wanted.log_hours)

    def missing(code: str) -> Missing:
        return Missing(code, Owner.TEACHER, lesson.title, lesson.key, lesson.teacher, late)

    if lesson.not_held:
        return [], 1
    wants = [("log_missing", lesson.logged), ("roll_missing", lesson.attended > 0)]
    if lesson.practice:
        wants += [
            ("practice_log_missing", lesson.practice_told),
            ("practice_evidence_missing", lesson.evidence >= wanted.per_practice),
        ]
    return [missing(code) for code, there in wants if not there], len(wants)


def _of_days(facts: ClassFacts, wanted: Wanted) -> tuple[list[Missing], int]:
    days = sorted({lesson.day for lesson in facts.lessons if not lesson.not_held})
    bare = [day for day in days if facts.day_evidence.get(day, 0) < wanted.per_day]
    found = [Missing("day_evidence_missing", Owner.TEACHER, f"{day:%m-%d}") for day in bare]
    return found, len(days)


def _of_class(facts: ClassFacts, wanted: Wanted) -> tuple[list[Missing], int]:
    found = []
    owed = wanted.checks + facts.open_faults
    if facts.checks < wanted.checks:
        short = wanted.checks - facts.checks
        found.append(Missing("checks_missing", Owner.REGISTRAR, str(short), count=short))
    if facts.open_faults:
        found.append(
            Missing("faults_open", Owner.REGISTRAR, str(facts.open_faults), count=facts.open_faults)
        )
    if not facts.lessons:
        return found, owed
    if not facts.books:
        return [*found, Missing("books_missing", Owner.REGISTRAR, "")], owed + 1
    due = facts.books * facts.learners
    if facts.confirmed < due:
        short = due - facts.confirmed
        found.append(Missing("books_unconfirmed", Owner.LEARNERS, str(short), count=short))
    return found, owed + 1 + due
