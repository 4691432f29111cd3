"""The pre-check of a plan for people: gathers the facts, asks the rules, finds the words.

Four questions to the database, however many lessons, people and documents there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise

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
from zhupei.classes.rules import plan as rules
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR
from zhupei.core.errors import Refused
from zhupei.core.parameters import Setting, settings_of
from zhupei.core.templatetags.ui import beijing
from zhupei.institutions.models import Licence
from zhupei.syllabus.models import Unit
from zhupei.teachers.models import Engagement

LIMITS = (parameters.TEACHERS, parameters.DAILY_HOURS, parameters.LEARNERS_PER_STATION)
SHOWN = 5  # cases told in one sentence


@dataclass(frozen=True)
class Check:
    """One row of the pre-check, as ``core/_precheck.html`` shows it."""

    tone: str
    title: str | Promise
    facts: str
    law: str
    code: str
    field: str
    url: str = ""


@dataclass(frozen=True)
class Report:
    """The pre-check of one plan and what it was judged from."""

    plan: facts.Plan
    checks: list[Check]
    lessons: list[Lesson]
    settings: dict[str, Setting]

    def count(self, tone: str) -> int:
        return sum(check.tone == tone for check in self.checks)

    @property
    def bad(self) -> list[Check]:
        return [check for check in self.checks if check.tone == "bad"]


def with_counts(classes: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    """Adds ``counts``: people and papers, so that a report need not ask for them."""
    return classes.annotate(counts=_counted())


def report(training_class: TrainingClass) -> Report:
    """Judge a plan as it is now."""
    lessons = lessons_of(training_class)
    settings = _settings(training_class)
    plan = _facts(training_class, lessons, settings)
    checks = [_check(finding) for finding in rules.precheck(plan)]
    return Report(plan, checks, lessons, settings)


def refusals(training_class: TrainingClass) -> list[Refused]:
    """What stops the plan from being submitted, each with its own code."""
    found = rules.precheck(
        _facts(training_class, lessons_of(training_class), _settings(training_class))
    )
    return [
        Refused(bad.code, "%(words)s", field=bad.field, words=_in_full(bad))
        for bad in found
        if bad.tone is facts.Tone.BAD
    ]


def _in_full(finding: facts.Finding) -> str:
    words_of = {
        "title": words.FINDINGS[finding.code].title,
        "facts": sentence(finding),
        "law": finding.law,
    }
    return str(words.IN_FULL) % words_of


def bars(
    units: Iterable[facts.UnitHours], lessons: Sequence[facts.PlannedLesson]
) -> list[dict[str, Any]]:
    """Hours of each unit, as the tag ``hours_bars`` wants them."""
    return [
        {
            "label": f"{unit.position} {unit.title}",
            "theory": rules.planned(lessons, unit, practice=False),
            "online": 0,
            "practice": rules.planned(lessons, unit, practice=True),
            "required": unit.required,
        }
        for unit in units
    ]


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


def _settings(training_class: TrainingClass) -> dict[str, Setting]:
    return settings_of(*LIMITS, parameters.MODE, prefecture=training_class.prefecture_id)


def _facts(
    training_class: TrainingClass, lessons: Sequence[Lesson], settings: Mapping[str, Setting]
) -> facts.Plan:
    counts = _counts(training_class)
    return facts.Plan(
        today=timezone.localdate(),
        starts_on=training_class.starts_on,
        ends_on=training_class.ends_on,
        seats=training_class.seats,
        job=str(training_class.syllabus.job),
        away_from_home=training_class.prefecture_id != training_class.organization.prefecture_id,
        units=units_of(Unit.objects.filter(syllabus=training_class.syllabus_id)),
        lessons=[planned_lesson(training_class, lesson) for lesson in lessons],
        licences=_licences(training_class),
        roster=facts.RosterFacts(
            counts["waiting"], counts["confirmed"], counts["declined"], counts["enrolled"]
        ),
        has_scheme=bool(training_class.practice_scheme.strip() or counts["schemes"]),
        documents=counts["papers"],
        submitted=training_class.state not in (State.DRAFT, State.RETURNED),
        limits=facts.Limits(*(settings[parameter.key].value for parameter in LIMITS)),
    )


def _counts(training_class: TrainingClass) -> dict[str, int]:
    found: Any = training_class
    if not hasattr(found, "counts"):
        found = with_counts(TrainingClass._base_manager.filter(pk=training_class.pk)).get()
    return dict(found.counts)


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
        stations=lesson.room.stations,
        teacher_clash=_told(str(lesson.teacher), lesson.teacher_clash, own),
        room_clash=_told(str(lesson.room), lesson.room_clash, own),
    )


def _told(name: str, clash: Mapping[str, Any] | None, own: int) -> facts.Clash | None:
    """What may be said of a clash: of another institution its name, never its class."""
    if clash is None:
        return None
    own_class = words.OWN_CLASS % {"title": clash["title"]}
    place = str(own_class) if clash["owner"] == own else clash["organization"]
    starts_at = parse_datetime(clash["starts_at"])
    assert starts_at
    return facts.Clash(name, place, starts_at)


# Words


def _check(finding: facts.Finding) -> Check:
    phrase = words.FINDINGS[finding.code]
    return Check(
        finding.tone.value,
        phrase.title,
        sentence(finding),
        finding.law,
        finding.code,
        finding.field,
    )


def sentence(finding: facts.Finding) -> str:
    """The facts of a finding as one sentence."""
    phrase = words.FINDINGS[finding.code]
    cases = [str(phrase.item) % _readable(item) for item in finding.items[:SHOWN]]
    if len(finding.items) > SHOWN:
        cases.append(str(words.AND_MORE) % {"count": len(finding.items) - SHOWN})
    return str(phrase.sentence) % (_readable(finding.facts) | {"items": "；".join(cases)})


def _readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and moments as people write them."""
    return {
        name: beijing(value) if isinstance(value, date | datetime) else value
        for name, value in facts.items()
    }
