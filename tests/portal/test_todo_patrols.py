"""What waits because of patrols."""

from datetime import timedelta

import time_machine

from tests import make_patrols
from tests.make_patrols import duty
from tests.portal.test_todo import lines
from tests.portal.test_todo_standing import line
from zhupei.patrols.actions import explaining, ledger, reminders
from zhupei.portal import todo

HOUR = timedelta(hours=1)


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_who_waits_for_a_look_is_not_whoever_is_looked_at(world):
    found = duty(world)
    with at(found.closes_at - timedelta(days=6)):
        waiting = line(world.li, "安排巡查")

    assert (waiting.due, waiting.who) == (found.closes_at, "自治区住建厅")


def test_a_miss_has_the_day_its_page_names_and_stays_when_it_is_reported(world):
    found = duty(world)
    with at(found.closes_at):
        ledger.close_overdue()
        found.refresh_from_db()
        due = reminders.explained_by(found)
        waiting = line(world.li, "漏巡")
        assert (waiting.due, todo.late([waiting])[0]) == (due, 0)
    with at(due + HOUR):
        assert reminders.escalate() == 1
        waiting = line(world.li, "漏巡")
        assert (waiting.due, todo.late([waiting])[0]) == (due, 1)
        assert "已报自治区住建厅" in waiting.note
        explaining.explain(found, by=world.li, ground="people", note="两人请假")
        assert "漏巡" not in [kind for kind, _title in lines(world.li)]


def test_what_was_history_when_the_ledger_began_asks_nobody(world):
    found = duty(world)
    with at(found.closes_at + timedelta(days=4)):
        ledger.close_overdue()
        assert "漏巡" not in [kind for kind, _title in lines(world.li)]


def test_a_further_look_waits_for_whoever_is_sent(world):
    found = duty(world)
    make_patrols.filed(world, found)
    make_patrols.planned(world, found, world.kang)

    assert line(world.kang, "巡查").due == found.closes_at
