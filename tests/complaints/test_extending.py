"""More time for a result: asked for, given by somebody above, told, counted."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_complaints
from tests.refusals import refused
from zhupei.complaints import access, figures, rules
from zhupei.complaints.actions import clocks, complainant, extending, handling
from zhupei.complaints.actions.handling import Elsewhere
from zhupei.complaints.models import Complaint
from zhupei.complaints.rules import Stretch
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message, ParameterValue

REASON = "需要向外地学员核实"
DUE = date(2026, 6, 19)


def later(row, days: int = 10) -> date:
    return timezone.localdate(row.close_due) + timedelta(days=days)


def wanted(world, row=None, days: int = 10):
    row = row or make_complaints.accepted(world)
    return extending.ask(row, by=world.zhou, until=later(row, days), reason=REASON)


@pytest.mark.parametrize(
    ("until", "times", "expected"),
    [
        (date(2026, 6, 20), 0, None),
        (date(2026, 7, 19), 0, None),
        (date(2026, 7, 20), 0, Stretch.TOO_FAR),
        (DUE, 0, Stretch.NOT_LATER),
        (date(2026, 6, 20), 1, Stretch.TOO_OFTEN),
    ],
)
def test_may_stretch_once_and_thirty_days(until, times, expected):
    last = DUE + timedelta(days=30)
    assert rules.may_stretch(DUE, until, last=last, times=times, at_most=1) == expected


def test_more_time_is_given_by_somebody_else_and_told(world):
    wish = wanted(world)
    row = wish.complaint
    before = row.close_due
    Message.objects.all().delete()

    done = extending.grant(wish, by=world.li, reason=REASON)

    row.refresh_from_db()
    assert done.state == "granted"
    assert row.close_due == done.granted_until > before == row.first_close_due
    assert timezone.localdate(row.close_due) == wish.wanted_until
    told = row.words.last().text
    assert row.number in told
    assert REASON in told
    assert [one.recipient for one in Message.objects.all()] == [world.zhou]
    verbs = [event.verb for event in Event.objects.filter(within=audit.subject_key(row))]
    assert {"complaint.extended", "complaint.extension_asked"} <= set(verbs)
    found = figures.summed(Complaint.objects.all())
    assert (found["extended"], found["total"]) == (1, 1)


def test_the_wish_reaches_the_officers_beside_who_investigates(world):
    wanted(world)
    titles = Message.objects.filter(title__contains="申请延期")
    assert [one.recipient for one in titles] == [world.li]


def test_may_give_time_is_for_somebody_above(world):
    wish = wanted(world)
    able = {
        name
        for name in ("zhou", "li", "gu", "far_reviewer", "aygul", "adil")
        if access.may_give_time(getattr(world, name), wish)
    }
    assert able == {"li", "gu"}
    with pytest.raises(NotAllowed):
        extending.grant(wish, by=world.zhou, reason=REASON)
    assert extending.grant(wish, by=world.gu, reason=REASON).answered_by == world.gu


def test_less_may_be_given_and_it_may_be_refused(world):
    wish = wanted(world)
    with refused("note_required"):
        extending.keep(wish, by=world.li, note=" ")
    extending.keep(wish, by=world.li, note="材料已经齐全")
    row = Complaint.objects.get()
    assert row.first_close_due is None
    wish = wanted(world, row)
    extending.grant(wish, by=world.li, reason=REASON, until=later(row, 2))
    row.refresh_from_db()
    assert timezone.localdate(row.close_due) == later(row, 0)
    assert (row.close_due - row.first_close_due).days == 2


def test_what_cannot_be_asked(world):
    row = make_complaints.assigned(world)
    with refused("not_accepted"):
        wanted(world, row)
    handling.accept(row, by=world.zhou, text="受理了。")
    row.refresh_from_db()
    with refused("reason_missing"):
        extending.ask(row, by=world.zhou, until=later(row), reason=" ")
    with refused("due_not_later"):
        wanted(world, row, days=0)
    with refused("due_too_late") as refusal:
        wanted(world, row, days=31)
    assert refusal.value.field == "until"
    with pytest.raises(NotAllowed):
        extending.ask(row, by=world.li, until=later(row), reason=REASON)
    wish = wanted(world, row)
    with refused("asked_already"):
        wanted(world, row)
    with refused("reason_missing"):
        extending.grant(wish, by=world.li, reason="")
    extending.grant(wish, by=world.li, reason=REASON)
    with refused("wrong_state"):
        extending.grant(wish, by=world.li, reason=REASON)
    row.refresh_from_db()
    with refused("extended_already"):
        wanted(world, row, days=1)
    assert not extending.may_ask(world.zhou, row)
    with time_machine.travel(row.close_due + timedelta(hours=1)), refused("asked_too_late"):
        wanted(world, row)


def test_the_region_may_allow_it_twice_within_the_thirty_days(world):
    ParameterValue.objects.create(
        key="complaints.extension_times", value="2", valid_from=make.LONG_AGO, source="试"
    )
    row = make_complaints.accepted(world)
    first = later(row, 0)
    for days in (20, 10):
        row.refresh_from_db()
        extending.grant(wanted(world, row, days), by=world.li, reason=REASON)
    row.refresh_from_db()
    assert row.times_extended == 2
    assert later(row, 0) == first + timedelta(days=30)


def test_the_clocks_follow_the_new_term(world):
    row = make_complaints.accepted(world)
    old = row.close_due
    extending.grant(wanted(world, row), by=world.li, reason=REASON)
    with time_machine.travel(old + timedelta(hours=1)):
        assert clocks.escalate() == 0
        handling.decide(row, by=world.zhou, outcome="not_upheld", finding="没有。")
        handling.reply(row, by=world.zhou, text="没有查实。")
    assert Complaint.objects.closed_in_time().exists()


def test_a_new_round_and_a_new_handler_have_a_term_of_their_own(world):
    row = make_complaints.accepted(world)
    extending.grant(wanted(world, row), by=world.li, reason=REASON)
    handling.transfer(row, by=world.li, to=Elsewhere(world.other_bureau), reason="在那里办班")
    row.refresh_from_db()
    assert (row.first_close_due, row.times_extended) == (None, 0)

    row = make_complaints.accepted(world)
    extending.grant(wanted(world, row), by=world.li, reason=REASON)
    handling.decide(row, by=world.zhou, outcome="not_upheld", finding="没有。")
    handling.reply(row, by=world.zhou, text="没有查实。")
    row = complainant.reopen(row, text="有新照片")
    assert (row.first_close_due, row.times_extended) == (None, 0)


def test_over_the_pages(world, as_user):
    row = make_complaints.accepted(world)
    where = reverse("complaints:detail", args=[row.pk])

    def do(person, name, **form):
        return as_user(person).post(reverse("complaints:act", args=[row.pk, name]), form)

    assert "申请延期" in as_user(world.zhou).get(where, {"act": "extend"}).content.decode()
    answer = do(world.zhou, "extend", until=later(row, 90).isoformat(), reason=REASON)
    assert answer.status_code == 422
    assert "最晚可以延到" in answer.content.decode()
    assert REASON in answer.content.decode()
    do(world.zhou, "extend", until=later(row).isoformat(), reason=REASON)
    waits = as_user(world.zhou).get(where).content.decode()
    assert "待批准" in waits
    assert "同意延期" not in waits
    assert "同意延期" in as_user(world.li).get(where, {"act": "grant"}).content.decode()
    home = as_user(world.li).get("/home/").content.decode()
    assert "投诉延期待批准" in home
    assert do(world.li, "keep", note="").status_code == 422
    do(world.li, "grant", until=later(row).isoformat(), reason=REASON)
    assert "已延期，原限" in as_user(world.li).get(where).content.decode()
    again = do(world.li, "grant", until=later(row).isoformat(), reason=REASON)
    assert "没有待批准的延期" in again.content.decode()
