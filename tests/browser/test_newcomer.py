"""A new institution: an empty file, then a whole one, teachers, and the right to train."""

import pytest

from tests import make
from tests.browser.acts import institution
from tests.browser.stage import Stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_new_institution_fills_its_file_and_is_admitted(stage: Stage):
    world = make.world()

    pk, hasan = institution.register(stage, world)
    institution.enter_the_licence(stage, world, pk)
    before = institution.begin(stage, hasan, pk)
    institution.appoint_people(stage, hasan, pk)
    institution.adopt_policies(stage, hasan, pk)
    institution.enter_rooms(stage, hasan, pk)
    institution.import_the_ledger(stage, hasan, pk)
    institution.propose_teachers(stage, hasan)
    institution.admit_teachers(stage, world)
    institution.engage_teachers(stage, hasan, pk)
    institution.apply(stage, hasan, pk, before)
    institution.admit(stage, world, pk)
