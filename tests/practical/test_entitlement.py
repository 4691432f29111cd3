"""What of the practical exam a certificate rests on."""

import pytest

from tests import make, make_practical
from zhupei.practical import entitlement
from zhupei.practical.rules.entitled import Lack

pytestmark = pytest.mark.django_db


def test_what_each_category_asks_for_by_default():
    assert not entitlement.needed(make.job())
    assert entitlement.needed(make_practical.trade())


@pytest.mark.parametrize("released", [False, True])
def test_standings_count_released_marks_only(world, released):
    make_session = make_practical.released_session if released else make_practical.settled_session
    turn = make_practical.turn_of(make_session(world), world.adil)

    found = entitlement.standings(make_practical.trade(), [turn.enrolment])[turn.enrolment_id]

    assert found.turn == (turn if released else None)
    assert found.lack == (None if released else Lack.NONE_PASSED)
