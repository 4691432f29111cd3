"""The line for a full class: in order, never more people than places."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from tests.together import at_once
from zhupei.classes.actions import enrolment, places, plan, waiting
from zhupei.classes.events import WaitingEvent
from zhupei.classes.models import EnrolmentState, WaitingState
from zhupei.classes.parameters import OFFER_HOURS
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, TextMessage
from zhupei.people.models import Purpose

AGREED = (Purpose.TRAINING,)


def full_class(world, **values):
    """One place, and Adil has it."""
    found = make_classes.approved_class(world, seats=1, **values)
    return found, enrolment.sign_up(found, by=world.adil, consents=AGREED)


def fresh(one):
    one.refresh_from_db()
    return one


def test_who_waits_longest_is_offered_the_place_that_becomes_free(world):
    found, adils = full_class(world)
    first = waiting.join(found, by=world.mayra, consents=AGREED)
    second = waiting.join(found, by=world.sun, consents=AGREED)

    enrolment.withdraw(adils, by=world.adil)

    assert (fresh(first).state, fresh(second).state) == (
        WaitingState.OFFERED,
        WaitingState.WAITING,
    )
    assert first.offered_until > timezone.now() + timedelta(hours=23)
    assert Message.objects.filter(recipient=world.mayra).count() == 1
    assert found.title in TextMessage.objects.latest("pk").text
    assert [e.verb for e in audit.own_history(first)] == [
        WaitingEvent.JOINED,
        WaitingEvent.OFFERED,
    ]


def test_a_place_kept_for_somebody_is_not_given_to_somebody_else(world):
    found, adils = full_class(world)
    offered = waiting.join(found, by=world.mayra, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)

    with refused("class_full"):
        enrolment.sign_up(found, by=world.sun, consents=AGREED)
    taken = waiting.take(offered, by=world.mayra)

    assert taken.state == EnrolmentState.ENROLLED
    assert fresh(offered).state == WaitingState.TAKEN
    assert places.free(found) == 0


def test_signing_up_with_an_offer_takes_it(world):
    found, adils = full_class(world)
    offered = waiting.join(found, by=world.mayra, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)

    enrolment.sign_up(found, by=world.mayra)

    assert fresh(offered).state == WaitingState.TAKEN


def test_an_offer_nobody_takes_goes_to_the_next(world):
    found, adils = full_class(world, starts_on=timezone.localdate() + timedelta(days=20))
    first = waiting.join(found, by=world.mayra, consents=AGREED)
    second = waiting.join(found, by=world.sun, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)

    assert waiting.lapse_overdue() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        with refused("offer_lapsed"):
            waiting.take(first, by=world.mayra)
        assert waiting.lapse_overdue() == 1
        assert waiting.lapse_overdue() == 0

    assert fresh(first).state == WaitingState.LAPSED
    assert fresh(second).state == WaitingState.OFFERED


@pytest.mark.parametrize(("verb", "who"), [("cancel", "aygul"), ("revoke", "li")])
def test_the_line_of_a_class_that_is_called_off_ends_and_everybody_in_it_is_told(world, verb, who):
    full, _adils = full_class(world)
    place = waiting.join(full, by=world.sun, consents=AGREED)

    getattr(plan, verb)(full, by=getattr(world, who), note="报名不足")

    assert fresh(place).state == WaitingState.ENDED
    assert "不再办了" in Message.objects.filter(recipient=world.sun).latest("pk").title
    assert not full.waiting.in_line().exists()


def test_the_time_of_an_offer_is_a_figure_of_the_region(world):
    make.parameter_value(OFFER_HOURS, 2, make.LONG_AGO)
    found, adils = full_class(world)
    offered = waiting.join(found, by=world.mayra, consents=AGREED)

    enrolment.withdraw(adils, by=world.adil)

    assert fresh(offered).offered_until < timezone.now() + timedelta(hours=3)


def test_an_offer_does_not_outlast_the_class(world):
    found, adils = full_class(world)
    offered = waiting.join(found, by=world.mayra, consents=AGREED)
    last = found.lessons.last().starts_at

    with time_machine.travel(last - timedelta(hours=2), tick=False):
        enrolment.withdraw(adils, by=world.adil)

    assert fresh(offered).offered_until == last


def test_leaving_the_line_gives_the_offer_to_the_next(world):
    found, adils = full_class(world)
    first = waiting.join(found, by=world.mayra, consents=AGREED)
    second = waiting.join(found, by=world.sun, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)

    waiting.leave(first, by=world.mayra)

    assert fresh(first).state == WaitingState.LEFT
    assert fresh(second).state == WaitingState.OFFERED


def test_nobody_waits_twice_or_while_there_are_places(world):
    found, _adils = full_class(world)
    roomy = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=30))
    mine = waiting.join(found, by=world.mayra, consents=AGREED)

    with refused("already_waiting"):
        waiting.join(found, by=world.mayra)
    with refused("already_enrolled"):
        waiting.join(found, by=world.adil)
    with refused("class_has_places"):
        waiting.join(roomy, by=world.mayra)
    with refused("consent_missing"):
        waiting.join(found, by=world.sun)
    with refused("not_offered_yet"):
        waiting.take(mine, by=world.mayra)


def test_only_whoever_waits_takes_or_leaves(world):
    found, adils = full_class(world)
    offered = waiting.join(found, by=world.mayra, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)

    for deed in (waiting.take, waiting.leave):
        for other in (world.sun, world.aygul):
            with pytest.raises(NotAllowed):
                deed(offered, by=other)


# -- at once -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_leaving_and_three_waiting_never_overbook(transactional_db):
    region = make.world()
    found = make_classes.approved_class(region, seats=2)
    held = [enrolment.sign_up(found, by=who, consents=AGREED) for who in (region.adil, region.sun)]
    extra = [make.learner() for _ in range(3)]
    line = [waiting.join(found, by=who, consents=AGREED) for who in extra]

    at_once(
        lambda: enrolment.withdraw(held[0], by=region.adil).state,
        lambda: enrolment.withdraw(held[1], by=region.sun).state,
    )
    assert [fresh(one).state for one in line] == ["offered", "offered", "waiting"]

    takes = [
        lambda one=one, who=who: waiting.take(one, by=who).state
        for one, who in zip(line, extra, strict=True)
    ]
    outcomes = at_once(*takes, *takes)

    assert sorted(outcomes) == ["enrolled"] * 2 + ["not_offered_yet"] * 2 + ["wrong_state"] * 2
    assert found.enrolments.active().count() == found.seats
