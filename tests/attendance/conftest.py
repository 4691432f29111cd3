"""The clock of a lesson's morning, and the lesson everybody comes to."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.make_attendance import class_with_learners, first_lesson


@pytest.fixture
def morning():
    """08:00 on a Wednesday; the first lesson begins at ten."""
    moment = datetime(2027, 3, 17, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(moment, tick=False) as clock:
        yield clock


@pytest.fixture
def lesson(world, morning):
    """The first lesson of a class with Adil and Mayra; the clock stands at its start."""
    lesson = first_lesson(class_with_learners(world))
    morning.move_to(lesson.starts_at)
    return lesson
