"""Satisfaction in figures: from counted scores, never from single answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Q, Sum
from django.utils.functional import Promise

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, EnrolmentState, TrainingClass
from zhupei.core.parameters import value
from zhupei.feedback import parameters, rules
from zhupei.feedback.models import Ballot, CallState, FollowUp, Question, Tally


@dataclass(frozen=True)
class Line:
    """One question: its mean, and how many gave each score from 1 to 5."""

    label: str | Promise
    mean: Decimal | None
    counts: list[int]


@dataclass(frozen=True)
class Opinion:
    """What the learners of one class think; ``mean`` is None while too few have spoken."""

    lines: list[Line]
    mean: Decimal | None
    answers: int
    asked: int
    fewest: int


def opinion(training_class: TrainingClass) -> Opinion:
    """The counted scores of one class."""
    fewest = value(parameters.FEWEST_ANSWERS)
    counts: dict[str, list[int]] = {question: [0] * 5 for question in Question.values}
    for row in Tally.objects.filter(training_class=training_class):
        counts[row.question][row.score - 1] = row.count
    sums = {question: _sum(found) for question, found in counts.items()}
    lines = [
        Line(question.label, rules.mean(*sums[question], fewest=fewest), counts[question])
        for question in Question
    ]
    answers = Ballot.objects.filter(enrolment__training_class=training_class).count()
    asked = training_class.enrolments.filter(state=EnrolmentState.ENROLLED).count()
    return Opinion(lines, rules.overall(sums, fewest=fewest), answers, asked, fewest)


def _sum(counts: list[int]) -> tuple[int, int]:
    return sum(score * many for score, many in enumerate(counts, 1)), sum(counts)


def by_class(classes: Iterable[TrainingClass]) -> dict[int, Decimal | None]:
    """The mean of each class, asked at once for a whole page."""
    fewest = value(parameters.FEWEST_ANSWERS)
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for row in Tally.objects.filter(training_class__in=classes).figures():
        one = found.setdefault(row["training_class"], {})
        one[row["question"]] = (row["total"], row["answers"])
    return {key: rules.overall(sums, fewest=fewest) for key, sums in found.items()}


def by_institution(classes: Any) -> list[dict[str, Any]]:
    """For each institution: classes, answers, mean score, and what the calls brought.

    A mean is of all scores counted in all classes of the institution; institutions in which fewer
    have spoken than may be shown have none.
    """
    fewest = value(parameters.FEWEST_ANSWERS)
    scores = Tally.objects.filter(training_class__in=classes).values(
        key=F("training_class__organization")
    )
    sums = {
        row["key"]: row
        for row in scores.annotate(total=Sum(F("score") * F("count")), answers=Sum("count"))
    }
    calls = {row["key"]: row for row in _calls(classes)}
    rows = []
    for row in _classes(classes):
        said, called = sums.get(row["key"]), calls.get(row["key"], {})
        voices = said["answers"] // len(Question) if said else 0
        shown = said and voices >= fewest
        rows.append(row | called | {"answers": voices, "mean": _mean(said) if shown else None})
    return rows


def _mean(said: Any) -> Decimal | None:
    return rules.mean(said["total"], said["answers"], fewest=1)


def _classes(classes: Any) -> Any:
    return (
        TrainingClass._base_manager.filter(pk__in=classes.values("pk"))
        .order_by("organization__prefecture", "organization__name")
        .values(
            key=F("organization"),
            name=F("organization__name"),
            place=F("organization__prefecture__short_name"),
        )
        .annotate(
            classes=Count("pk", distinct=True),
            evaluated=Count("pk", filter=Q(self_evaluation__state="handed_in"), distinct=True),
        )
    )


def _calls(classes: Any) -> Any:
    done = ~Q(state=CallState.DUE)
    reached = Q(state=CallState.REACHED)
    return (
        FollowUp.objects.filter(enrolment__training_class__in=classes)
        .order_by()
        .values(key=F("enrolment__training_class__organization"))
        .annotate(
            due=Count("pk"),
            done=Count("pk", filter=done),
            reached=Count("pk", filter=reached),
            in_trade=Count("pk", filter=reached & Q(work="trade")),
            taken_back=Count("pk", filter=reached & Q(book_taken_back=True)),
            content=Avg("score", filter=reached),
        )
    )


def facts(training_class: TrainingClass) -> list[dict[str, Any]]:
    """What the system knows about a class that ended: beside these its institution evaluates it.

    Each is a label, a figure, and the two numbers it was made of.
    """
    lessons = training_class.lessons.all()
    planned = sum(lesson.seconds for lesson in lessons)
    learners = Enrolment.objects.filter(training_class=training_class)
    stayed = learners.filter(state=EnrolmentState.ENROLLED).count()
    earned = Attendance.objects.filter(
        enrolment__training_class=training_class, enrolment__state=EnrolmentState.ENROLLED
    ).aggregate(sum=Sum("credited_seconds"))["sum"]
    held = lessons.filter(attendance__arrived_at__isnull=False).distinct().count()
    said = opinion(training_class)
    return [
        _share("有考勤记录的课", held, len(lessons)),
        _share("在班学员", stayed, learners.count()),
        _share("学员平均学时", (earned or 0) // max(1, stayed) // 2700, planned // 2700),
        _share("参加评价", said.answers, said.asked),
        {"label": "满意度", "value": str(said.mean or "—"), "note": f"{said.answers} 份"},
    ]


def _share(label: str, part: int, whole: int) -> dict[str, Any]:
    percent = f"{100 * part // whole}%" if whole else "—"
    return {"label": label, "value": percent, "note": f"{part} / {whole}"}
