"""An institution disputes a finding: in time, once; upheld, changed or taken back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_corrections
from tests.make_corrections import changed
from tests.make_pictures import photo
from tests.refusals import refused
from zhupei.core import workdays
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message
from zhupei.corrections import access, rules
from zhupei.corrections.actions import clock, disputes, findings, orders
from zhupei.corrections.models import Dispute, Finding, Order
from zhupei.corrections.rules import Closed, Gravity
from zhupei.organizations.models import Interest

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


# The rules


def test_may_dispute_once_and_in_time():
    assert rules.may_dispute(NOON, NOON, disputed=False) is None
    assert rules.may_dispute(NOON + HOUR, NOON, disputed=False) == Closed.TOO_LATE
    assert rules.may_dispute(NOON, NOON, disputed=True) == Closed.DISPUTED


def test_is_graver_than_before():
    assert rules.is_graver(Gravity.SERIOUS, Gravity.ORDINARY)
    assert not rules.is_graver(Gravity.MINOR, Gravity.ORDINARY)
    assert not rules.is_graver(Gravity.MINOR, Gravity.MINOR)


def test_due_once_answered_moves_only_for_a_late_answer():
    due, later = NOON + 5 * HOUR, NOON + 9 * HOUR
    assert rules.due_once_answered(due, NOON, NOON, later) == due
    assert rules.due_once_answered(due, NOON + HOUR, NOON, later) == later
    assert rules.due_once_answered(later, NOON + HOUR, NOON, due) == later


# Disputing


def test_dispute_tells_the_authority_and_stops_no_clock(world):
    order = make_corrections.order(world)
    Message.objects.all().delete()
    row = make_corrections.disputed(world, order)

    assert row.state == "raised"
    assert row.files.count() == 1
    assert Dispute.objects.waiting().get() == row
    told = Message.objects.get(recipient=world.li)
    assert told.body == make_corrections.REASON
    assert told.url == order.get_absolute_url()
    before = order.due_at
    order.refresh_from_db()
    assert (order.state, order.due_at) == ("issued", before)
    with time_machine.travel(order.due_at + HOUR):
        assert list(Order.objects.overdue()) == [order]


def test_what_cannot_be_disputed(world):
    order = make_corrections.order(world)
    finding = order.findings.get()
    with refused("reason_required"):
        disputes.dispute(finding, by=world.aygul, reason=" ")
    for person in (world.li, world.wang, world.chen):
        with pytest.raises(NotAllowed):
            disputes.dispute(finding, by=person, reason="不对")
    finding = Finding.objects.select_related("organization", "order").get(pk=finding.pk)
    until = disputes.term(finding)
    assert until == workdays.deadline(order.issued_at, 3)
    with time_machine.travel(until + HOUR):
        with refused("disputed_too_late"):
            disputes.dispute(finding, by=world.aygul, reason="不对")
        assert not disputes.may_raise(world.aygul, finding, until, disputed=False)
    disputes.dispute(finding, by=world.aygul, reason="不对")
    with refused("disputed_already"):
        disputes.dispute(finding, by=world.aygul, reason="真的不对")
    with refused("not_disputable"):
        disputes.dispute(make_corrections.finding(world), by=world.aygul, reason="不对")


def test_what_was_settled_on_the_spot_can_be_disputed_too(world):
    finding = make_corrections.finding(world, severity="minor")
    findings.settle(finding, by=world.li, note="当场补了")
    row = disputes.dispute(finding, by=world.aygul, reason="本来就有记录")

    disputes.concede(row, by=world.li, note="核对属实")

    finding.refresh_from_db()
    assert finding.state == "withdrawn"
    assert not Finding.objects.standing().exists()


def test_more_papers_until_it_is_answered(world):
    row = make_corrections.disputed(world)
    disputes.add_evidence(row, by=world.aygul, upload=photo("发票.jpg"))
    assert row.files.count() == 2
    with pytest.raises(NotAllowed):
        disputes.add_evidence(row, by=world.li, upload=photo("x.jpg"))
    disputes.uphold(row, by=world.li, note="标签是去年的")
    with refused("dispute_answered"):
        disputes.add_evidence(row, by=world.aygul, upload=photo("y.jpg"))


# Answering


def test_may_judge_is_for_who_decides_on_the_finding(world):
    row = make_corrections.disputed(world)
    able = {
        name
        for name in ("li", "zhou", "gu", "far_reviewer", "aygul", "adil")
        if access.may_judge(getattr(world, name), row)
    }
    assert able == {"li", "zhou"}
    with pytest.raises(NotAllowed):
        disputes.uphold(row, by=world.gu, note="维持")
    Interest.objects.create(
        user=world.zhou, organization=world.school, kind="relative", since=timezone.localdate()
    )
    with pytest.raises(NotAllowed):
        disputes.concede(row, by=world.zhou, note="撤")


def test_uphold_leaves_the_clock_as_it_is(world):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    with refused("note_required"):
        disputes.uphold(row, by=world.li, note="")

    row = disputes.uphold(row, by=world.li, note="标签是去年的")

    assert (row.state, row.answered_by, row.note) == ("upheld", world.li, "标签是去年的")
    before = order.due_at
    order.refresh_from_db()
    assert order.due_at == before
    assert order.findings.get().state == "ordered"
    told = Message.objects.filter(recipient=world.aygul).latest("pk")
    assert (told.title, told.body) == ("异议已答复，维持原认定", "标签是去年的")
    with refused("wrong_state"):
        disputes.concede(row, by=world.li, note="还是撤了")


def test_a_late_answer_leaves_time_and_reaches_the_region(world):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    with time_machine.travel(order.due_at - HOUR):
        assert clock.escalate() == 1
        assert clock.escalate() == 0
        assert "异议逾期" in Message.objects.filter(recipient=world.gu).latest("pk").title
        disputes.uphold(row, by=world.li, note="标签是去年的")
        order.refresh_from_db()
        assert order.due_at == workdays.deadline(timezone.now(), 5)


def test_change_keeps_what_it_said_and_is_never_graver(world):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    finding = row.finding
    with refused("nothing_changed"):
        disputes.change(row, by=world.li, note="改", said=changed(row))
    with refused("not_graver") as refusal:
        disputes.change(row, by=world.li, note="改", said=changed(row, severity="serious"))
    assert refusal.value.field == "severity"
    with refused("finding_empty"):
        disputes.change(row, by=world.li, note="改", said=changed(row, text=" "))

    said = changed(row, severity="minor", text="1 具灭火器标签看不清")
    row = disputes.change(row, by=world.li, note="三具已检验", said=said)

    finding.refresh_from_db()
    assert (row.state, row.was["severity"]) == ("changed", "ordinary")
    assert (finding.severity, finding.text) == ("minor", "1 具灭火器标签看不清")
    assert finding.state == "ordered"
    event = Event.objects.get(verb="correction_dispute.changed")
    assert event.facts["was"]["text"] == "实操场地灭火器过期"


def test_a_changed_kind_is_compared_anew(world):
    earlier = make_corrections.finding(world, kind="premises")
    row = make_corrections.disputed(world)
    said = changed(row, kind="premises")
    disputes.change(row, by=world.li, note="是场地问题", said=said)
    row.finding.refresh_from_db()
    assert row.finding.repeats == earlier


def test_an_order_all_of_whose_findings_are_withdrawn_ends(world):
    first, second = make_corrections.finding(world), make_corrections.finding(world, text="二")
    order = make_corrections.order(world, first, second)
    one = disputes.dispute(first, by=world.aygul, reason="不对")
    two = disputes.dispute(second, by=world.aygul, reason="也不对")

    disputes.concede(one, by=world.li, note="核对属实")
    order.refresh_from_db()
    assert order.state == "issued"
    disputes.concede(two, by=world.li, note="核对属实")

    order.refresh_from_db()
    assert order.state == "withdrawn"
    assert not Finding.objects.standing().exists()
    assert not Order.objects.standing().exists()


def test_a_withdrawn_finding_makes_no_later_one_repeated(world):
    row = make_corrections.disputed(world)
    again = make_corrections.finding(world)
    assert again.is_repeated
    disputes.concede(row, by=world.li, note="核对属实")
    again = Finding.objects.select_related("repeats").get(pk=again.pk)
    assert not again.is_repeated


@pytest.mark.parametrize("verb", [findings.withdraw, orders.withdraw])
def test_whatever_is_taken_back_answers_its_dispute(world, verb):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    verb(order.findings.get() if verb is findings.withdraw else order, by=world.li, note="登记有误")
    row.refresh_from_db()
    assert (row.state, row.note) == ("conceded", "登记有误")


def test_an_answer_is_verified_once_the_dispute_is_answered(world):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    make_corrections.answered(world, order)
    order.refresh_from_db()
    with refused("dispute_waiting"):
        make_corrections.verified(world, order)
    disputes.uphold(row, by=world.li, note="标签是去年的")
    assert make_corrections.verified(world, order).state == "closed"


# The pages


def test_over_the_pages(world, as_user):
    order = make_corrections.order(world)
    finding = order.findings.get()
    where = reverse("corrections:dispute", args=[finding.pk])
    office = as_user(world.aygul)
    assert where in office.get(order.get_absolute_url()).content.decode()
    page = office.get(where).content.decode()
    assert "提出异议不停止整改期限" in page
    assert "3 个" not in page
    assert "2 个工作日内答复" in page
    answer = office.post(where, {"reason": ""})
    assert answer.status_code == 422
    assert office.post(where, {"reason": make_corrections.REASON}).status_code == 302
    assert office.post(where, {"file": ""}).status_code == 422
    assert "整改期限照算" in office.get(order.get_absolute_url()).content.decode()


def test_answering_over_the_pages(world, as_user):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    judge = reverse("corrections:judge", args=[row.pk])
    assert as_user(world.aygul).get(judge).status_code == 403
    assert as_user(world.wang).get(judge).status_code == 404

    desk = as_user(world.li)
    assert "问题异议" in desk.get("/home/").content.decode()
    assert judge in desk.get(order.get_absolute_url()).content.decode()
    assert "通知一并撤回" in desk.get(judge).content.decode()
    said = changed(row, severity="serious") | {"verdict": "change", "note": "改重"}
    answer = desk.post(judge, said)
    assert answer.status_code == 422
    assert "不能因为机构提出异议而加重" in answer.content.decode()
    assert "改重" in answer.content.decode()
    said |= {"severity": "minor", "note": "三具已检验"}
    assert desk.post(judge, said).status_code == 302
    page = as_user(world.aygul).get(order.get_absolute_url()).content.decode()
    assert "更改前：一般；实操场地灭火器过期" in page
    assert "三具已检验" in page
    assert as_user(world.li).get(judge).status_code == 302


def test_the_list_narrows_to_what_waits_for_an_answer(world, as_user):
    plain = make_corrections.finding(world, text="教室没有挂课程表")
    row = make_corrections.disputed(world)
    where = reverse("corrections:findings")
    page = as_user(world.li).get(where, {"disputed": "on"}).content.decode()
    assert row.finding.get_absolute_url() in page
    assert plain.get_absolute_url() not in page
    disputes.uphold(row, by=world.li, note="标签是去年的")
    assert not Finding.objects.disputed().exists()


def test_papers_are_for_those_who_see_the_dispute(world, as_user):
    paper = make_corrections.disputed(world).files.get()
    where = reverse("corrections:dispute-file", args=[paper.pk])
    for person in (world.li, world.aygul):
        assert as_user(person).get(where).getvalue()
    assert as_user(world.wang).get(where).status_code == 404
