"""What owes a look, as the ledger needs it: classes, theory sittings and practical sessions read
into one shape.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from django.db.models import Max, Min, Model, Q
from django.utils import timezone

from zhupei.classes.events import ClassEvent
from zhupei.classes.models import State as ClassState
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.models import Event
from zhupei.exams.events import SittingEvent
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.patrols.models import Duty, Subject
from zhupei.patrols.rules.coverage import Facts
from zhupei.practical.events import SessionEvent
from zhupei.practical.models import Session
from zhupei.practical.models import State as SessionState

CLASS_HELD = (ClassState.FILED, ClassState.APPROVED, ClassState.FINISHED)
SITTING_HELD = (
    SittingState.NOTIFIED,
    SittingState.SEALED,
    SittingState.CLOSED,
    SittingState.RELEASED,
)
SESSION_HELD = (
    SessionState.NOTIFIED,
    SessionState.FIXED,
    SessionState.CLOSED,
    SessionState.RELEASED,
)
STOPS = (  # after these it is not held any longer
    ClassEvent.CANCELLED,
    ClassEvent.REVOKED,
    ClassEvent.RETURNED,
    ClassEvent.FINISHED,
    SittingEvent.CANCELLED,
    SessionEvent.CANCELLED,
)
STOPPED = {
    ClassState.CANCELLED,
    ClassState.REVOKED,
    ClassState.RETURNED,
    ClassState.FINISHED,
    SittingState.CANCELLED,
    SessionState.CANCELLED,
}


class Seen(NamedTuple):
    """One class or sitting as it is now."""

    kind: Subject
    thing: Any
    facts: Facts
    columns: dict[str, Any]


def of_classes(wanted: Q, now: datetime) -> Iterator[Seen]:
    """The classes that meet a condition."""
    rows = list(
        TrainingClass._base_manager.filter(wanted, number__isnull=False)
        .select_related("syllabus__job")
        .annotate(first=Min("lessons__starts_at"), last=Max("lessons__ends_at"))
    )
    stops = _stopped_at(rows, now)
    for row in rows:
        opens = row.first or _at(row.starts_on, time.min)
        closes = row.last or _at(row.ends_on, time.max)
        held = row.state in CLASS_HELD
        facts = Facts(opens, max(opens, closes), held, stops.get(row.pk), row.frozen_since)
        yield Seen(Subject.CLASS, row, facts, _columns(row, row.syllabus.job.category))


def of_sittings(wanted: Q, now: datetime) -> Iterator[Seen]:
    """The theory sittings that meet a condition. One that nobody sealed before its end came was
    never held.
    """
    rows = list(Sitting._base_manager.filter(wanted, number__isnull=False).select_related("job"))
    stops = _stopped_at(rows, now)
    for row in rows:
        asleep = row.state == SittingState.NOTIFIED and row.ends_at <= now
        held = row.state in SITTING_HELD and not asleep
        facts = Facts(row.starts_at, row.ends_at, held, stops.get(row.pk))
        yield Seen(Subject.THEORY, row, facts, _columns(row, row.job.category))


def of_sessions(wanted: Q, now: datetime) -> Iterator[Seen]:
    """The practical sessions that meet a condition."""
    related = ("rubric__job",)
    rows = list(Session._base_manager.filter(wanted, number__isnull=False).select_related(*related))
    stops = _stopped_at(rows, now)
    for row in rows:
        asleep = row.state == SessionState.NOTIFIED and row.closes_at <= now
        held = row.state in SESSION_HELD and not asleep
        facts = Facts(row.opens_at, row.closes_at, held, stops.get(row.pk))
        yield Seen(Subject.PRACTICAL, row, facts, _columns(row, row.rubric.job.category))


def field_of(kind: str) -> str:
    """The column of a duty that names a subject of this kind."""
    return {Subject.CLASS: "training_class", Subject.THEORY: "sitting"}.get(
        Subject(kind), "session"
    )


def institutions_of(duties: Iterable[Duty]) -> dict[int, set[int]]:
    """Whom each look concerns: the body itself, and where its candidates were taught."""
    found = {duty.pk: {duty.organization_id} for duty in duties}
    taught = "enrolment__training_class__organization"
    for model, field, people in ((Sitting, "sitting", "candidates"), (Session, "session", "turns")):
        owed = {getattr(duty, f"{field}_id"): duty.pk for duty in duties}
        owed.pop(None, None)
        if owed:
            rows = model._base_manager.filter(pk__in=owed, **{f"{people}__isnull": False})
            for subject, body in rows.values_list("pk", f"{people}__{taught}").distinct():
                found[owed[subject]].add(body)
    return found


def _columns(row: Any, category: str) -> dict[str, Any]:
    """What a duty keeps of its subject."""
    names = ("organization_id", "prefecture_id", "division_id", "number", "title")
    return {name: getattr(row, name) for name in names} | {"category": category}


def _stopped_at(rows: Iterable[Any], now: datetime) -> dict[int, datetime]:
    """When those that are not held any longer were stopped, as the record of deeds has it."""
    stopped: dict[str, Model] = {
        audit.subject_key(row): row for row in rows if row.state in STOPPED
    }
    if not stopped:
        return {}
    said = Event.objects.filter(subject__in=stopped, verb__in=STOPS).values_list("subject")
    known = dict(said.annotate(last=Max("at")).values_list("subject", "last"))
    return {int(row.pk): known.get(key, now) for key, row in stopped.items()}


def _at(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
