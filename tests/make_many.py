"""Many rows where the site has one, for questions of cost. Copies only: no rule is asked."""

import copy
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import models

from tests import (
    make,
    make_assistance,
    make_complaints,
    make_corrections,
    make_credit,
    make_evaluation,
    make_inspections,
    make_leads,
    make_live,
    make_measures,
    make_patrols,
    make_questions,
)
from zhupei.analysis.models import ItemFigures, Lead, SittingFigures
from zhupei.archives.models import Package
from zhupei.attendance.models import Attendance, Correction, PaperSheet
from zhupei.certificates.models import Certificate
from zhupei.classes.models import (
    ClassDocument,
    Draw,
    Enrolment,
    Invitation,
    Lesson,
    SecondReading,
    TrainingClass,
    Waiting,
)
from zhupei.core.crypto import blind_index
from zhupei.core.models import Letter, Message, StoredFile, TextMessage
from zhupei.exams.models import Attempt, Candidate, PlanQuestion, Sitting
from zhupei.exams.models import Plan as ExamPlan
from zhupei.feedback.models import FollowUp, Remark
from zhupei.filings.models import Copy, Filing
from zhupei.institutions.models import (
    Admission,
    Consumable,
    ConsumableEntry,
    Equipment,
    EquipmentUse,
    Licence,
    Platform,
    Room,
    StaffMember,
    Station,
)
from zhupei.invigilation.models import Incident
from zhupei.organizations.models import Membership, Organization
from zhupei.oversight.models import Suspension
from zhupei.papers.models import Assembly, Blueprint
from zhupei.people.models import Consent, Merger, Person, User
from zhupei.practical.models import Rubric, Session, Sheet, Turn
from zhupei.questions.models import QuestionSet
from zhupei.syllabus.models import Job, JobCode, Syllabus, Textbook, Topic, Unit
from zhupei.teachers.models import Engagement, Qualification, Study, Teacher
from zhupei.teaching.models import ClassBook, Evidence, HandOut, LessonLog, TeachingCheck
from zhupei.venues.models import (
    Designation,
    DesignationDocument,
    ExamRoom,
    RoomCheck,
    Seat,
    Site,
)

number = count(1)


def many(rows: Sequence[Any], wanted: int, **changes: Any) -> list[Any]:
    """``wanted`` copies of ``rows`` in turn. A change is a value, a list (its nth) or a function
    of the original; what is unique by itself gets a text of its own.
    """
    made = [_copy(rows[n % len(rows)], n, changes) for n in range(wanted) if rows]
    assert made, "the site has none of these to copy"
    return made[0]._meta.model._base_manager.bulk_create(made)


def _copy(row: Any, n: int, changes: dict[str, Any]) -> Any:
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new._state.fields_cache = {}
    new._state.adding = True
    new.pk = uuid4() if isinstance(row._meta.pk, models.UUIDField) else None
    for field in row._meta.local_fields:
        if field.unique and not field.primary_key and not field.is_relation:
            setattr(new, field.attname, _other(field, getattr(row, field.attname)))
    for name, value in changes.items():
        told = value[n] if isinstance(value, list) else value
        setattr(new, name, told(row) if callable(told) else told)
    return new


def _other(field: Any, value: Any) -> Any:
    if not isinstance(field, models.CharField | models.TextField) or value is None:
        return value
    return f"{next(number):07d}{value}"[: field.max_length]


def new_text(name: str) -> Any:
    """A change: the text of the original with a number of its own."""
    return lambda row: f"{getattr(row, name)}{next(number)}"


