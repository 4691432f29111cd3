"""A class in another prefecture: refused, filed, copied, read, and then planned."""

import pytest

from tests import make, make_classes
from tests.browser.acts import away
from tests.browser.stage import Stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_class_away_from_home_is_filed_before_it_is_planned(stage: Stage):
    world = make.world()
    there = make.Division.objects.get(code="653101")
    planned = make_classes.planned_class(world, division=there)

    away.be_refused_without_a_filing(stage, world, planned.pk)
    pk = away.file(stage, world, str(make.job()))
    away.send_back(stage, world, pk)
    away.correct(stage, world, pk)
    number = away.accept(stage, world, pk)
    away.read_the_copy(stage, world, world.he, pk)
    away.read_the_copy(stage, world, world.far_reviewer, pk)
    away.submit_now(stage, world, planned.pk, number)
    away.both_bureaus_see(stage, world, planned.pk, planned.title)
