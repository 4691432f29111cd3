"""Keeping something going on in a demo that was built days ago: a lesson, an exam, an open class,
a patrol.

Whatever is missing today is added as it was at first: planned in the past, by the same verbs.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from zhupei.classes.models import Enrolment, Invitation, Lesson, TrainingClass
from zhupei.classes.models import State as ClassState
from zhupei.exams.models import State as SittingState
from zhupei.institutions.models import Room, RoomUse
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.portal.demo import classes, logins, patrols, script, sittings
from zhupei.portal.demo.names import Identity, chance
from zhupei.portal.demo.region import Body, School
from zhupei.portal.demo.stage import Story
from zhupei.syllabus.models import Syllabus
from zhupei.teachers.models import Teacher

JOB = "SGY-TJ"
LEARNERS = 8
NEAR = timedelta(days=3)  # a class of now keeps teachers and rooms from so long before to after


def missing(now: datetime) -> list[Story]:
    """The stories of what there is none of today."""
    found: list[Story] = []
    free = _free_people(now)
    sent = patrols.sent(now)
    if not logins.learner_of(now) or not (sent or patrols.going_on(now).exists()):
        found += _lesson(now, free[:LEARNERS])
    if not logins.guest_of(now):
        found += _class(now, free[LEARNERS : 2 * LEARNERS])
    if not logins.candidate_of(now):
        found += _exam(now)
    return found if sent else [*found, patrols.send(now)]


def _free_people(now: datetime) -> list[User]:
    """Learners with an account for a month at least, in no class and invited to none."""
    invited = Invitation.objects.open().values("id_index")
    free = User.objects.filter(
        person__isnull=False,
        memberships__isnull=True,
        person__registered_at__lt=now - timedelta(days=30),
        person__enrolments__isnull=True,
    ).exclude(person__id_index__in=invited)
    return list(free.select_related("person").order_by("pk"))


def _lesson(now: datetime, learners: list[User]) -> list[Story]:
    place = _free_school(now)
    if place is None or not learners:
        return []
    plan = _plan(now, place, learners, starts_in=-2)
    plan.running = script.lesson_now(now)
    return [classes.story(plan)]


def _class(now: datetime, people: list[User]) -> list[Story]:
    """A class that can be joined, and one person who was invited and has not answered."""
    place = _free_school(now + timedelta(days=6))
    if place is None or not people:
        return []
    guest, *learners = people
    plan = _plan(now, place, learners, starts_in=6)
    plan.unanswered = [_identity(guest)]
    return [classes.story(plan)]


def _plan(
    now: datetime, place: tuple[School, int], learners: list[User], *, starts_in: int
) -> classes.Plan:
    school, half = place
    number = 2 * TrainingClass.objects.count() + half  # its last bit chooses teachers and rooms
    return classes.Plan(
        school=school,
        syllabus=Syllabus.objects.published().filter(job__code=JOB).latest("pk"),
        starts_on=timezone.localdate(now) + timedelta(days=starts_in),
        learners=[_identity(user) for user in learners],
        random=chance(number),
        number=number,
        accounts={user.person.id_number: user for user in learners if user.person},
    )


def _identity(user: User) -> Identity:
    assert user.person
    return Identity(user.person.name, user.person.id_number, user.person.phone, "")


# ── Where there is room ──────────────────────────────────────────────────────────────────────


def _free_school(around: datetime) -> tuple[School, int] | None:
    """An institution with two teachers and a room nobody has taken for some days, and which; of
    the bureau the logins belong to, if there is one.
    """
    taken = Lesson.objects.filter(
        booked=True, starts_at__lt=around + NEAR, ends_at__gt=around - NEAR
    )
    rooms = set(taken.values_list("room", flat=True))
    teachers = set(taken.values_list("teacher", flat=True))
    schools = Organization.objects.filter(kind=Kind.INSTITUTION).order_by("pk")
    for organization in sorted(schools, key=lambda one: one.prefecture_id != patrols.HOME):
        school = find_school(organization)
        for half in (0, 1):
            if school and not (_rooms(school, half) & rooms or _teachers(school, half) & teachers):
                return school, half
    return None


def _rooms(school: School, half: int) -> set[int]:
    return {school.classrooms[half].pk, school.workshop.pk}


def _teachers(school: School, half: int) -> set[int]:
    return {teacher.pk for teacher in school.teachers[2 * half : 2 * half + 2]}


def find_school(organization: Organization) -> School | None:
    """An institution as the stories know it, when it has all they need."""
    registrar = _official(Role.REGISTRAR, organization)
    reviewer = User.objects.filter(
        memberships__role=Role.REVIEWER,
        memberships__organization__kind=Kind.PREFECTURE_AUTHORITY,
        memberships__organization__prefecture=organization.prefecture,
    ).first()
    teachers = list(Teacher.objects.engaged_by(organization).order_by("pk"))
    rooms = organization.rooms.order_by("pk")
    classrooms = list(rooms.filter(use=RoomUse.CLASSROOM))
    workshop = rooms.filter(use=RoomUse.WORKSHOP).first()
    if not (registrar and reviewer and workshop and len(teachers) >= 4 and len(classrooms) >= 2):  # noqa: PLR2004
        return None
    return School(organization, registrar, reviewer, teachers, classrooms, workshop)


def _official(role: Role, organization: Organization) -> User | None:
    """Somebody who does only this."""
    here = User.objects.filter(memberships__role=role, memberships__organization=organization)
    return here.filter(person__isnull=True).order_by("pk").first()


# ── The exam ─────────────────────────────────────────────────────────────────────────────────


def _exam(now: datetime) -> list[Story]:
    """For people who were trained and have not passed yet."""
    for organization in Organization.objects.filter(kind=Kind.ASSESSMENT_BODY).order_by("pk"):
        examiner = _official(Role.EXAMINER, organization)
        room = Room.objects.filter(organization=organization, use=RoomUse.COMPUTERS).first()
        waiting = _waiting(organization)
        if examiner and room and waiting:
            plan = sittings.Plan(
                body=Body(organization, examiner, room),
                blueprint=Blueprint.objects.published().filter(job__code=JOB).latest("pk"),
                starts_at=now,
                title=f"土建施工员理论考核（{timezone.localdate(now):%m月%d日}场）",
                enrolments=waiting,
                random=chance(organization.pk),
            )
            return [sittings.story(script.exam_now(plan, now))]
    return []


def _waiting(organization: Organization) -> list[Enrolment]:
    near = Q(training_class__prefecture=organization.prefecture)
    return list(
        Enrolment.objects.active()
        .filter(
            near, training_class__state=ClassState.FINISHED, training_class__syllabus__job__code=JOB
        )
        .exclude(person__candidacies__attempt__passed=True)
        .exclude(person__candidacies__sitting__state=SittingState.SEALED)
        .order_by("pk")
    )
