"""Authorities are told before a bulletin is late."""

from datetime import date

import time_machine

from tests import make_bulletins
from zhupei.bulletins import actions, reminders
from zhupei.bulletins.jobs import remind
from zhupei.core.models import Message


def test_three_days_before_and_on_the_last_day_who_has_not_issued_is_told(world):
    with time_machine.travel(date(2026, 2, 3)):
        actions.issue(make_bulletins.draft(world.bureau, world.li), by=world.li)
    with time_machine.travel(date(2026, 2, 6)):
        assert reminders.remind() == 0
    with time_machine.travel(date(2026, 2, 7)):
        remind(0)
    lines = Message.objects.filter(title="2026年1月的月小结还没印发")
    told = set(lines.values_list("recipient", flat=True))
    assert world.gu.pk in told
    assert world.far_reviewer.pk in told
    assert world.li.pk not in told
    with time_machine.travel(date(2026, 2, 10)):
        assert reminders.remind() == 2
