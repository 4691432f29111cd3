"""More time, reminders, escalation, and the figures that come of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make_corrections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.corrections import jobs, rules
from zhupei.corrections.actions import answers, clock, extensions, orders
from zhupei.corrections.events import FindingEvent, OrderEvent
from zhupei.corrections.models import Extension, ExtensionState, Finding, Order, Round


def test_more_time_is_asked_for_and_given(world):
    order = make_corrections.order(world)
    before = order.due_at
    wish = make_corrections.wish(world, order)
    assert Message.objects.filter(recipient=world.li).get().body == "设备到货晚"

    wish = extensions.grant(wish, by=world.li, note="情况属实")

    order.refresh_from_db()
    assert wish.state == ExtensionState.GRANTED
    assert order.due_at == wish.granted_until > before == order.first_due_at
    assert wish.note == "情况属实"


def test_a_finding_nobody_acts_on_is_told_once_to_bureau_and_region(world):
    with time_machine.travel("2026-03-09 02:00Z", tick=False):  # Monday
        left = make_corrections.finding(world)
        make_corrections.order(world, make_corrections.finding(world))
    assert timezone.localdate(left.act_due_at).isoformat() == "2026-03-16"
    assert not Finding.objects.act_overdue(left.act_due_at).exists()

    late = left.act_due_at + timedelta(hours=1)
    with time_machine.travel(late, tick=False):
        assert Finding.objects.act_overdue().get() == left
        assert clock.escalate() == 1
        assert clock.escalate() == 0

    for person in (world.li, world.gu):
        told = Message.objects.filter(recipient=person, title__contains="逾期没有处理").get()
        assert told.url == left.get_absolute_url()
    assert not Message.objects.filter(
        recipient=world.aygul, title__contains="逾期没有处理"
    ).exists()
    assert audit.own_history(left).last().verb == FindingEvent.OVERDUE


def test_less_time_may_be_given_than_was_asked_for(world):
    order = make_corrections.order(world)
    day = timezone.localdate(order.due_at) + timedelta(days=2)
    wish = make_corrections.wish(world, order, days=60)

    extensions.grant(wish, by=world.li, note="两天够了", until=day)

    order.refresh_from_db()
    assert timezone.localdate(order.due_at) == day


def test_more_time_is_refused_with_a_reason(world):
    order = make_corrections.order(world)
    wish = make_corrections.wish(world, order)
    with refused("note_required"):
        extensions.refuse(wish, by=world.li, note=" ")

    extensions.refuse(wish, by=world.li, note="设备市面上有")

    order.refresh_from_db()
    assert order.due_at == order.first_due_at
    assert "设备市面上有" in Message.objects.filter(recipient=world.aygul).latest("pk").body
    assert make_corrections.wish(world, order).state == ExtensionState.ASKED


def test_what_cannot_be_asked(world):
    order = make_corrections.order(world)
    day = timezone.localdate() + timedelta(days=30)
    with refused("reason_required"):
        extensions.ask(order, by=world.aygul, until=day, reason="")
    with refused("due_not_later"):
        extensions.ask(order, by=world.aygul, until=timezone.localdate(), reason="再等")
    with refused("due_too_late"):
        extensions.ask(order, by=world.aygul, until=day + timedelta(days=900), reason="再等")
    with pytest.raises(NotAllowed):
        extensions.ask(order, by=world.li, until=day, reason="再等")
    make_corrections.wish(world, order)
    with refused("asked_already"):
        make_corrections.wish(world, order)
    with time_machine.travel(order.due_at + timedelta(hours=1)), refused("asked_too_late"):
        make_corrections.wish(world, order)
    with refused("not_awaited"):
        make_corrections.wish(world, make_corrections.answered(world))


def test_only_the_bureau_gives_time_and_not_less_than_there_was(world):
    order = make_corrections.order(world)
    wish = make_corrections.wish(world, order)
    for person in (world.aygul, world.gu, world.far_reviewer):
        with pytest.raises(NotAllowed):
            extensions.grant(wish, by=person, note="好")
    with refused("due_not_later"):
        extensions.grant(wish, by=world.li, note="好", until=timezone.localdate())
    assert Extension.objects.asked().get() == wish


def test_an_institution_is_reminded_once_before_its_time_ends(world):
    order = make_corrections.order(world)
    assert clock.remind() == 0
    with time_machine.travel(order.due_at - timedelta(hours=20)):
        assert clock.remind() == 1
        assert clock.remind() == 0
        assert "期限快到了" in Message.objects.filter(recipient=world.aygul).latest("pk").title


def test_after_more_time_there_is_another_reminder(world):
    order = make_corrections.order(world)
    with time_machine.travel(order.due_at - timedelta(hours=20)):
        clock.remind()
        extensions.grant(make_corrections.wish(world, order), by=world.li, note="好")
    order.refresh_from_db()
    with time_machine.travel(order.due_at - timedelta(hours=20)):
        assert clock.remind() == 1


def test_what_is_overdue_reaches_the_region_once(world):
    order = make_corrections.order(world)
    with time_machine.travel(order.due_at + timedelta(minutes=1)):
        assert list(Order.objects.overdue()) == [order]
        assert clock.escalate() == 1
        assert clock.escalate() == 0
        for person in (world.gu, world.li, world.aygul):
            assert order.number in Message.objects.filter(recipient=person).latest("pk").title
        assert order.is_overdue(timezone.now())
    event = audit.own_history(order).get(verb=OrderEvent.OVERDUE)
    assert event.actor_name == ""
    assert not Order.objects.overdue().exists()  # a fact of the clock, not a state


def test_a_bureau_that_does_not_look_is_told_of_as_well(world):
    order = make_corrections.answered(world)
    with time_machine.travel(order.verify_due_at + timedelta(minutes=1)):
        assert list(Order.objects.verification_overdue()) == [order]
        jobs.watch(0)
        assert "核查逾期" in Message.objects.filter(recipient=world.gu).latest("pk").title
        make_corrections.verified(world, order)
    assert not Round.objects.verified_in_time().exists()


def test_a_bureau_that_looks_in_time_is_counted(world):
    make_corrections.verified(world, make_corrections.answered(world))
    assert Round.objects.verified_in_time().count() == 1


def test_who_answers_late_did_not_close_in_time(world):
    order = make_corrections.order(world)
    with time_machine.travel(order.due_at + timedelta(hours=2)):
        order = make_corrections.verified(world, make_corrections.answered(world, order))
    assert list(Order.objects.closed()) == [order]
    assert not Order.objects.closed_in_time().exists()


def test_time_given_before_the_end_counts_as_in_time(world):
    order = make_corrections.order(world)
    extensions.grant(make_corrections.wish(world, order), by=world.li, note="好")
    with time_machine.travel(order.due_at + timedelta(hours=2)):
        make_corrections.verified(world, make_corrections.answered(world, order))
    assert Order.objects.closed_in_time().get() == order


def test_the_question_to_the_table_is_the_rule(world):
    for late in (False, True):
        order = make_corrections.order(world)
        with time_machine.travel(order.due_at + timedelta(hours=2 if late else -2)):
            make_corrections.verified(world, make_corrections.answered(world, order))
    in_time = set(Order.objects.closed_in_time())
    for order in Order.objects.closed():
        said = list(order.rounds.values_list("submitted_at", "due_at"))
        assert rules.is_in_time(said) is (order in in_time)


def test_the_figures_of_many_orders(world):
    empty = Order.objects.figures()
    assert (empty["issued"], empty["share"], empty["days"]) == (0, None, None)
    start = timezone.now()
    for days in (1, 3, 8):
        with time_machine.travel(start, tick=False):
            order = make_corrections.order(world)
        with time_machine.travel(start + timedelta(days=days), tick=False):
            make_corrections.verified(world, make_corrections.answered(world, order))
    orders.withdraw(make_corrections.order(world), by=world.li, note="错了")
    open_one = make_corrections.order(world)

    said = Order.objects.figures(open_one.due_at + timedelta(days=1))

    assert said == {
        "issued": 4,
        "live": 1,
        "closed": 3,
        "in_time": 3,
        "overdue": 1,
        "days": 3.0,
        "share": 100.0,
    }
    today = timezone.localdate()
    assert Order.objects.issued_in(today, today).of(world.school).count() == 5
    assert Order.objects.by_authority(world.region).count() == 0
    answers.recall(make_corrections.answered(world, open_one), by=world.aygul)
