"""Who deals written answers out, and who marks them."""

import pytest

from tests import make_marking
from zhupei.marking.access import may_deal, may_read, may_see_points, may_watch
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
def test_only_the_examiners_of_the_body_deal(world, as_user, person, may):
    sitting = make_marking.dealt(world)
    user = getattr(world, person)
    user.acting = user.memberships.first()

    assert may_deal(user, sitting) is may


def test_a_reading_is_given_by_its_reader_and_nobody_else(world):
    make_marking.dealt(world)
    reading = Reading.objects.first()

    assert may_read(reading.reader, reading)
    assert not may_read(world.chen, reading)
    assert not may_read(None, reading)


@pytest.mark.parametrize(
    ("person", "may"),
    [("chen", True), ("li", True), ("gu", True), ("kurban", False), ("nur", False)],
)
def test_officers_watch_the_marking_and_nobody_called_for_a_task_does(world, person, may):
    sitting = make_marking.dealt(world)
    user = getattr(world, person)
    user.acting = user.memberships.first()

    assert may_watch(user) is may
    assert may_see_points(user, sitting) is may


def test_an_officer_who_marks_as_well_sees_no_points_before_their_own_are_given(world):
    sitting = make_marking.dealt(world)
    reading = Reading.objects.filter(script__sitting=sitting).first()
    Reading.objects.exclude(script=reading.script).delete()
    reader = reading.reader
    reader.acting = world.chen.memberships.first()
    assert may_watch(reader)
    assert not may_see_points(reader, sitting)

    make_marking.give(reading, "3", "5")

    assert may_see_points(reader, sitting)
