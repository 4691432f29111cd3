"""What the checks of a plan look at, gathered as plain values.

As many questions to the database for a long plan as for a short one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import RangeBoundary
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date
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
from zhupei.classes.models.plan import TsTzRange
from zhupei.classes.rules import facts
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR
from zhupei.core.parameters import Setting, settings_of
from zhupei.core.queries import number_of
from zhupei.filings.models import Filing
from zhupei.institutions import parameters as of_institutions
from zhupei.institutions.models import Admission, Licence, Platform, Room, Standing, Station
from zhupei.organizations.models import Kind, Organization
from zhupei.syllabus.models import Unit
from zhupei.teachers.models import Engagement

OWN = (State.DRAFT, State.RETURNED)


def with_surroundings(classes: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    """Adds ``around``: how many people and papers there are, the units of the syllabus and the
    licences of the institution, so that a report need not ask for them.
    """
    return classes.annotate(around=_surroundings())


def lessons_of(training_class: TrainingClass) -> list[Lesson]:
    """The timetable, each lesson with who is elsewhere then (``teacher_clash``, ``room_clash``)
    and the stations its room has ``for_this_job``.
    """
    engaged = Engagement.objects.filter(
        teacher=OuterRef("teacher"),
        organization=training_class.organization_id,
        until__isnull=True,
    )
    stations = Station._base_manager.filter(
        room=OuterRef("room"), job=training_class.syllabus.job_id
    )
    lessons = training_class.lessons.select_related("unit", "teacher__person", "room")
    found: list[Any] = list(
        lessons.annotate(
            engaged=Exists(engaged),
            for_this_job=Subquery(stations.values("count")[:1]),
            teacher_clash=_clash("teacher"),
            room_clash=_clash("room"),
        )
    )
    keys = {row.teacher_clash for row in found} | {row.room_clash for row in found}
    held = "training_class__organization"
    clashing = Lesson.objects.select_related(held).in_bulk(keys - {None})
    for row in found:
        row.teacher_clash = clashing.get(row.teacher_clash)
        row.room_clash = clashing.get(row.room_clash)
    return found


def _clash(what: str) -> Subquery:
    """The first booked lesson of another class that wants the same teacher or room then. Asked
    and ordered by the range of time, so that the indexes of the exclusion constraints answer.
    """
    others = (
        Lesson.objects.alias(span=TsTzRange("starts_at", "ends_at", RangeBoundary()))
        .filter(
            **{what: OuterRef(what)},
            booked=True,
            span__overlap=TsTzRange(OuterRef("starts_at"), OuterRef("ends_at"), RangeBoundary()),
        )
        .exclude(training_class=OuterRef("training_class"))
        .order_by("span")
    )
    return Subquery(others.values("pk")[:1])


def settings_for(training_class: TrainingClass) -> dict[str, Setting]:
    """Every figure the plan is judged by, in the prefecture where it is held."""
    kind = parameters.kind_of(training_class.syllabus)
    own = [*parameters.LIMITS, *parameters.standard(kind), parameters.MODE, parameters.STAFFING]
    wanted = [*own, *of_institutions.STAFFING]
    return settings_of(*wanted, prefecture=training_class.prefecture_id)


def gather(
    training_class: TrainingClass, lessons: Sequence[Lesson], settings: Mapping[str, Setting]
) -> facts.Plan:
    """The plan as the checks see it."""
    around = _around(training_class)
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
        units=units_of(Unit(**row) for row in around["units"]),
        lessons=[planned_lesson(training_class, lesson) for lesson in lessons],
        licences=[_licence(paper) for paper in around["licences"]],
        roster=facts.RosterFacts(
            around["waiting"], around["confirmed"], around["declined"], around["enrolled"]
        ),
        has_scheme=bool(training_class.practice_scheme.strip() or around["schemes"]),
        documents=around["papers"],
        submitted=training_class.state not in OWN,
        limits=facts.Limits(*(settings[parameter.key].value for parameter in figures)),
        standing=_standing(training_class.organization),
        destination=destination,
        filed_with=filed_with,
        filing=number,
        online_limit=training_class.syllabus.online_hours_limit * SECONDS_PER_HOUR,
        platforms=_platforms(training_class.organization_id) if online else (),
    )


NOTHING: dict[str, Any] = dict.fromkeys(
    ("waiting", "confirmed", "declined", "enrolled", "alone", "gone", "line", "schemes", "papers"),
    0,
) | {"units": [], "licences": []}
UNIT = ("position", "title", "theory_hours", "practice_hours", "online_hours", "is_ethics")
LICENCE = ("number", "valid_from", "valid_until")


def _around(training_class: TrainingClass) -> dict[str, Any]:
    found: Any = training_class
    if not hasattr(found, "around"):
        found = with_surroundings(TrainingClass._base_manager.filter(pk=training_class.pk)).first()
    return dict(found.around) if found else NOTHING


def _surroundings() -> JSONObject:
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
    units = Unit.objects.filter(syllabus=OuterRef("syllabus")).order_by("position")
    held = Licence.objects.filter(organization=OuterRef("organization"))
    job = Licence.jobs.through.objects.filter(
        licence=OuterRef("pk"), job=OuterRef(OuterRef("syllabus__job"))
    )
    return JSONObject(
        **{name: number_of(rows) for name, rows in counts.items()},
        units=ArraySubquery(units.values(row=JSONObject(**{name: name for name in UNIT}))),
        licences=ArraySubquery(
            held.values(row=JSONObject(**{name: name for name in LICENCE}, covers=Exists(job)))
        ),
    )


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


def _licence(paper: Mapping[str, Any]) -> facts.LicenceFacts:
    first, last = (parse_date(paper[name]) for name in ("valid_from", "valid_until"))
    assert first
    assert last
    return facts.LicenceFacts(paper["number"], first, last, paper["covers"])


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


def planned_lesson(training_class: TrainingClass, lesson: Any) -> facts.PlannedLesson:
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
        stations=lesson.room.stations if lesson.for_this_job is None else lesson.for_this_job,
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


def _told(name: str, clash: Lesson | None, own: int) -> facts.Clash | None:
    """What may be said of a clash: of another institution its name, never its class."""
    if clash is None:
        return None
    held = clash.training_class
    ours = held.organization_id == own
    place = str(words.OWN_CLASS % {"title": held.title}) if ours else held.organization.name
    return facts.Clash(name, place, clash.starts_at)
