"""Going on in another class of the same syllabus."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.actions import enrolment, freezing, plan, transfer, waiting
from zhupei.classes.events import EnrolmentEvent
from zhupei.classes.models import EnrolmentState, WaitingState
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.people.models import Purpose
from zhupei.syllabus.models import Syllabus, Unit

AGREED = (Purpose.TRAINING,)


@pytest.fixture
def two(world):
    """Adil is in the first of two classes; the other one is two weeks later."""
    first = make_classes.approved_class(world)
    later = first.starts_on + timedelta(days=14)
    second = make_classes.approved_class(world, starts_on=later, seats=1)
    mine = enrolment.sign_up(first, by=world.adil, consents=AGREED)
    return SimpleNamespace(first=first, second=second, mine=mine)


def test_a_transfer_is_one_deed_told_in_both_classes(world, two):
    arrived = transfer.transfer(two.mine, two.second, by=world.adil)

    two.mine.refresh_from_db()
    assert two.mine.state == EnrolmentState.TRANSFERRED
    assert (arrived.training_class, arrived.came_from) == (two.second, two.mine)
    assert audit.history(two.first).last().verb == EnrolmentEvent.TRANSFERRED
    assert audit.history(two.second).last().verb == EnrolmentEvent.CAME_OVER


def test_only_open_classes_of_the_same_syllabus_with_a_place_are_options(world, two):
    assert list(transfer.options(two.mine)) == [two.second]

    enrolment.sign_up(two.second, by=world.mayra, consents=AGREED)

    assert not transfer.options(two.mine).exists()


def test_a_full_class_takes_nobody_and_the_old_place_stays(world, two):
    enrolment.sign_up(two.second, by=world.mayra, consents=AGREED)

    with refused("class_full"):
        transfer.transfer(two.mine, two.second, by=world.adil)

    two.mine.refresh_from_db()
    assert two.mine.state == EnrolmentState.ENROLLED


def test_another_syllabus_is_refused(world, two):
    other = Syllabus.objects.create(
        job=make.job(), version="2027.1", effective_from=make.LONG_AGO, state="published"
    )
    Unit.objects.create(
        syllabus=other, position=1, title="职业道德", theory_hours=8, is_ethics=True
    )
    later = timezone.localdate() + timedelta(days=60)
    found = make_classes.approved_class(world, starts_on=later, syllabus=other)

    with refused("other_syllabus"):
        transfer.transfer(two.mine, found, by=world.adil)
    with refused("transfer_to_itself"):
        transfer.transfer(two.mine, two.first, by=world.adil)


def test_only_the_learner_transfers(world, two):
    for other in (world.mayra, world.aygul):
        with pytest.raises(NotAllowed):
            transfer.transfer(two.mine, two.second, by=other)


def test_the_place_left_behind_is_offered_to_the_line(world, two):
    full = make_classes.approved_class(
        world, starts_on=two.second.starts_on + timedelta(days=14), seats=1
    )
    suns = enrolment.sign_up(full, by=world.sun, consents=AGREED)
    line = waiting.join(full, by=world.mayra, consents=AGREED)

    transfer.transfer(suns, two.second, by=world.sun)

    line.refresh_from_db()
    assert line.state == WaitingState.OFFERED


def test_people_leave_a_frozen_class_for_another_but_not_a_finished_one(world, two):
    freezing.freeze(two.first, by=world.li, note="暂停业务")

    arrived = transfer.transfer(two.mine, two.second, by=world.adil)

    assert arrived.training_class == two.second


def test_people_of_a_revoked_class_may_go_on_elsewhere(world, two):
    plan.revoke(two.first, by=world.li, note="消防不合格")

    assert transfer.transfer(two.mine, two.second, by=world.adil)
