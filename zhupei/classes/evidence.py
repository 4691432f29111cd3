"""What a reviewer looks at for each item of the checklist: rows as the evidence pages show them.

A few questions to the database for each item, however many people and files there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from zhupei.classes import precheck, returns
from zhupei.classes.models import (
    ClassDocument,
    DocumentKind,
    Enrolment,
    Invitation,
    InvitationState,
    Lesson,
    TrainingClass,
)
from zhupei.classes.precheck import Report
from zhupei.core.models import StoredFile
from zhupei.filings.models import Filing, FilingDocument
from zhupei.institutions.models import Admission, Licence, Room, StaffMember, Station
from zhupei.syllabus.models import Textbook
from zhupei.teachers.models import Engagement, Qualification, Teacher

ALIKE = 3  # so many people of one employer are worth a line of their own


def of(training_class: TrainingClass, item: str, report: Report) -> dict[str, Any]:
    """The rows of one item of the checklist."""
    return GATHERED[item](training_class, report)


def files(training_class: TrainingClass) -> QuerySet[StoredFile]:
    """Every file that is evidence of this plan, and no other."""
    taught = Teacher.objects.filter(lessons__training_class=training_class)
    owner = training_class.organization_id
    engaged = Engagement.objects.filter(teacher__in=taught, organization=owner)
    lessons = Lesson.objects.filter(training_class=training_class)
    away = FilingDocument.objects.filter(filing__in=_covering(training_class))
    evidence = (
        ClassDocument.objects.filter(training_class=training_class).values("file"),
        Qualification.objects.filter(teacher__in=taught).values("file"),
        engaged.values("contract"),
        engaged.values("insurance"),
        Room.objects.filter(pk__in=lessons.values("room")).values("fire_paper"),
        StaffMember.objects.filter(organization=owner).values("proof"),
        away.values("file"),
    )
    wanted = Q()
    for rows in evidence:
        wanted |= Q(pk__in=rows)
    return StoredFile.objects.filter(wanted)


def _roster(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
    invited = Invitation.objects.standing().filter(training_class=training_class)
    invited = invited.exclude(state=InvitationState.WITHDRAWN)
    alone = Enrolment.objects.active().filter(training_class=training_class, invitation=None)
    people = [
        {
            "name": one.name,
            "last_four": one.id_last_four,
            "employer": one.employer,
            "state": one.get_state_display(),
        }
        for one in invited.defer("id_number", "phone").order_by("employer", "name")
    ]
    people += [
        {
            "name": one.person.name,
            "last_four": one.person.id_last_four,
            "employer": "",
            "state": one.get_state_display(),
        }
        for one in alone.select_related("person").order_by("pk")
    ]
    employers = Counter(one["employer"] for one in people if one["employer"])
    many = [(name, count) for name, count in employers.most_common() if count >= ALIKE]
    return {"people": people, "employers": many}


def _timetable(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
    days = groupby(report.lessons, key=lambda lesson: timezone.localdate(lesson.starts_at))
    return {
        "days": [{"day": day, "lessons": list(lessons)} for day, lessons in days],
        "bars": precheck.bars(report.plan.units, report.plan.lessons),
    }


def _teachers(training_class: TrainingClass, report: Report) -> dict[str, Any]:
    engaged = Engagement.objects.filter(
        organization=training_class.organization_id, until__isnull=True
    ).select_related("contract", "insurance")
    found = (
        Teacher.objects.filter(pk__in={lesson.teacher_id for lesson in report.lessons})
        .select_related("person")
        .prefetch_related(
            "trades",
            Prefetch("qualifications", Qualification.objects.select_related("file").order_by("pk")),
            Prefetch("engagements", engaged, to_attr="engaged_here"),
        )
    )
    return {"teachers": [_teacher(one, report.lessons) for one in found.order_by("person__name")]}


def _teacher(teacher: Any, lessons: Iterable[Lesson]) -> dict[str, Any]:
    own = [lesson for lesson in lessons if lesson.teacher_id == teacher.pk]
    units = dict.fromkeys(f"{lesson.unit.position} {lesson.unit.title}" for lesson in own)
    return {
        "teacher": teacher,
        "trades": "、".join(str(job) for job in teacher.trades.all()),
        "engagement": next(iter(teacher.engaged_here), None),
        "seconds": sum(lesson.seconds for lesson in own),
        "units": list(units),
    }


def _rooms(training_class: TrainingClass, report: Report) -> dict[str, Any]:
    used = {lesson.room_id for lesson in report.lessons} | {training_class.room_id}
    rooms = Room.objects.filter(pk__in=used).select_related("fire_paper").order_by("name")
    stations = Station.objects.filter(room__in=used).select_related("job", "room")
    return {"rooms": list(rooms), "stations": list(stations.order_by("room__name", "job__name"))}


def _documents(kind: DocumentKind) -> Callable[[TrainingClass, Report], dict[str, Any]]:
    def gather(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
        found = training_class.documents.filter(kind=kind).select_related("file")
        return {"files": list(found.order_by("pk"))}

    return gather


def _practice(training_class: TrainingClass, report: Report) -> dict[str, Any]:
    files = _documents(DocumentKind.PRACTICE_SCHEME)(training_class, report)
    return files | {"scheme": training_class.practice_scheme}


def _resources(training_class: TrainingClass, report: Report) -> dict[str, Any]:
    books = Textbook.objects.approved().filter(jobs=training_class.syllabus.job_id)
    return _documents(DocumentKind.RESOURCE)(training_class, report) | {"books": list(books)}


def _licence(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
    owner = training_class.organization_id
    licences = Licence.objects.filter(organization=owner).prefetch_related("jobs")
    return {
        "licences": list(licences.order_by("-valid_until")),
        "admission": Admission.objects.filter(organization=owner).first(),
    }


def _staffing(training_class: TrainingClass, report: Report) -> dict[str, Any]:
    owner = training_class.organization_id
    staff = StaffMember.objects.filter(organization=owner).on(training_class.starts_on)
    return {
        "verdicts": report.staff,
        "staff": list(staff.select_related("proof").order_by("post", "name")),
    }


def _filing(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
    papers = Prefetch("documents", FilingDocument.objects.select_related("file"))
    found = _covering(training_class).select_related("prefecture", "division")
    return {"filings": list(found.prefetch_related("jobs", papers))}


def _covering(training_class: TrainingClass) -> QuerySet[Filing]:
    plan = training_class
    return Filing.objects.covering(
        plan.organization, plan.prefecture_id, plan.syllabus.job, plan.starts_on, plan.ends_on
    )


def _changes(training_class: TrainingClass, report: Report) -> dict[str, Any]:  # noqa: ARG001
    return returns.compared(training_class)


GATHERED: dict[str, Callable[[TrainingClass, Report], dict[str, Any]]] = {
    "changes": _changes,
    "roster": _roster,
    "timetable": _timetable,
    "teachers": _teachers,
    "rooms": _rooms,
    "lesson_plans": _documents(DocumentKind.LESSON_PLAN),
    "practice": _practice,
    "resources": _resources,
    "licence": _licence,
    "staffing": _staffing,
    "filing": _filing,
}
