from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make_classes
from zhupei.attendance.forms import CorrectionForm


def moments(lesson, arrived):
    form = CorrectionForm(lesson, {"present": "1", "arrived": arrived, "note": "补记"})
    assert form.is_valid(), form.errors
    return form.moments()


@pytest.mark.parametrize(("arrived", "day"), [("22:50", 0), ("23:10", 0), ("00:30", 1)])
def test_a_clock_after_midnight_belongs_to_the_night_of_the_lesson(world, arrived, day):
    lesson = make_classes.planned_class(world).lessons.first()
    start = timezone.localtime(lesson.starts_at).replace(hour=23, minute=0)
    lesson.starts_at, lesson.ends_at = start, start + timedelta(hours=3)

    moment = moments(lesson, arrived)["arrived_at"]

    assert timezone.localdate(moment) == timezone.localdate(start) + timedelta(days=day)
    assert f"{timezone.localtime(moment):%H:%M}" == arrived
