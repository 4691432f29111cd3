"""Builders for exams: a class whose hours are complete, and sittings in each state."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import make, make_papers
from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, Lesson, TrainingClass
from zhupei.core import files, longjobs
from zhupei.exams.actions import attempts, invigilators, materials, seating, sittings
from zhupei.exams.models import (
    Answer,
    Attempt,
    Candidate,
    Invigilator,
    Paper,
    Sitting,
    SlipBatch,
)
from zhupei.organizations.models import Role
from zhupei.papers.models import Blueprint
from zhupei.people.models import Consent, Purpose, User

HOUR = 45 * 60  # seconds of one 学时


def taught_class(world: SimpleNamespace, **fields: Any) -> TrainingClass:
    """A class in effect; each unit of the syllabus was taught in one lesson of its hours."""
    today = timezone.localdate()
    taught = TrainingClass.objects.create(
        **{
            "number": f"KB-{next(make.number):06d}",
            "organization": world.school,
            "prefecture": world.school.prefecture,
            "division": world.school.division,
            "syllabus": world.syllabus,
            "title": "土建施工员 第 1 期",
            "starts_on": today - timedelta(days=20),
            "ends_on": today - timedelta(days=10),
            "seats": 40,
            "room": world.room,
            "contact_phone": "0994-2345678",
            "state": "approved",
        }
        | fields
    )
    start = timezone.now() - timedelta(days=20)
    for day, unit in enumerate(taught.syllabus.units.all()):
        begins = start + timedelta(days=day)
        Lesson.objects.create(
            training_class=taught,
            unit=unit,
            kind="theory",
            starts_at=begins,
            ends_at=begins + timedelta(seconds=unit.hours * HOUR),
            teacher=world.teacher,
            room=world.room,
        )
    return taught


def trained(taught: TrainingClass, user: User, *, share: int = 100) -> Enrolment:
    """Enrolled, ``share`` percent of every unit credited, and consenting to be examined."""
    enrolment = Enrolment.objects.create(
        training_class=taught, person=user.person, enrolled_at=timezone.now()
    )
    Consent.objects.get_or_create(
        person=user.person, purpose=Purpose.EXAM, defaults={"wording_version": "1"}
    )
    Attendance.objects.bulk_create(
        Attendance(
            lesson=lesson,
            enrolment=enrolment,
            method="scan",
            arrived_at=lesson.starts_at,
            left_at=lesson.ends_at,
            credited_seconds=lesson.seconds * share // 100,
        )
        for lesson in taught.lessons.all()
    )
    return enrolment


def plan(world: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    """The fields of a sitting, as its form gives them."""
    return {
        "title": "土建施工员 理论考核",
        "job": world.syllabus.job,
        "blueprint": blueprint(world),
        "room": world.exam_room,
        "starts_at": timezone.now() + timedelta(days=3),
        "minutes": 60,
    } | fields


def blueprint(world: SimpleNamespace) -> Blueprint:
    """The one blueprint of the world: 20 items in the proportions of its bank."""
    if not hasattr(world, "blueprint"):
        world.blueprint = make_papers.published_blueprint(world, overlap=100)
    return world.blueprint


def draft_sitting(world: SimpleNamespace, **fields: Any) -> Sitting:
    return sittings.draft(world.body, by=world.chen, **plan(world, **fields))


def notified_sitting(world: SimpleNamespace, **fields: Any) -> Sitting:
    return sittings.notify(draft_sitting(world, **fields), by=world.chen)


def sealed_sitting(
    world: SimpleNamespace, *users: User, open_door: bool = True, **fields: Any
) -> Sitting:
    """Sealed, with these people trained and seated (Adil when nobody is named)."""
    taught = taught_class(world)
    sitting = notified_sitting(world, **fields)
    enrolments = [trained(taught, user) for user in users or (world.adil,)]
    sittings.seat(sitting, enrolments, by=world.chen)
    watch(sitting, by=world.chen)
    sitting = sittings.seal(sitting, by=world.chen)
    return at_the_hour(sitting) if open_door else sitting


def at_the_hour(sitting: Sitting) -> Sitting:
    """Nobody asks at its door: everybody begins at the hour."""
    sitting.needs_admission = False
    sitting.save(update_fields=["needs_admission"])
    return sitting


def watch(sitting: Sitting, *, by: User, count: int = 2) -> list[Invigilator]:
    """So many invigilators of the body, who have agreed and have to do with nobody's training."""
    called = []
    for _ in range(count):
        who = make.member(f"监考员{next(make.number)}", Role.INVIGILATOR, sitting.organization)
        called.append(invigilators.accept(invigilators.call(sitting, who, by=by), by=who))
    return called


