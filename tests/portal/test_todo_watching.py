"""What waits for those who watch an exam."""

from datetime import timedelta

import time_machine

from tests import make_invigilation
from tests.portal.test_todo_standing import line
from zhupei.portal import todo


def test_who_watches_now_is_led_into_the_room_and_is_not_late(world):
    sitting = make_invigilation.watched_sitting(world)
    with time_machine.travel(sitting.starts_at - timedelta(hours=5), tick=False):
        assert line(world.nur, "监考").url.endswith(f"/exams/{sitting.pk}/")
    for minutes in (50, -15):
        with make_invigilation.before_the_start(sitting, minutes):
            waiting = line(world.nur, "监考进行中")
            assert waiting.url == f"/room/{sitting.pk}/"
            assert (waiting.due, todo.late([waiting])[0]) == (sitting.ends_at, 0)
