"""The people of an evaluation wear their memberships."""

import pytest

from tests import make_evaluation


@pytest.fixture
def world(world):
    return make_evaluation.people(world)
