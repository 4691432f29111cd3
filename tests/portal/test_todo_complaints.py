"""What waits because somebody complained, and until when."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests import make_complaints
from tests.portal.test_todo import lines
from tests.portal.test_todo_standing import line
from zhupei.complaints.actions import handling, inquiries
from zhupei.complaints.models import Complaint
from zhupei.portal.todo import line as todo_line

DAY = timedelta(days=1)


def kinds(user) -> list[str]:
    return [kind for kind, _title in lines(user)]


def test_each_step_of_a_complaint_has_its_own_day(world):
    row = make_complaints.complaint(world)
    assert line(world.li, "投诉待分派").due == row.assign_due

    row = handling.assign(row, by=world.li, investigator=world.zhou)
    assert line(world.zhou, "投诉").due == row.reply_due
    assert "投诉待分派" not in kinds(world.li)

    row = handling.accept(row, by=world.zhou, text="受理。")
    assert line(world.zhou, "投诉").due == row.close_due

    asked = inquiries.ask(row, by=world.zhou, statement=make_complaints.STATEMENT)
    assert line(world.aygul, "投诉询问").due == asked.due_at


def test_what_is_late_stands_as_late_with_everybody_who_can_do_something(world):
    row = make_complaints.assigned(world)
    assert "同事经办的投诉逾期" not in kinds(world.li)

    with time_machine.travel(row.reply_due + DAY):
        assert row.close_due > timezone.now()  # it is the first answer that is late
        assert line(world.zhou, "投诉").due == row.reply_due
        assert line(world.li, "同事经办的投诉逾期").due == row.reply_due
        assert line(world.gu, "投诉逾期").due == row.reply_due
        assert "投诉逾期" not in kinds(world.far_reviewer)
        assert "同事经办的投诉逾期" not in kinds(world.far_reviewer)
        assert "同事经办的投诉逾期" not in kinds(world.zhou)


def test_the_most_urgent_are_shown_where_not_all_are(world, monkeypatch):
    monkeypatch.setattr(todo_line, "AT_MOST", 1)
    rows = [make_complaints.accepted(world) for _n in range(2)]
    Complaint.objects.filter(pk=rows[1].pk).update(first_reply_at=None)

    assert line(world.zhou, "投诉").due == rows[1].reply_due < rows[0].close_due
