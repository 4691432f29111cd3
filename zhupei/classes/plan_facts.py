"""What the checks of a plan look at, gathered as plain values.

As many questions to the database for a long plan as for a short one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhupei.classes import parameters, words
from zhupei.classes.models import (
    ClassDocument,
    DocumentKind,
    Enrolment,
    Invitation,
    InvitationState,
    Lesson,
    LessonKind,
    State,
    TrainingClass,
    Waiting,
)
from zhupei.classes.rules import facts
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR
from zhupei.core.parameters import Setting, settings_of
from zhupei.filings.models import Filing
from zhupei.institutions.models import Admission, Licence, Platform, Room, Standing, Station
from zhupei.organizations.models import Kind, Organization
from zhupei.syllabus.models import Unit
from zhupei.teachers.models import Engagement

OWN = (State.DRAFT, State.RETURNED)


def with_counts(classes: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    """Adds ``counts``: people and papers, so that a report need not ask for them."""
    return classes.annotate(counts=_counted())


def lessons_of(training_class: TrainingClass) -> list[Lesson]:
    """The timetable, each lesson with who is elsewhere then (``teacher_clash``, ``room_clash``)."""
    engaged = Engagement.objects.filter(
        teacher=OuterRef("teacher"),
        organization=training_class.organization_id,
        until__isnull=True,
    )
    lessons = training_class.lessons.select_related("unit", "teacher__person", "room")
    return list(
        lessons.annotate(
            engaged=Exists(engaged),
            teacher_clash=_clash("teacher"),
            room_clash=_clash("room"),
        )
    )


def _clash(what: str) -> Subquery:
    """The first booked lesson of another class that wants the same teacher or room then."""
    others = (
        Lesson.objects.filter(
            **{what: OuterRef(what)},
            booked=True,
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
        )
        .exclude(training_class=OuterRef("training_class"))
        .order_by("starts_at")
    )
    told = JSONObject(
        starts_at="starts_at",
        owner=F("training_class__organization"),
        organization=F("training_class__organization__name"),
        title=F("training_class__title"),
    )
    return Subquery(others.values(told=told)[:1])


def settings_for(training_class: TrainingClass) -> dict[str, Setting]:
    """Every figure the plan is judged by, in the prefecture where it is held."""
    kind = parameters.kind_of(training_class.syllabus)
    wanted = [*parameters.LIMITS, *parameters.standard(kind), parameters.MODE, parameters.STAFFING]
    return settings_of(*wanted, prefecture=training_class.prefecture_id)


def gather(
    training_class: TrainingClass, lessons: Sequence[Lesson], settings: Mapping[str, Setting]
) -> facts.Plan:
    """The plan as the checks see it."""
    counts = _counts(training_class)
    kind = parameters.kind_of(training_class.syllabus)
    figures = [*parameters.LIMITS, *parameters.standard(kind)]
    destination, filed_with, number = _filing(training_class)
    online = any(lesson.kind == LessonKind.ONLINE for lesson in lessons)
    return facts.Plan(
        today=timezone.localdate(),
        starts_on=training_class.starts_on,
        ends_on=training_class.ends_on,
        seats=training_class.seats,
        job=str(training_class.syllabus.job),
        units=units_of(Unit.objects.filter(syllabus=training_class.syllabus_id)),
        lessons=_planned(training_class, lessons),
        licences=_licences(training_class),
        roster=facts.RosterFacts(
            counts["waiting"], counts["confirmed"], counts["declined"], counts["enrolled"]
        ),
        has_scheme=bool(training_class.practice_scheme.strip() or counts["schemes"]),
        documents=counts["papers"],
        submitted=training_class.state not in OWN,
        limits=facts.Limits(*(settings[parameter.key].value for parameter in figures)),
        standing=_standing(training_class.organization),
        destination=destination,
        filed_with=filed_with,
        filing=number,
        online_limit=training_class.syllabus.online_hours_limit * SECONDS_PER_HOUR,
        platforms=_platforms(training_class.organization_id) if online else (),
    )


NOBODY = dict.fromkeys(
    ("waiting", "confirmed", "declined", "enrolled", "alone", "gone", "line", "schemes", "papers"),
    0,
)


def _counts(training_class: TrainingClass) -> dict[str, int]:
    found: Any = training_class
    if not hasattr(found, "counts"):
        found = with_counts(TrainingClass._base_manager.filter(pk=training_class.pk)).first()
    return dict(found.counts) if found else NOBODY


def _counted() -> JSONObject:
    invited = Invitation.objects.standing().filter(training_class=OuterRef("pk"))
    enrolled = Enrolment.objects.active().filter(training_class=OuterRef("pk"))
    papers = ClassDocument.objects.filter(training_class=OuterRef("pk"))
    scheme = Q(kind=DocumentKind.PRACTICE_SCHEME)
    counts = {
        "waiting": invited.filter(state=InvitationState.OPEN),
        "confirmed": invited.filter(state=InvitationState.CONFIRMED),
        "declined": invited.filter(state=InvitationState.DECLINED),
        "enrolled": enrolled,
        "alone": enrolled.filter(invitation=None),
        "gone": Enrolment.objects.left().filter(training_class=OuterRef("pk")),
        "line": Waiting.objects.in_line().filter(training_class=OuterRef("pk")),
        "schemes": papers.filter(scheme),
        "papers": papers.exclude(scheme),
    }
    return JSONObject(**{name: _how_many(rows) for name, rows in counts.items()})


def _how_many(rows: Any) -> Coalesce:
    counted = rows.order_by().values("training_class").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def units_of(units: Iterable[Unit]) -> list[facts.UnitHours]:
    """Units of a syllabus as the checks see them."""
    hour = SECONDS_PER_HOUR
    return [
        facts.UnitHours(
            unit.position,
            unit.title,
            unit.theory_hours * hour,
            unit.practice_hours * hour,
            unit.is_ethics,
            unit.online_hours * hour,
        )
        for unit in units
    ]


def _licences(training_class: TrainingClass) -> list[facts.LicenceFacts]:
    job = training_class.syllabus.job_id
    held: Any = Licence.objects.filter(organization=training_class.organization_id)
    covers = Licence.jobs.through.objects.filter(licence=OuterRef("pk"), job=job)
    return [
        facts.LicenceFacts(paper.number, paper.valid_from, paper.valid_until, paper.covers)
        for paper in held.annotate(covers=Exists(covers))
    ]


def _standing(organization: Organization) -> str:
    """Why the institution may not hold a class, in a word; empty when it may."""
    try:
        found = organization.admission
    except Admission.DoesNotExist:
        return _("没有建档")
    return "" if found.state == Standing.ACTIVE else found.get_state_display()


def _filing(training_class: TrainingClass) -> tuple[str, str, str]:
    """Away from home: the place, the department to file with, the number of the filing."""
    home = training_class.organization.prefecture_id
    if training_class.prefecture_id == home:
        return "", "", ""
    place = training_class.prefecture.name
    office = Organization.objects.filter(kind=Kind.HR, prefecture=training_class.prefecture_id)
    found = Filing.objects.covering(
        training_class.organization,
        training_class.prefecture_id,
        training_class.syllabus.job,
        training_class.starts_on,
        training_class.ends_on,
    )
    named = office.values_list("name", flat=True).first() or _("办学地人社部门")
    return place, named, found.values_list("number", flat=True).first() or ""


def _platforms(organization: int) -> list[facts.PlatformFacts]:
    rows = Platform._base_manager.filter(organization=organization, ended_on__isnull=True)
    return [
        facts.PlatformFacts(row.name, row.assessed_on is not None, row.valid_until)
        for row in rows.order_by("name")
    ]


def _planned(training_class: TrainingClass, lessons: Sequence[Lesson]) -> list[facts.PlannedLesson]:
    """Lessons as the checks see them, with the stations their rooms have for this very job."""
    job = training_class.syllabus.job_id
    rooms = {lesson.room_id for lesson in lessons if lesson.kind == LessonKind.PRACTICE}
    counted: dict[int, int] = {}
    if rooms:
        rows = Station._base_manager.filter(room__in=rooms, job=job)
        counted = dict(rows.values_list("room", "count"))
    return [planned_lesson(training_class, lesson, counted) for lesson in lessons]


def planned_lesson(
    training_class: TrainingClass, lesson: Any, stations: Mapping[int, int] | None = None
) -> facts.PlannedLesson:
    """A row of ``lessons_of`` as the checks see it."""
    own = training_class.organization_id
    return facts.PlannedLesson(
        unit=lesson.unit.position
        if lesson.unit.syllabus_id == training_class.syllabus_id
        else None,
        practice=lesson.kind == LessonKind.PRACTICE,
        day=timezone.localdate(lesson.starts_at),
        seconds=lesson.seconds,
        teacher=str(lesson.teacher),
        engaged=lesson.engaged,
        room=str(lesson.room),
        seats=lesson.room.seats,
        stations=(stations or {}).get(lesson.room_id, lesson.room.stations),
        teacher_clash=_told(str(lesson.teacher), lesson.teacher_clash, own),
        room_clash=_told(str(lesson.room), lesson.room_clash, own),
        online=lesson.kind == LessonKind.ONLINE,
        usable_until=_usable_until(lesson.room),
        fire_checked=lesson.room.fire_checked_on is not None,
        fire_until=lesson.room.fire_valid_until,
    )


def _usable_until(room: Room) -> date | None:
    """The last day of its lease, or the one before it was closed, whichever comes first."""
    ends = [room.lease_until, room.closed_on and room.closed_on - timedelta(days=1)]
    return min((day for day in ends if day), default=None)


def _told(name: str, clash: Mapping[str, Any] | None, own: int) -> facts.Clash | None:
    """What may be said of a clash: of another institution its name, never its class."""
    if clash is None:
        return None
    own_class = words.OWN_CLASS % {"title": clash["title"]}
    place = str(own_class) if clash["owner"] == own else clash["organization"]
    starts_at = parse_datetime(clash["starts_at"])
    assert starts_at
    return facts.Clash(name, place, starts_at)
