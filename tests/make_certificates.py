"""Builders of what certificates rest on: sittings sat, marked and released."""

from datetime import timedelta
from types import SimpleNamespace

import time_machine

from tests import make_exams
from zhupei.certificates import actions
from zhupei.certificates.models import Certificate
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.models import Attempt, Sitting
from zhupei.people.models import User


def marked_sitting(
    world: SimpleNamespace, *passing: User, failing: tuple[User, ...] = ()
) -> Sitting:
    """Closed: Adil passed unless others are named. Its end lies in the future; travel there."""
    passing = passing or (world.adil,)
    sitting = make_exams.sealed_sitting(world, *passing, *failing)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        for user in (*passing, *failing):
            attempt = make_exams.started_attempt(sitting, user)
            right = 15 if user in passing else 3
            make_exams.answer(attempt, make_exams.right(sitting, right))
            attempts.hand_in(attempt, by=user)
        return sittings.close(sitting, by=world.chen)


def released_sitting(
    world: SimpleNamespace, *passing: User, failing: tuple[User, ...] = ()
) -> Sitting:
    """Marks are out; who passed may be certified."""
    sitting = marked_sitting(world, *passing, failing=failing)
    with time_machine.travel(sitting.ends_at + timedelta(hours=1), tick=False):
        return sittings.release(sitting, by=world.chen)


def attempt_of(sitting: Sitting, user: User) -> Attempt:
    return Attempt.objects.get(sitting=sitting, candidate__person=user.person)


def certificate(
    world: SimpleNamespace, user: User | None = None, *, print_now: bool = False
) -> Certificate:
    """Adil's, unless somebody else is named; with its signed file when told."""
    holder = user or world.adil
    sitting = released_sitting(world, holder)
    attempt = attempt_of(sitting, holder)
    return actions.issue_one(attempt, by=world.chen, print_now=print_now)
