"""Classes of a suspended institution stand still, and go on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.access import may_freeze
from zhupei.classes.actions import enrolment, freezing, overdue, places, plan, waiting
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.people.models import Purpose

AGREED = (Purpose.TRAINING,)
NOTE = "未按期整改，暂停业务"


@pytest.fixture
def frozen(world):
    found = make_classes.approved_class(world)
    enrolment.sign_up(found, by=world.adil, consents=AGREED)
    return freezing.freeze(found, by=world.li, note=NOTE)


def test_a_frozen_class_leaves_the_catalogue_and_keeps_its_bookings(world, frozen):
    assert not TrainingClass.objects.public().filter(pk=frozen.pk).exists()
    assert not frozen.in_effect
    assert frozen.state == "approved"
    assert frozen.lessons.filter(booked=True).count() == frozen.lessons.count()
    assert audit.own_history(frozen).last().verb == ClassEvent.FROZEN
    assert Message.objects.filter(recipient=world.aygul, body=NOTE).exists()
    assert Message.objects.filter(recipient=world.adil, title__contains="暂停").exists()


def test_nothing_moves_a_frozen_class_but_calling_it_off(world, frozen):
    with refused("class_frozen"):
        plan.revoke(frozen, by=world.li, note="停办")
    with time_machine.travel(timezone.now() + timedelta(days=30)), refused("class_frozen"):
        plan.finish(frozen, by=world.aygul)

    assert plan.cancel(frozen, by=world.aygul, note="不办了").state == "cancelled"


def test_a_plan_under_review_stands_still_too(world):
    submitted = freezing.freeze(make_classes.submitted_class(world), by=world.li, note=NOTE)

    with refused("class_frozen"):
        plan.send_back(submitted, by=world.li, note="补正")
    with time_machine.travel(submitted.due_at + timedelta(days=1), tick=False):
        assert overdue.remind() == 0
        thawed = freezing.thaw(submitted, by=world.li)
        assert thawed.due_at > timezone.now()


def test_nobody_joins_a_frozen_class_but_people_may_leave(world, frozen):
    with refused("class_frozen"):
        enrolment.sign_up(frozen, by=world.mayra, consents=AGREED)
    with refused("class_frozen"):
        waiting.join(frozen, by=world.mayra, consents=AGREED)

    left = enrolment.withdraw(frozen.enrolments.get(), by=world.adil)

    assert left.state == "withdrawn"


def test_thawing_says_which_lessons_are_to_be_planned_again(world, frozen):
    first = frozen.lessons.first()

    with time_machine.travel(first.ends_at + timedelta(minutes=1), tick=False):
        assert list(freezing.missed(frozen)) == [first]
        thawed = freezing.thaw(frozen, by=world.gu)

    event = audit.own_history(frozen).last()
    assert thawed.in_effect
    assert (event.facts["missed"], event.facts["lessons"]) == (1, [str(first)])
    assert "1 节" in audit.sentence(event)
    assert str(first) in Message.objects.filter(recipient=world.aygul).latest("pk").body


def test_an_offer_made_before_gets_its_whole_time_again(world):
    found = make_classes.approved_class(
        world, seats=1, starts_on=timezone.localdate() + timedelta(days=30)
    )
    adils = enrolment.sign_up(found, by=world.adil, consents=AGREED)
    line = waiting.join(found, by=world.mayra, consents=AGREED)
    enrolment.withdraw(adils, by=world.adil)
    freezing.freeze(found, by=world.li, note=NOTE)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert waiting.lapse_overdue() == 0
        with refused("class_frozen"):
            waiting.take(line, by=world.mayra)
        freezing.thaw(found, by=world.li)
        assert waiting.take(line, by=world.mayra).training_class == found


def test_a_whole_institution_is_frozen_and_thawed_with_counts(world, frozen):
    later = timezone.localdate() + timedelta(days=30)
    second = make_classes.approved_class(world, starts_on=later)
    make_classes.submitted_class(world, starts_on=later + timedelta(days=14))
    make_classes.draft_class(world)
    expected = freezing.counted(freezing.freezable(world.school))

    counts = freezing.freeze_all(world.school, by=world.li, note=NOTE)

    assert counts == expected
    assert (counts["classes"], counts["plans"], counts["learners"]) == (1, 1, 0)
    assert counts["lessons"] == second.lessons.count()
    assert freezing.thaw_all(world.school, by=world.li) == {"classes": 3, "missed": 0}
    assert not TrainingClass.objects.filter(frozen_since__isnull=False).exists()


def test_a_class_is_frozen_and_thawed_once(world, frozen):
    with refused("class_frozen"):
        freezing.freeze(frozen, by=world.li)
    thawed = freezing.thaw(frozen, by=world.li)
    with refused("class_not_frozen"):
        freezing.thaw(thawed, by=world.li)
    with refused("nothing_to_freeze"):
        freezing.freeze(make_classes.draft_class(world), by=world.li)


@pytest.mark.parametrize(
    ("who", "may"), [("li", True), ("gu", True), ("aygul", False), ("far_reviewer", False)]
)
def test_who_may_freeze(world, who, may):
    found = make_classes.approved_class(world)
    assert may_freeze(getattr(world, who), found) is may

    if may:
        assert freezing.freeze(found, by=getattr(world, who), note=NOTE).frozen_since
    else:
        with pytest.raises(NotAllowed):
            freezing.freeze(found, by=getattr(world, who), note=NOTE)


def test_somebody_young_may_join_a_later_class_only(world):
    found = make_classes.approved_class(world)
    day = found.starts_on
    birthday = day.replace(year=day.year - 16) + timedelta(days=1)
    young = make.learner(id_number=make.id_number(1, birthday))
    later = make_classes.approved_class(world, starts_on=day + timedelta(days=14))

    with refused("under_age") as refusal:
        enrolment.sign_up(found, by=young, consents=AGREED)

    assert "16" in str(refusal.value)
    with refused("under_age"):
        places.refuse_young(found, young.person)
    assert enrolment.sign_up(later, by=young, consents=AGREED)
