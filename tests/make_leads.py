"""Builders for leads: what the record says that cannot be."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import make, make_exams
from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, Lesson, TrainingClass
from zhupei.core import longjobs
from zhupei.leads.actions import judging, searching
from zhupei.leads.finders import Window
from zhupei.leads.models import Lead, LeadPlace
from zhupei.people.models import User

LENGTH = timedelta(hours=3)


def a_class(world: SimpleNamespace, *users: User, **fields: Any) -> TrainingClass:
    """A class in effect with these people in it and no lessons yet."""
    held = make_exams.taught_class(world, **fields)
    held.lessons.all().delete()
    for user in users:
        enrolled = {"training_class": held, "person": user.person}
        Enrolment.objects.create(enrolled_at=timezone.now(), **enrolled)
    return held


def lesson(
    held: TrainingClass, world: SimpleNamespace, starts_at: datetime, **fields: Any
) -> Lesson:
    """Three hours, in the first room unless told."""
    return Lesson.objects.create(
        **{
            "training_class": held,
            "unit": held.syllabus.units.first(),
            "kind": "theory",
            "starts_at": starts_at,
            "ends_at": starts_at + LENGTH,
            "teacher": world.teacher,
            "room": world.room,
        }
        | fields
    )


def signed(at: Lesson, user: User, moment: datetime | None = None, **fields: Any) -> Attendance:
    """``user`` signed in themself, at the start unless told."""
    when = moment or at.starts_at
    return Attendance.objects.create(
        **{
            "lesson": at,
            "enrolment": Enrolment.objects.get(
                training_class=at.training_class_id, person=user.person
            ),
            "method": "scan",
            "arrived_at": when,
            "signed_at": when,
            "credited_seconds": at.seconds,
        }
        | fields
    )


def yesterday(hour: int = 9) -> datetime:
    now = timezone.localtime() - timedelta(days=1)
    return now.replace(hour=hour, minute=0, second=0, microsecond=0)


def two_places(
    world: SimpleNamespace, user: User, *, far: bool = True
) -> tuple[Attendance, Attendance]:
    """Yesterday ``user`` was in Aygul's class and an hour later in Wang's in Kashgar; or, not
    ``far``, in another one of Aygul's.
    """
    here = a_class(world, user)
    kashgar = {
        "organization": world.other_school,
        "prefecture": world.other_school.prefecture,
        "division": world.other_school.division,
    }
    there = a_class(world, user, **(kashgar if far else {}))
    other_room = make.room(there.organization)
    first = lesson(here, world, yesterday())
    second = lesson(there, world, yesterday(10), room=other_room)
    return signed(first, user), signed(second, user)


def window(days: int = 30, ahead: int = 1) -> Window:
    now = timezone.now()
    return Window(now - timedelta(days=days), now + timedelta(days=ahead))


def lead(world: SimpleNamespace, *, user: User | None = None, far: bool = True) -> Lead:
    """One person in two places, of two prefectures when ``far``."""
    two_places(world, user or world.adil, far=far)
    searching.search(window())
    return Lead.objects.latest("pk")


def crowd(held: TrainingClass, wanted: int) -> Sequence[User]:
    """So many people more in a class."""
    users = [make.learner() for _ in range(wanted)]
    Enrolment.objects.bulk_create(
        Enrolment(training_class=held, person=user.person, enrolled_at=timezone.now())
        for user in users
    )
    return users


def muddle(world: SimpleNamespace, seed: int) -> None:
    """Three classes, lessons all over a day, people who sign in wherever, with few phones."""
    chance = random.Random(seed)
    users = [make.learner() for _ in range(6)]
    rooms = [world.room, world.workshop]
    for place in range(3):
        held = a_class(world, *users)
        for slot in (0, 4, 8):
            minutes = 60 * slot + chance.randrange(0, 60)
            starts = yesterday(8) + timedelta(minutes=minutes)
            at = lesson(held, world, starts, room=rooms[place % 2])
            for user in users:
                if chance.random() < 0.7:
                    _muddled(at, user, chance)


def _muddled(at: Lesson, user: User, chance: random.Random) -> None:
    moment = at.starts_at + timedelta(seconds=chance.randrange(-600, 9000))
    left = moment + timedelta(minutes=chance.randrange(0, 200)) if chance.random() < 0.3 else None
    denied = chance.random() < 0.1
    signed(
        at,
        user,
        moment,
        left_at=None if denied else left,
        device=chance.choice(["", "p1", "p2", "p3"]),
        waiting=not denied and chance.random() < 0.1,
        credited_seconds=0,
        **({"arrived_at": None, "signed_at": None} if denied else {}),
    )


SITE_PEOPLE = {"leads": "li", "leads:rules": "aygul"}
SITE_OBJECTS = {
    "leads": {"pk": "stand_in_lead"},
    "leads:hand-on": {"pk": "confirmed_lead"},
    "leads:move": {"pk": "stand_in_lead", "name": "dismiss"},
    "leads:searching": {"pk": "lead_search"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """Two leads about Sun and Mayra, one confirmed; and a search Li asked for."""
    made = lead(world, user=world.sun, far=False)
    other = lead(world, user=world.mayra, far=False)
    judging.confirm(other, by=world.li, note="两处签到不可能")
    return {
        "stand_in_lead": made,
        "confirmed_lead": other,
        "lead_search": longjobs.ask("查找线索", by=world.li),
    }


def grow(things: dict[str, Any], wanted: int) -> None:
    """More leads of the same body, and more evidence in the one of the site."""
    one = Lead.objects.get(pk=things["stand_in_lead"])
    first = Lead.objects.count()
    made = Lead.objects.bulk_create(
        Lead(
            rule=one.rule,
            key=f"many{first + n}",
            title=one.title,
            organization=one.organization,
            happened_on=one.happened_on,
            evidence=one.evidence,
            figures=one.figures,
            found_at=one.found_at,
        )
        for n in range(wanted)
    )
    place = one.places.first()
    assert place is not None
    LeadPlace.objects.bulk_create(
        LeadPlace(lead=lead, organization=place.organization, prefecture=place.prefecture)
        for lead in made
    )
    more = [row for row in one.evidence[:2] for _n in range(wanted)]
    Lead.objects.filter(pk=one.pk).update(evidence=one.evidence + more)