def crowd(wanted: int) -> list[Person]:
    """People of one name who were born on one day: each looks like all others."""
    made = []
    for n in (next(number) for _ in range(wanted)):
        identity = make.id_number(n, make.date(1960 + n // 1000, 1, 1))
        made.append(
            Person(
                name=f"学员{n % 2}",
                id_number=identity,
                id_index=blind_index(f"{identity}{n}", purpose="id_number"),
                id_last_four=identity[-4:],
                birth_date=make.date(1990, 1, 1),
                phone=f"137{n:08d}",
                phone_index=blind_index(f"137{n:08d}", purpose="phone"),
            )
        )
    people = Person.objects.bulk_create(made)
    User.objects.bulk_create(
        User(username=f"many{one.pk}", name=one.name, person=one, password="!") for one in people
    )
    return people


def workers(wanted: int) -> list[User]:
    return User.objects.bulk_create(
        User(username=f"worker{next(number)}", name="同事", password="!") for _ in range(wanted)
    )


def every(model: type[models.Model], **only: Any) -> list[Any]:
    return list(model._base_manager.filter(**only).order_by("pk"))


def grow(site: SimpleNamespace, world: SimpleNamespace, wanted: int) -> None:
    """``wanted`` more of everything a page lists."""
    people, things = crowd(wanted), site.objects
    _bodies(wanted)
    _teachers(things, crowd(wanted), wanted)
    _knowledge(things, wanted)
    _classes(things, people, wanted)
    _exams(things, people, wanted)
    make_patrols.grow(things, wanted, many, every)
    make_inspections.grow(things, wanted, many, every)
    for user in (world.adil, world.aygul):
        many(every(Message), wanted, recipient=user)
    many(every(TextMessage), wanted)
    make_complaints.grow(things, wanted)
    many(every(Letter), wanted)
    many(every(Merger), wanted, duplicate=crowd(wanted))


def _bodies(wanted: int) -> None:
    schools = every(Organization, kind="institution")
    new = many(schools, wanted, uscc="")
    many(every(Admission), wanted, organization=new)
    many(every(Licence), wanted)
    many(every(Licence), wanted, organization=new)
    many(every(StaffMember), wanted, post="manager", organization=new)
    home = schools[0]
    many(every(StaffMember, organization=home), wanted, post="manager")
    many(every(Membership, organization=home), wanted, user=workers(wanted))
    many(every(Membership, organization=home), wanted, user=workers(wanted), organization=new)
    many(every(Suspension), wanted, organization=new)
    make_credit.grow(home, new, wanted)
    make_corrections.grow(new, wanted)
    make_assistance.grow(new, wanted)
    make_measures.grow(home, new, wanted)
    make_evaluation.grow(new, wanted)
    rooms = many(every(Room, organization=home), wanted, name=new_text("name"))
    many(every(Station), wanted, room=rooms)
    pieces = many(every(Equipment), wanted, number=new_text("number"))
    many(every(EquipmentUse), wanted, number="", equipment=pieces)
    stuff = many(every(Consumable), wanted, name=new_text("name"))
    many(every(ConsumableEntry), wanted, number="", consumable=stuff)
    many(every(ConsumableEntry), wanted, number="")
    many(every(EquipmentUse), wanted, number="")
    many(every(Platform), wanted, name=new_text("name"))
    filings = many(every(Filing), wanted)
    for one in every(Copy)[:2]:
        many([one], wanted, filing=filings)


def _teachers(things: dict[str, Any], people: list[Person], wanted: int) -> None:
    new = many(every(Teacher), wanted, person=people)
    trade = make.job()
    Teacher.trades.through.objects.bulk_create(
        Teacher.trades.through(teacher=one, job=trade) for one in new
    )
    for place in every(Organization, kind="institution")[:2]:
        many(
            every(Engagement), wanted, teacher=new, organization=place, full_time=False, until=None
        )
    for model in (Qualification, Study):
        many(every(model), wanted)
        many(every(model), wanted, teacher=new)


def _knowledge(things: dict[str, Any], wanted: int) -> None:
    jobs = many(every(Job), wanted)
    many(every(JobCode), wanted, job=jobs)
    many(every(Syllabus), wanted, version=new_text("version"))
    draft = things["draft_syllabus"]
    units = many(every(Unit, syllabus=draft), wanted, position=[_place() for _ in range(wanted)])
    for unit in units:
        many(every(Topic)[:1], 1, unit=unit)
    many(every(Topic, unit=things["unit"]), wanted, position=[_place() for _ in range(wanted)])
    many(every(Textbook), wanted, isbn=lambda _row: f"9787{next(number):09d}")
    sets = every(QuestionSet)
    many(sets, wanted, title=new_text("title"))
    make_questions.grow(things, wanted)
    many(every(Blueprint), wanted, title=new_text("title"))
    for key in ("draft_blueprint", "published_blueprint"):
        many(every(Assembly), wanted, blueprint_id=things[key])


def _place() -> int:
    return 100 + next(number)


def _classes(things: dict[str, Any], people: list[Person], wanted: int) -> None:
    new = many(every(TrainingClass), wanted)
    days = [make.LONG_AGO + timedelta(days=next(number)) for _ in range(wanted)]
    many(every(SecondReading), wanted, training_class=new)
    make_live.grow(things, new, wanted)
    make_leads.grow(things, wanted)
    many(every(Draw), wanted, day=days)
    many(every(ClassDocument), wanted)
    for home in (things["taught"], things["planned"]):
        many(
            every(Invitation)[:1],
            wanted,
            training_class_id=home,
            id_index=lambda _row: f"{next(number):064d}",
            state="open",
        )
    many(every(Waiting), wanted, person=people)
    LessonLog.objects.bulk_create(
        LessonLog(
            lesson=one,
            training_class_id=one.training_class_id,
            content="识图",
            taught_by_id=one.teacher_id,
            written_by=User.objects.get(username="ma"),
            written_at=one.ends_at,
        )
        for one in _lessons(things["taught"], wanted)
    )
    seats = many(every(Enrolment, pk=things["enrolment"]), wanted, person=people, invitation=None)
    mine = every(Enrolment, pk=things["enrolment"])
    many(mine, wanted, training_class=new, invitation=None, came_from=None)
    for model in (Attendance, Correction, FollowUp):
        many(every(model), wanted, enrolment=seats)
    many(every(PaperSheet), wanted)
    files = many(every(StoredFile)[:1], wanted, path=lambda _row: f"many/{next(number)}")
    many(every(Evidence), wanted, file=files)
    many(every(TeachingCheck), wanted)
    books = every(Textbook)[-wanted:]
    many(every(ClassBook), wanted, textbook=books)
    many(every(HandOut), wanted, enrolment=seats)
    Remark.objects.bulk_create(
        Remark(training_class_id=things["taught"], text="很好") for _ in range(wanted)
    )
    many(every(Consent), wanted, withdrawn_at=lambda row: row.given_at + timedelta(days=1))


def _lessons(training_class: int, wanted: int) -> list[Lesson]:
    """More lessons of one class, each on a day of its own before the others."""
    days = [timedelta(days=500 + next(number)) for _ in range(wanted)]
    first = Lesson.objects.filter(training_class=training_class).earliest("pk")
    return many(
        [first],
        wanted,
        booked=False,
        starts_at=[first.starts_at - day for day in days],
        ends_at=[first.ends_at - day for day in days],
    )


def _exams(things: dict[str, Any], people: list[Person], wanted: int) -> None:
    more = many(every(Sitting), wanted)
    many(every(SittingFigures), wanted, sitting=more)
    numbers = [_place() for _ in range(wanted)]
    seats = many(
        every(Candidate, pk=things["candidate"]), wanted, person=people, seat=numbers, place=None
    )
    many(every(Incident), wanted, candidate=seats)
    many(every(Lead), wanted, first=seats)
    places = [_place() for _ in range(wanted)]
    many(every(ItemFigures, study=things["studied_sitting"]), wanted, place=places)
    attempts = many(every(Attempt), wanted, candidate=seats)
    many(every(Certificate), wanted, attempt=attempts, person=people)
    many(every(PlanQuestion), wanted)
    many(every(ExamPlan, pk=things["exam_plan"]), wanted, number=None)
    many(every(Package), wanted)
    _venues(things, wanted)
    _practical(things, people, wanted)


def _practical(things: dict[str, Any], people: list[Person], wanted: int) -> None:
    many(every(Rubric, pk=things["rubric"]), wanted, version=new_text("version"))
    many(every(Session, pk=things["practical_session"]), wanted, number=None, state="draft")
    many(every(Session, pk=things["planned_session"]), wanted)
    days = [timedelta(days=500 + next(number)) for _ in range(wanted)]
    turn = Turn.objects.get(pk=things["practical_turn"])
    moments = {
        "starts_at": [turn.starts_at + day for day in days],
        "ends_at": [turn.ends_at + day for day in days],
    }
    turns = many([turn], wanted, person=people, **moments)
    for place in (1, 2):
        many(every(Sheet, turn=turn, place=place), wanted, turn=turns, **moments)


def _venues(things: dict[str, Any], wanted: int) -> None:
    many(every(Site), wanted, name=new_text("name"))
    many(every(Designation), wanted, number=None)
    many(every(DesignationDocument), wanted)
    seat = every(Seat, pk=things["seat"])
    many(seat, wanted, number=lambda _row: _place(), row=2, column=lambda _row: _place())
    many(every(RoomCheck), wanted)
    rooms = every(Room)[-wanted:]
    many(every(ExamRoom, pk=things["exam_place"]), len(rooms), room=rooms)
