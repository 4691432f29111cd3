"""Matters handed over: a law that may punish, evidence listed, sent by another, answered for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make_measures
from tests.certificates.reading import page_text
from tests.oversight.test_measures import last_told
from tests.refusals import refused
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.oversight.access import may_keep_catalogue, may_receive
from zhupei.oversight.actions import handovers, law, reports
from zhupei.oversight.actions.handovers import draft
from zhupei.oversight.actions.reports import clocks
from zhupei.oversight.events import BasisEvent, HandoverEvent
from zhupei.oversight.models import Handover, HandoverState, LegalBasis
from zhupei.oversight.models.law import LegalBasisQuerySet
from zhupei.oversight.reference import load_legal_bases


def test_a_normative_document_carries_no_penalty(world):
    with refused("no_penalty") as refusal:
        make_measures.handover(world, basis=make_measures.basis())
    assert refusal.value.field == "basis"
    with pytest.raises(IntegrityError, match="normative"), transaction.atomic():
        make_measures.basis(article="第一条", penalty="警告")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"facts": ""}, "facts_missing"),
        ({"happened_until": timezone.localdate() + timedelta(days=2)}, "happens_later"),
        ({"receiver": None}, "receiver_missing"),
    ],
)
def test_what_cannot_be_handed_over(world, said, code):
    with refused(code):
        make_measures.handover(world, **said)


def test_it_goes_to_one_receiver_who_may_receive(world):
    with refused("receiver_wrong"):
        make_measures.handover(world, receiver=world.association)
    with refused("receiver_wrong"):
        make_measures.handover(world, receiver_name="市场监管局")
    ended = make_measures.law(article="第一条", valid_until=date(2020, 1, 1))
    with refused("basis_ended"):
        make_measures.handover(world, basis=ended)


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "tao", "chen"])
def test_others_hand_nothing_over(world, person):
    with pytest.raises(NotAllowed):
        draft(
            world.school,
            by=getattr(world, person),
            facts="x",
            basis=make_measures.law(),
            happened_until=timezone.localdate(),
            receiver=world.home_hr,
        )


def test_the_list_of_evidence_can_change_until_it_is_sent(world):
    found = make_measures.handover(world)
    with refused("title_missing"):
        handovers.attach(found, by=world.li, upload=make_measures.paper(), title=" ")
    second = handovers.attach(found, by=world.zhou, upload=make_measures.paper(), title="笔录")
    handovers.remove(second, by=world.li)
    only = found.papers.get()
    handovers.send(found, by=world.zhou)

    with refused("sent_already"):
        handovers.remove(only, by=world.li)
    with refused("sent_already"):
        handovers.attach(found, by=world.li, upload=make_measures.paper(), title="迟到")
    with pytest.raises(NotAllowed):
        handovers.attach(found, by=world.tao, upload=make_measures.paper(), title="别人")


def test_sending_prints_the_letter_and_tells_the_receiver(world):
    found = make_measures.handover(world)
    with pytest.raises(NotAllowed):
        handovers.send(found, by=world.li)  # who wrote it up
    assert not Handover.objects.visible_to(world.tao).exists()

    found = handovers.send(found, by=world.zhou)

    assert found.state == HandoverState.SENT
    assert Handover.objects.visible_to(world.tao).contains(found)
    assert not Handover.objects.visible_to(world.tian).exists()
    assert not Handover.objects.visible_to(world.aygul).exists()
    assert found.number in last_told(world.tao).title
    text = "".join(page_text(files.read(found.letter)).split())
    for words in (
        "移送函",
        world.home_hr.name,
        "民办教育促进法",
        found.papers.get().file.sha256[:16],
    ):
        assert words in text
    sent = audit.own_history(found).last()
    assert sent.facts["count"] == 1
    assert sent.facts["sha256"] == found.letter.sha256


def test_nothing_is_sent_without_evidence_or_called_off_after(world):
    empty = make_measures.handover(world)
    handovers.remove(empty.papers.get(), by=world.li)
    with refused("evidence_missing"):
        handovers.send(empty, by=world.zhou)
    assert handovers.cancel(empty, by=world.li, note="证据不足").state == HandoverState.CANCELLED

    sent = make_measures.sent(world)
    with refused("wrong_state"):
        handovers.cancel(sent, by=world.li, note="后悔了")


def test_the_receiver_answers_reports_and_the_clock_of_the_law_runs(world):
    found = make_measures.sent(world)
    with refused("receipt_missing"):
        reports.receive(found, by=world.tao, receipt=" ")
    with refused("not_received"):
        make_measures.reported(world, "told", found)
    found = reports.receive(found, by=world.tao, receipt="昌人社收〔2026〕8号")
    assert "回执" in last_told(world.li).title

    make_measures.reported(world, "filed", found)

    found.refresh_from_db()
    assert found.state == HandoverState.FILED
    assert found.decide_by == timezone.localdate() + timedelta(days=90)
    make_measures.reported(world, "told", found)
    make_measures.reported(world, "hearing", found, day=timezone.localdate() + timedelta(days=30))
    what = [label for label, _day, _law in clocks(found, found.reports.all())]
    assert what == ["作出处罚决定", "当事人可以要求听证", "最迟通知听证"]
    make_measures.reported(world, "penalised", found, text="警告，没收违法所得")
    found.refresh_from_db()
    assert found.state == HandoverState.PENALISED
    assert [e.verb for e in audit.own_history(found)][-4:] == [
        HandoverEvent.FILED,
        HandoverEvent.REPORTED,
        HandoverEvent.REPORTED,
        HandoverEvent.PENALISED,
    ]


def test_the_days_of_a_hearing_are_working_days(world):
    with time_machine.travel("2026-03-09 02:00Z", tick=False):
        found = make_measures.received(world)
        make_measures.reported(world, "told", found)
        make_measures.reported(world, "hearing", found, day=date(2026, 3, 31))

    days = {label: day for label, day, _law in clocks(found, found.reports.all())}

    assert days == {
        "当事人可以要求听证": date(2026, 3, 16),
        "最迟通知听证": date(2026, 3, 20),
    }


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("filed", {"day": date(2020, 1, 1)}, "day_before_sent"),
        ("filed", {"day": timezone.localdate() + timedelta(days=9)}, "day_in_future"),
        ("filed", {"text": " "}, "text_missing"),
        ("penalised", {"paper_number": ""}, "number_missing"),
        ("revoked", {}, "wrong_state"),
    ],
)
def test_a_report_that_cannot_be(world, kind, said, code):
    found = make_measures.received(world)

    with refused(code):
        make_measures.reported(world, kind, found, **said)


def test_nobody_else_answers_for_the_receiver(world):
    found = make_measures.sent(world)

    for person in (world.li, world.tian, world.aygul, world.gu):
        assert not may_receive(person, found)
        with pytest.raises(NotAllowed):
            reports.receive(found, by=person, receipt="x")
        with pytest.raises(NotAllowed):
            make_measures.reported(world, "filed", found, by=person)


def test_for_a_receiver_outside_the_system_the_sender_enters_its_papers(world):
    found = make_measures.sent(world, receiver=None, receiver_name="昌吉市市场监督管理局")

    assert may_receive(world.li, found)
    found = reports.receive(found, by=world.li, receipt="昌市监收〔2026〕1号")
    make_measures.reported(world, "cleared", found, by=world.li, text="违法行为轻微，不予处罚")
    found.refresh_from_db()
    assert found.state == HandoverState.CLEARED


def test_what_is_sent_back_says_why(world):
    found = make_measures.sent(world)
    with refused("note_required"):
        reports.decline(found, by=world.tao, note="")

    assert reports.decline(found, by=world.tao, note="不属本局管辖").state == HandoverState.DECLINED
    assert "不属本局管辖" in last_told(world.li).body


def test_two_years_after_it_ended_somebody_has_to_look(world):
    old = make_measures.handover(
        world, happened_until=timezone.localdate() - timedelta(days=3 * 365)
    )
    assert handovers.may_be_barred(old)
    assert not handovers.may_be_barred(make_measures.handover(world))


def test_the_region_hears_once_of_answers_that_are_late(world):
    make_measures.sent(world)
    filed = make_measures.received(world)
    make_measures.reported(world, "filed", filed)
    assert reports.escalate() == 0

    with time_machine.travel(timezone.now() + timedelta(days=120)):
        assert (reports.escalate(), reports.escalate()) == (2, 0)

    titles = Message.objects.filter(recipient=world.gu).values_list("title", flat=True)
    assert sum("逾期没有结果" in title for title in titles) == 2


# The catalogue


def test_the_catalogue_begins_with_articles_nobody_has_compared_yet(world):
    assert (load_legal_bases(), load_legal_bases()) == (9, 9)

    assert LegalBasis.objects.count() == 9
    assert not LegalBasis.objects.filter(checked_on__isnull=False).exists()
    assert all(one.may_penalise for one in LegalBasis.objects.for_penalties())
    for one in LegalBasis.objects.all():
        one.full_clean()


def test_the_region_keeps_the_catalogue_and_it_remembers_changes(world):
    row = make_measures.law()
    assert may_keep_catalogue(world.gu)
    assert isinstance(LegalBasis.objects.visible_to(world.gu), LegalBasisQuerySet)
    assert not LegalBasis.objects.visible_to(world.aygul).exists()
    row.checked_on = timezone.localdate()

    law.keep(row, by=world.gu)

    event = audit.own_history(row).last()
    assert event.verb == BasisEvent.CHANGED
    assert list(event.facts["fields"]) == ["checked_on"]
    with pytest.raises(NotAllowed):
        law.keep(row, by=world.li)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rank": "normative"}, "normative_penalty"),
        ({"valid_until": date(2010, 1, 1)}, "ends_too_early"),
        ({}, "entered_already"),
    ],
)
def test_what_the_catalogue_refuses(world, said, code):
    known = make_measures.law()
    fields = {
        field.name: getattr(known, field.name)
        for field in LegalBasis._meta.concrete_fields
        if field.name != "id"
    }

    with refused(code):
        law.keep(LegalBasis(**fields | said), by=world.gu)