def seat_of(sitting: Sitting, user: User) -> Candidate:
    return Candidate.objects.get(sitting=sitting, person=user.person)


def during(sitting: Sitting, minutes: float = 1) -> datetime:
    """A moment in the sitting, to travel to."""
    return sitting.starts_at + timedelta(minutes=minutes)


def answer(attempt: Attempt, choices: Mapping[int, str]) -> None:
    """Store answers as the hot process would have."""
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(
            attempt_id=attempt.pk,
            item=item,
            choice=choice,
            turn=int(now.timestamp() * 1000),
            saved_at=now,
        )
        for item, choice in choices.items()
    )


def paper_of(sitting: Sitting, number: int = 1) -> Paper:
    return sitting.papers.get(number=number)


def attempt_of(sitting: Sitting, user: User) -> Attempt:
    """Made at the sealing, begun or not."""
    return Attempt.objects.get(sitting=sitting, candidate__person=user.person)


def right(sitting: Sitting, count: int | None = None) -> dict[int, str]:
    """The key of the first ``count`` items (all of them unless told) of form A; with the bank of
    ``make.published_questions`` that of every form.
    """
    keys = sorted(paper_of(sitting).keys.items())
    return dict(keys[:count])


def started_attempt(sitting: Sitting, user: User) -> Attempt:
    """Call it during the sitting."""
    return attempts.start(seat_of(sitting, user), by=user)


SITE_PEOPLE = {"exams": "chen", "exams:ask": "li"}
SITE_OBJECTS = {
    "exams": {"pk": "sitting", "attempt": "attempt", "candidate": "candidate", "name": "close"},
    "exams:step": {"pk": "coming_sitting", "name": "seal"},
    "exams:reseat": {"pk": "coming_sitting", "candidate": "coming_candidate"},
    "exams:answer-call": {"pk": "coming_sitting", "called": "invigilator", "name": "accept"},
    "exams:paper": {"pk": "sitting", "kind": "door"},
    "exams:slip-file": {"pk": "slip_batch"},
    "exams:reply": {"pk": "sitting", "question": "plan_question"},
    "sit:slip": {"pk": "candidate"},
    "sit:rehearsal-form": {"sha256": "rehearsal_form"},
}


def for_the_site(world: SimpleNamespace, sitting: Sitting) -> dict[str, Any]:
    """One of each thing about a sitting: one to come, who is asked to watch it, its papers."""
    coming = notified_sitting(world, starts_at=timezone.now() + timedelta(days=20))
    somebody = trained(taught_class(world, title="土建施工员 第 9 期"), make.learner())
    (candidate,) = seating.seat(coming, [somebody], by=world.chen)
    who = make.member("监考员候选", Role.INVIGILATOR, world.body)
    job = longjobs.ask("准考证", by=world.chen)
    slips = files.keep(b"%PDF-1.7", name="x.pdf", media_type="application/pdf", by=world.chen)
    return {
        "coming_sitting": coming,
        "coming_candidate": candidate,
        "invigilator": invigilators.call(coming, who, by=world.chen),
        "slip_batch": SlipBatch.objects.create(sitting=sitting, job=job, file=slips),
        "plan_question": materials.ask(sitting, by=world.li, text="监考几人？"),
    }
