"""What a plan said when it was submitted, kept in the event; and what changed since.

A snapshot holds words, not keys: it must still read after the rows it speaks of have changed. It
names no learner: of the roster it keeps how many there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from zhupei.classes import words
from zhupei.classes.models import InvitationState, Lesson, TrainingClass
from zhupei.core.templatetags.ui import beijing_day, hours

SHOWN = 6  # lines of a long list in one cell


@dataclass(frozen=True)
class Change:
    """One row of ``core/_diff.html``."""

    field: str | Promise
    before: str
    after: str
    law: str


def take(
    training_class: TrainingClass, *, lessons: list[Lesson] | None = None, roster: int | None = None
) -> dict[str, Any]:
    """The plan as it is now, in words; what the caller knows already is not asked for again."""
    if lessons is None:
        lessons = list(training_class.lessons.select_related("unit", "teacher__person", "room"))
    if roster is None:
        roster = training_class.invitations.exclude(state=InvitationState.WITHDRAWN).count()
    documents = training_class.documents.select_related("file").order_by("pk")
    return {
        "title": training_class.title,
        "syllabus": str(training_class.syllabus),
        "division": f"{training_class.prefecture} {training_class.division}",
        "starts_on": training_class.starts_on.isoformat(),
        "ends_on": training_class.ends_on.isoformat(),
        "seats": training_class.seats,
        "room": str(training_class.room),
        "contact_phone": training_class.contact_phone,
        "practice_scheme": training_class.practice_scheme,
        "timetable": [_line(lesson) for lesson in lessons],
        "hours": hours(sum(lesson.seconds for lesson in lessons)),
        "teachers": sorted({str(lesson.teacher) for lesson in lessons}),
        "roster": roster,
        "documents": [f"{paper.get_kind_display()} {paper.file.name}" for paper in documents],
        "hashes": [paper.file.sha256 for paper in documents],
    }


def _line(lesson: Lesson) -> str:
    start, end = timezone.localtime(lesson.starts_at), timezone.localtime(lesson.ends_at)
    return (
        f"{start:%Y-%m-%d %H:%M}–{end:%H:%M} {lesson.unit} {lesson.get_kind_display()}"
        f" {lesson.teacher} {lesson.room}"
    )


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], reasons: Iterable[Mapping[str, str]] = ()
) -> list[Change]:
    """What changed between two snapshots, beside the article of the reason it was returned for."""
    laws = {reason["field"]: reason.get("law", "") for reason in reasons}
    changes = []
    for field, label in words.FIELDS.items():
        old, new = before.get(field), after.get(field)
        same_papers = field != "documents" or before.get("hashes") == after.get("hashes")
        if old != new or not same_papers:
            changes.append(Change(label, *_both(old, new), laws.get(field, "")))
    return changes


def _both(old: Any, new: Any) -> tuple[str, str]:
    """Both values in words; of two lists only what one has and the other has not."""
    if not isinstance(old, list) or not isinstance(new, list):
        return _words(old), _words(new)
    gone = [line for line in old if line not in new]
    come = [line for line in new if line not in old]
    return _lines(gone or old), _lines(come or new)


def _words(value: Any) -> str:
    if isinstance(value, str) and len(value) == len("2026-01-01") and value[4:5] == "-":
        return beijing_day(date.fromisoformat(value))
    return "" if value is None else str(value)


def _lines(lines: list[str]) -> str:
    more = len(lines) - SHOWN
    shown = lines[:SHOWN]
    if more > 0:
        shown.append(str(words.AND_MORE) % {"count": more})
    return "；".join(shown)
