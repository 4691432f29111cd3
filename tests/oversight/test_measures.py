"""Measures up to the decision: written up, told, heard.

Administrative Penalty Law, art. 44, 45, 63 and 64, followed although these are no penalties.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make, make_attendance, make_corrections, make_measures, make_oversight
from tests.refusals import refused
from zhupei.core import audit, workdays
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.corrections.actions import disputes
from zhupei.institutions.models import Admission, Standing
from zhupei.organizations.models import Interest
from zhupei.oversight import letters
from zhupei.oversight.access import may_state, may_take_measures
from zhupei.oversight.actions import measures
from zhupei.oversight.actions.measures import call_hearing, draft, notify, state
from zhupei.oversight.events import MeasureEvent
from zhupei.oversight.models import Measure, MeasureState, PaperKind
from zhupei.oversight.models.measures import MeasureQuerySet


def standing(world) -> str:
    return Admission.objects.get(organization=world.school).state


def last_told(user) -> Message:
    return Message.objects.filter(recipient=user).latest("pk")


def test_an_institution_reads_in_its_record_what_it_was_told_and_nothing_before(world):
    found = make_measures.measure(world)
    make_measures.received(world)
    assert not audit.history(world.school).filter(verb__regex="^(measure|handover)").exists()

    notify(found, by=world.li)
    handed_over = audit.history(world.school).filter(verb__startswith="handover")
    measured = audit.history(world.school).filter(verb__startswith="measure")

    assert list(measured.values_list("verb", flat=True)) == [MeasureEvent.NOTICED]
    assert not handed_over.exists()


def test_a_draft_is_the_authoritys_own_business(world):
    found = make_measures.measure(world, source=world.designation)

    assert found.state == MeasureState.DRAFT
    assert found.authority == world.bureau
    assert found.source_label == str(world.designation)
    assert [paper.kind for paper in found.papers.all()] == [PaperKind.EVIDENCE]
    assert Measure.objects.visible_to(world.gu).contains(found)
    assert isinstance(Measure.objects.visible_to(world.li), MeasureQuerySet)
    for person in (world.aygul, world.far_reviewer, world.wang, world.tao, world.ma, world.adil):
        assert not Measure.objects.visible_to(person).exists()
    assert not Message.objects.filter(recipient=world.aygul).exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [({"facts": " "}, "facts_missing"), ({"uploads": [make_measures.paper("x.exe")]}, "file_kind")],
)
def test_what_cannot_be_drafted(world, said, code):
    with refused(code):
        make_measures.measure(world, **said)


def test_an_article_out_of_force_carries_nothing(world):
    ended = make_measures.basis(
        article="第九条", valid_until=timezone.localdate() - timedelta(days=1)
    )

    with refused("basis_ended"):
        make_measures.measure(world, basis=ended)


def test_the_same_measure_is_not_drafted_twice_at_once(world):
    make_measures.measure(world)

    with refused("measure_open"):
        make_measures.measure(world)
    assert make_measures.measure(world, "talk").kind == "talk"


def test_a_disputed_order_is_answered_before_a_measure_is_built_on_it(world):
    raised = make_corrections.disputed(world)
    order = raised.finding.order
    with refused("order_disputed"):
        make_measures.measure(world, source=order)

    disputes.uphold(raised, by=world.li, note="照片为证")

    assert make_measures.measure(world, source=order).source_label == str(order)


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "tao", "song", "ma"])
def test_others_take_no_measures(world, person):
    user = getattr(world, person)

    assert not may_take_measures(user, world.school)
    with pytest.raises(NotAllowed):
        make_measures.measure(world, by=user)


def test_whoever_is_tied_stays_away(world):
    Interest.objects.create(
        user=world.li, organization=world.school, kind="owner", since=make.LONG_AGO
    )

    with pytest.raises(NotAllowed) as refusal:
        draft(world.school, by=world.li, kind="talk", facts="x", basis=make_measures.basis())

    assert refusal.value.code == "recused"


def test_a_draft_can_be_changed_until_the_institution_was_told(world):
    found = make_measures.measure(world)
    other = make_measures.basis(article="第九条")
    changed = measures.edit(found, by=world.zhou, facts="更正：3月6日", basis=other)
    assert (changed.facts, changed.basis) == ("更正：3月6日", other)

    notify(found, by=world.li)

    with refused("already_told"):
        measures.edit(found, by=world.li, facts="再改", basis=other)
    with pytest.raises(NotAllowed):
        measures.edit(found, by=world.aygul, facts="再改", basis=other)


def test_telling_opens_the_term_and_the_evidence(world):
    with time_machine.travel("2026-03-09 02:00Z", tick=False):  # Monday
        found = make_measures.noticed(world)

    assert timezone.localdate(found.statement_until).isoformat() == "2026-03-16"
    assert found.hearing_until.isoformat() == "2026-03-16"
    assert Measure.objects.visible_to(world.aygul).contains(found)
    assert "管理措施告知" in last_told(world.aygul).title
    assert "陈述申辩" in last_told(world.aygul).body
    assert [e.verb for e in audit.own_history(found)] == [
        MeasureEvent.DRAFTED,
        MeasureEvent.PAPER_ADDED,
        MeasureEvent.NOTICED,
    ]


def test_a_letter_prints_whatever_was_typed(world):
    found = make_measures.noticed(world, facts="课堂没人😀")

    assert letters.notice(found).startswith(b"%PDF")


def test_nobody_is_judged_untold_says_the_table_itself(world):
    found = make_measures.measure(world)

    with pytest.raises(IntegrityError, match="untold"), transaction.atomic():
        Measure.objects.filter(pk=found.pk).update(state="stated")


def test_the_institution_speaks_and_adds_papers_within_the_term(world):
    found = make_measures.stated(world)

    assert found.state == MeasureState.STATED
    assert found.stated_by == world.aygul
    assert may_state(world.aygul, found)
    kinds = [paper.kind for paper in found.papers.order_by("pk")]
    assert kinds == [PaperKind.EVIDENCE, PaperKind.STATEMENT]
    assert "已陈述申辩" in last_told(world.zhou).title
    more = measures.attach(found, by=world.aygul, upload=make_measures.paper("补充.pdf"))
    assert more.kind == PaperKind.STATEMENT
    late = timezone.now() + make_measures.AFTER_THE_TERM
    with time_machine.travel(late), refused("statement_late"):
        measures.attach(found, by=world.aygul, upload=make_measures.paper())


def test_a_statement_too_late_empty_or_of_others_is_refused(world):
    found = make_measures.noticed(world)

    with refused("statement_missing"):
        state(found, by=world.aygul, statement=" ")
    for person in (world.li, world.wang, world.ma):
        with pytest.raises(NotAllowed):
            state(found, by=person, statement="x")
    late = timezone.now() + make_measures.AFTER_THE_TERM
    with time_machine.travel(late), refused("statement_late"):
        state(found, by=world.aygul, statement="晚了")


def test_nothing_is_added_to_a_draft_by_others_or_to_what_is_closed(world):
    found = make_measures.measure(world)
    with refused("measure_closed"):
        measures.attach(found, by=world.aygul, upload=make_measures.paper())
    with pytest.raises(NotAllowed):
        measures.attach(found, by=world.far_reviewer, upload=make_measures.paper())


def test_a_hearing_is_called_early_enough_and_its_minutes_are_kept(world):
    found = make_measures.stated(world, hearing=True)
    assert "要求听证" in last_told(world.li).title
    soon = timezone.now() + timedelta(days=3)
    with refused("called_too_late"):
        call_hearing(found, by=world.li, at=soon, place="302 室")
    with refused("called_too_late"):
        call_hearing(found, by=world.li, at=timezone.now() - timedelta(days=1), place="302 室")
    at = workdays.deadline(timezone.now(), 7)
    with refused("place_missing"):
        call_hearing(found, by=world.li, at=at, place="")

    found = call_hearing(found, by=world.li, at=at, place="302 室")

    assert "听证通知" in last_told(world.aygul).title
    with refused("no_hearing"):
        measures.hear(found, by=world.li, account="x", upload=make_measures.paper())
    with time_machine.travel(at + timedelta(hours=3)):
        with refused("account_missing"):
            measures.hear(found, by=world.li, account="", upload=make_measures.paper())
        with refused("minutes_missing"):
            measures.hear(found, by=world.li, account="双方到场", upload=None)
        found = measures.hear(
            found, by=world.li, account="双方到场", upload=make_measures.paper("笔录.pdf")
        )
        with refused("no_hearing"):
            measures.hear(found, by=world.li, account="再来", upload=make_measures.paper())
    assert found.papers.filter(kind=PaperKind.HEARING).count() == 1


def test_a_hearing_asked_for_too_late_is_refused_the_statement_is_not(world):
    with time_machine.travel("2026-03-09 02:00Z", tick=False):
        found = make_measures.noticed(world)
    Measure.objects.filter(pk=found.pk).update(hearing_until="2026-03-13")
    with time_machine.travel("2026-03-16 02:00Z", tick=False):
        with refused("hearing_late") as refusal:
            state(found, by=world.aygul, statement="要听证", hearing=True)
        assert refusal.value.field == "wish"
        assert state(found, by=world.aygul, statement="不听证了").state == MeasureState.STATED


def test_no_hearing_without_one_being_asked_for(world):
    found = make_measures.stated(world)

    with refused("no_hearing"):
        call_hearing(found, by=world.li, at=timezone.now() + timedelta(days=30), place="x")


def test_an_urgent_stop_comes_before_the_hearing_with_its_reason(world):
    running = make_attendance.class_with_learners(world, world.adil)
    found = make_measures.measure(world, "suspend")

    found = measures.stop_at_once(found, by=world.li, note="学员正在危险场地实训")

    assert standing(world) == Standing.SUSPENDED
    running.refresh_from_db()
    assert running.frozen_since
    assert found.suspension.law == str(found.basis)
    assert found.urgent_why == "学员正在危险场地实训"
    assert found.state == MeasureState.DRAFT
    assert Measure.objects.visible_to(world.aygul).contains(found)
    with refused("stopped_already"):
        measures.stop_at_once(found, by=world.li, note="再来")
    other = make_measures.measure(world, "talk")
    with refused("not_a_stop"):
        measures.stop_at_once(other, by=world.li, note="x")
    with pytest.raises(NotAllowed):
        measures.stop_at_once(found, by=world.far_reviewer, note="x")


def test_a_stop_in_force_without_a_measure_becomes_the_one_of_the_next(world):
    stop = make_oversight.suspension(world)

    found = make_measures.measure(world, "suspend")

    assert found.suspension == stop
    assert found.urgent_why == stop.reason


def test_opening_a_paper_is_an_event(world):
    found = make_measures.noticed(world)

    measures.look(found.papers.get(), by=world.aygul)

    assert audit.own_history(found).last().verb == MeasureEvent.SEEN
