"""A learner's weeks, all of them on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_classes, make_teaching
from tests.browser.acts import learning
from tests.browser.stage import Stage
from zhupei.classes.actions import enrolment
from zhupei.classes.models import Enrolment
from zhupei.people.models import Purpose

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_learner_waits_takes_a_place_changes_and_says_how_it_was(stage: Stage):
    world = make.world()
    full = make_classes.approved_class(world, seats=1)
    later = timezone.localdate() + timedelta(days=20)
    free = make_classes.approved_class(world, starts_on=later)
    enrolment.sign_up(full, by=world.mayra, consents=(Purpose.TRAINING,))

    learning.wait(stage, world.adil, full, free)
    learning.withdraw(stage, world.mayra)
    learning.take_the_place(stage, world.adil, full.title)
    learning.change_class(stage, world.adil, free)
    joined = Enrolment.objects.get(training_class=free, person=world.adil.person)
    make_teaching.hand_out(world, free, joined)
    learning.confirm_the_book(stage, world.adil)
    learning.speak(stage, world.adil, free)
    learning.nobody_sees_whose(stage, world.aygul, free, world.adil.name)
