"""Who deals written answers out, and who marks them."""

import pytest

from tests import make_marking
from zhupei.marking.access import may_deal, may_read, may_see_outcome
from zhupei.marking.models import Reading


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("chen", True),
        ("li", False),
        ("gu", False),
        ("kurban", False),
        ("aygul", False),
        ("adil", False),
    ],
)
def test_only_the_examiners_of_the_body_deal_and_see_every_reading(world, as_user, person, may):
    sitting = make_marking.dealt(world)
    user = getattr(world, person)
    user.acting = user.memberships.first()

    assert may_deal(user, sitting) is may
    assert may_see_outcome(user, sitting.scripts.first()) is may


def test_a_reading_is_given_by_its_reader_and_nobody_else(world):
    make_marking.dealt(world)
    reading = Reading.objects.first()

    assert may_read(reading.reader, reading)
    assert not may_read(world.chen, reading)
    assert not may_read(None, reading)
