"""A teacher's lesson, all of it on a phone."""

import pytest

from tests import make
from tests.browser.acts import room, teaching
from tests.browser.stage import Stage
from tests.make_attendance import class_with_learners, first_lesson
from zhupei.attendance.models import Attendance
from zhupei.teaching.models import Evidence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_teacher_keeps_the_roll_the_log_and_the_pictures(stage: Stage):
    world = make.world()
    lesson = first_lesson(class_with_learners(world, world.adil, world.mayra, world.sun))

    teaching.two_sign_in_with_one_phone(stage, lesson, world.adil, world.mayra)
    teaching.confirm_presence(stage, world, lesson, world.mayra)
    room.correct(stage, world, lesson, world.sun)
    teaching.write_the_log(stage, world, lesson)
    teaching.upload_a_photo(stage, world, lesson)
    teaching.upload_a_video_over_a_bad_line(stage, world, lesson)

    assert Attendance.objects.filter(lesson=lesson, arrived_at__isnull=False).count() == 3
    sizes = Evidence.objects.order_by("pk").values_list("file__size", flat=True)
    assert sizes[1] == len(teaching.VIDEO)
