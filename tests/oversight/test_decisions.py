"""Measures from the decision on: served, carried out, lifted, dropped, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make_attendance, make_classes, make_measures, make_oversight
from tests.oversight.test_measures import last_told, standing
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.institutions.models import Standing
from zhupei.oversight import actions
from zhupei.oversight.access import may_decide, may_handle
from zhupei.oversight.actions import decisions, measures
from zhupei.oversight.actions.decisions import decide, revoke
from zhupei.oversight.events import MeasureEvent
from zhupei.oversight.models import Measure, MeasureState, PaperKind, ServedHow
from zhupei.oversight.workflow import MEASURE


def in_a_month():
    return timezone.localdate() + timedelta(days=30)


def test_an_order_to_correct_from_the_decision_to_its_end(world):
    found = make_measures.decided(world)
    assert "管理措施决定" in last_told(world.aygul).title
    assert "行政复议" in last_told(world.aygul).body
    assert (found.decided_by, found.state) == (world.zhou, MeasureState.DECIDED)

    found = decisions.acknowledge(found, by=world.aygul)

    assert (found.served_how, found.state) == (ServedHow.PLATFORM, MeasureState.SERVED)
    with refused("outcome_missing"):
        decisions.carry_out(found, by=world.li, note="已换人")
    proof = measures.attach(found, by=world.aygul, upload=make_measures.paper("聘用合同.pdf"))
    assert proof.kind == PaperKind.OUTCOME
    found = decisions.carry_out(found, by=world.li, note="已换人")
    assert (found.state, found.outcome) == (MeasureState.DONE, "已换人")
    assert "执行完毕" in last_told(world.aygul).title
    with refused("measure_closed"):
        measures.attach(found, by=world.li, upload=make_measures.paper())


def test_nobody_decides_what_they_wrote_up_and_only_the_region_removes(world):
    found = make_measures.stated(world)
    assert not may_decide(world.li, found)
    assert may_handle(world.li, found)
    assert may_decide(world.zhou, found)
    assert may_decide(world.gu, found)
    for person in (world.li, world.far_reviewer, world.aygul, world.tao):
        with pytest.raises(NotAllowed):
            decide(found, by=person, note="x", weighed="x", due_on=in_a_month())

    removal = make_measures.measure(world, "remove")
    assert not may_decide(world.zhou, removal)
    assert may_decide(world.gu, removal)


def test_nothing_is_decided_before_the_term_is_over(world):
    found = make_measures.noticed(world)
    with refused("statement_pending"):
        decide(found, by=world.zhou, note="责令改正", due_on=in_a_month())

    with time_machine.travel(timezone.now() + make_measures.AFTER_THE_TERM):
        found = decide(found, by=world.zhou, note="责令改正", due_on=in_a_month())
    assert found.state == MeasureState.DECIDED


def test_who_has_spoken_keeps_the_rest_of_the_term(world):
    found = make_measures.stated(world, waive=False)
    terms = {"note": "责令改正", "weighed": "没有采纳", "due_on": in_a_month()}
    with refused("statement_pending"):
        decide(found, by=world.zhou, **terms)
    assert not Measure.objects.ripe(timezone.now()).exists()

    found = measures.state(found, by=world.aygul, statement="补充：另附名单", hearing=True)

    assert found.statement.startswith("代课老师有证")
    assert found.statement.endswith("补充：另附名单")
    after = timezone.now() + make_measures.AFTER_THE_TERM
    with time_machine.travel(after), refused("hearing_pending"):
        decide(found, by=world.zhou, **terms)
    assert not Measure.objects.ripe(after).exists()


def test_only_saying_that_nothing_more_comes_ends_the_term_early(world):
    found = make_measures.stated(world, hearing=True)
    with refused("hearing_or_not"):
        measures.state(found, by=world.aygul, statement="x", hearing=True, waive=True)

    found = measures.state(found, by=world.aygul, statement="不听证了", waive=True)
    assert "放弃听证" in last_told(world.zhou).title
    assert Measure.objects.ripe(timezone.now()).contains(found)
    found = measures.state(found, by=world.aygul, statement="再想想")
    assert found.waived_at is None
    assert not Measure.objects.ripe(timezone.now()).exists()

    after = timezone.now() + make_measures.AFTER_THE_TERM
    assert Measure.objects.ripe(after).contains(found)


def test_nothing_is_decided_before_the_hearing(world):
    found = make_measures.stated(world, hearing=True)

    with refused("hearing_pending"):
        decide(found, by=world.zhou, note="x", weighed="x", due_on=in_a_month())


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("correct", {"note": " "}, "note_required"),
        ("correct", {"weighed": ""}, "weighing_missing"),
        ("correct", {"due_on": None}, "due_missing"),
        ("correct", {"due_on": timezone.localdate() - timedelta(days=3)}, "due_past"),
        ("talk", {"place": ""}, "place_missing"),
    ],
)
def test_what_a_decision_has_to_say(world, kind, said, code):
    with refused(code):
        make_measures.decided(world, kind, **said)


def test_a_stop_is_decided_with_all_it_causes_and_lifted_with_its_measure(world):
    running = make_attendance.class_with_learners(world, world.adil)

    found = make_measures.decided(world, "suspend")

    assert standing(world) == Standing.SUSPENDED
    running.refresh_from_db()
    assert running.frozen_since
    assert found.suspension.touched["classes"] == 1
    found = decisions.acknowledge(found, by=world.aygul)
    with refused("still_stopped"):
        decisions.carry_out(found, by=world.li, note="x")
    with refused("still_stopped"):
        revoke(found, by=world.zhou, note="x")

    actions.reinstate(world.school, by=world.li, note="整改到位", evidence=make_oversight.paper())

    found.refresh_from_db()
    assert (found.state, found.outcome) == (MeasureState.LIFTED, "整改到位")
    assert audit.own_history(found).last().verb == MeasureEvent.LIFTED


def test_a_stop_ordered_at_once_is_confirmed_and_not_ordered_again(world):
    found = make_measures.measure(world, "suspend")
    found = measures.stop_at_once(found, by=world.li, note="有危险")
    stop = found.suspension
    with refused("still_stopped"):
        decisions.drop(found, by=world.li, note="查无此事")
    measures.notify(found, by=world.li)
    measures.state(found, by=world.aygul, statement="已整改", waive=True)

    found = decide(found, by=world.zhou, note="继续暂停", weighed="没有采纳")

    assert found.suspension == stop
    assert world.school.suspensions.count() == 1


def test_lifting_before_the_decision_leaves_the_measure_to_be_decided_or_dropped(world):
    found = make_measures.measure(world, "suspend")
    measures.stop_at_once(found, by=world.li, note="有危险")
    actions.reinstate(world.school, by=world.li, note="危险排除", evidence=make_oversight.paper())

    found.refresh_from_db()
    assert found.state == MeasureState.DRAFT
    assert decisions.drop(found, by=world.li, note="危险已排除").state == MeasureState.DROPPED


def test_removal_ends_the_admission_once_no_class_is_open(world):
    open_class = make_classes.approved_class(world)
    with refused("classes_open") as refusal:
        make_measures.decided(world, "remove")
    assert open_class.title in str(refusal.value)
    open_class.delete()

    found = make_measures.decided(world, "remove")

    assert standing(world) == Standing.LEFT
    found = decisions.serve(found, by=world.gu, how="post", upload=make_measures.paper("回证.pdf"))
    assert found.papers.filter(kind=PaperKind.SERVICE).exists()
    assert decisions.carry_out(found, by=world.gu, note="已移出").state == MeasureState.DONE


def test_a_talk_has_a_day_and_a_place(world):
    found = make_measures.decided(world, "talk")

    assert found.place == "局机关 302 室"
    assert "局机关 302 室" in last_told(world.aygul).body
    found = decisions.serve(found, by=world.li, how="handed")
    assert decisions.carry_out(found, by=world.li, note="负责人到场").state == MeasureState.DONE


def test_service_on_paper_says_how(world):
    found = make_measures.decided(world)

    for how in ("", "platform", "pigeon"):
        with refused("how_unknown"):
            decisions.serve(found, by=world.li, how=how)
    with pytest.raises(NotAllowed):
        decisions.serve(found, by=world.aygul, how="post")
    with pytest.raises(NotAllowed):
        decisions.acknowledge(found, by=world.li)


def test_what_is_dropped_is_told_to_whoever_was_told(world):
    silent = make_measures.measure(world, "talk")
    decisions.drop(silent, by=world.li, note="事实不清")
    assert not Message.objects.filter(recipient=world.aygul).exists()

    told = make_measures.noticed(world)
    decisions.drop(told, by=world.li, note="陈述属实")

    assert "不予采取" in last_told(world.aygul).title
    assert "陈述属实" in last_told(world.aygul).body


def test_a_decision_can_be_taken_back(world):
    found = make_measures.served(world)
    assert Measure.objects.taken().contains(found)

    found = revoke(found, by=world.zhou, note="复议撤销")

    assert found.state == MeasureState.REVOKED
    assert not Measure.objects.taken().exists()
    assert "已撤销" in last_told(world.aygul).title


def test_the_region_hears_once_of_what_is_late(world):
    make_measures.served(world)
    make_measures.noticed(world, "talk")
    assert decisions.escalate() == 0

    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert Measure.objects.overdue(timezone.localdate()).count() == 1
        assert decisions.escalate() == 2
        assert decisions.escalate() == 0

    titles = Message.objects.filter(recipient=world.gu).values_list("title", flat=True)
    assert sum("管理措施逾期" in title for title in titles) == 2


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("li", ["drop"]),
        ("zhou", ["decide", "drop"]),
        ("gu", ["decide", "drop"]),
        ("aygul", ["state"]),
        ("far_reviewer", []),
        ("wang", []),
        ("tao", []),
    ],
)
def test_who_sees_which_buttons(world, person, expected):
    found = make_measures.noticed(world)

    assert [move.name for move in MEASURE.available(found, getattr(world, person))] == expected
