"""Publishing and deciding: on facts of the whole period, as they were shown, one by one."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests import make
from tests import make_evaluation as build
from tests.evaluation.test_results import after_the_term
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Event
from zhupei.core.templatetags.ui import dated
from zhupei.evaluation.actions import computing, experts, objections, results, scores
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, Scheme, State
from zhupei.evaluation.verify import recompute
from zhupei.evaluation.views import steps
from zhupei.institutions.models import StaffMember
from zhupei.organizations.models import Interest
from zhupei.portal import todo


def two_reviewed(world):
    """Tianshan's, and one of another institution that stands where it stands."""
    found = build.reviewed(world)
    other = build.of(found.scheme, world.other_school)
    Evaluation.objects.filter(pk=other.pk).update(
        state=State.REVIEWED, score=found.score, grade="B", assessed=90, applicable=90
    )
    return found, other


def test_one_that_lacks_a_grade_holds_nobody_up(world):
    found, other = two_reviewed(world)
    Evaluation.objects.filter(pk=other.pk).update(grade="", assessed=20, applicable=90)

    done = results.publicise(found.scheme, by=world.gu)

    assert (done.went, [one.evaluation.pk for one in done.left]) == (1, [other.pk])
    assert "只评了" in done.left[0].why_not
    other.refresh_from_db()
    assert other.state == State.REVIEWED
    Evaluation.objects.filter(pk=other.pk).update(
        state=State.PUBLIC, public_since=timezone.now(), public_until=timezone.now()
    )
    with after_the_term(build.of(found.scheme, world.school)):
        assert results.decide(found.scheme, by=world.gu).went == 1
    other.refresh_from_db()
    assert other.state == State.PUBLIC


def test_who_is_tied_to_one_of_them_leaves_it_to_a_colleague(world):
    found, other = two_reviewed(world)
    Interest.objects.create(
        user=world.gu, organization=world.other_school, kind="relative", since=make.LONG_AGO
    )

    done = results.publicise(found.scheme, by=world.gu)

    assert done.went == 1
    assert "利害关系" in str(done.left[0].why_not)
    assert done.left[0].evaluation == other


def test_nothing_is_published_before_the_period_of_its_facts_ended(world):
    found = build.reviewed(world)
    Scheme.objects.filter(pk=found.scheme_id).update(counts_until=timezone.localdate())
    scheme = Scheme.objects.get(pk=found.scheme_id)

    assert not [line for line in todo.todos(world.gu) if "待公示" in str(line.title)]
    with refused("year_not_over") as refusal:
        results.publicise(scheme, by=world.gu)

    assert dated(scheme.counts_until) in str(refusal.value)
    with time_machine.travel(scheme.ends_at, tick=False):
        with refused("nothing_ready") as refusal:
            results.publicise(scheme, by=world.gu)
        assert "还没有取数" in str(refusal.value)
        assert computing.read_last() == 2
        assert computing.read_last() == 0
        assert results.publicise(scheme, by=world.gu).went == 1


def test_what_was_published_before_its_facts_were_all_there_is_not_decided(world):
    found = build.public(world)
    Evaluation.objects.filter(pk=found.pk).update(
        computed_at=found.scheme.ends_at - timedelta(hours=1)
    )

    with after_the_term(found), refused("nothing_ready"):
        results.decide(found.scheme, by=world.gu)


def test_the_last_reading_says_what_it_changed(world):
    found = build.reviewed(world)
    early = found.scheme.ends_at - timedelta(hours=1)
    Evaluation.objects.filter(pk=found.pk).update(computed_at=early)
    StaffMember.objects.filter(organization=world.school).update(
        until=early.date() - timedelta(days=1)
    )

    assert computing.read_last() == 1

    deed = audit.history(found).get(verb=EvaluationEvent.READ_LAST)
    assert deed.facts["before"] == str(found.score)
    assert "1.1.1" in deed.facts["codes"]
    assert deed.facts["score"] == str(build.of(found.scheme, world.school).score)
    assert recompute(build.of(found.scheme, world.school)) == []
    assert world.gu.inbox.filter(title__contains="已最后取数").exists()


def test_nobody_confirms_a_result_they_were_not_shown(world):
    found, other = two_reviewed(world)
    shown = {found.pk: f"{found.score}/{found.grade}", other.pk: "12.00/B"}

    with refused("changed_meanwhile") as refusal:
        results.publicise(found.scheme, by=world.gu, shown=shown)
    assert world.other_school.name in str(refusal.value)
    del shown[other.pk]
    assert results.publicise(found.scheme, by=world.gu, shown=shown) == (1, [])
    with refused("nothing_ready"):
        results.publicise(found.scheme, by=world.gu, shown={})


def test_a_published_result_is_taken_back_with_a_reason(world):
    found = build.public(world)
    with refused("note_required"):
        results.withdraw(found, by=world.gu)
    with refused("not_allowed"):
        results.withdraw(found, by=world.li, note="错")
    made = objections.make(found, by=world.aygul, answer=None, grounds="不对")
    with refused("objection_unanswered"):
        results.withdraw(found, by=world.gu, note="有误")
    objections.reject(made, by=world.gu, note="核对无误")

    results.withdraw(found, by=world.gu, note="数据有误")

    found.refresh_from_db()
    assert (found.state, found.public_since, found.public_until) == (State.REVIEWED, None, None)
    assert not Evaluation.objects.public().exists()
    assert world.aygul.inbox.filter(title__contains="公示已撤回").exists()
    with refused("wrong_state"):
        results.withdraw(found, by=world.gu, note="再次")


def test_what_is_sent_back_is_scored_and_reviewed_again(world):
    found = build.reviewed(world)
    with refused("note_required"):
        results.reopen(found, by=world.gu)
    with refused("not_allowed"):
        results.reopen(found, by=world.li, note="补")

    found = results.reopen(found, by=world.gu, note="1.4.2 没有评")

    assert (found.state, found.scored_at) == (State.REPORTED, None)
    assert set(found.appointments.values_list("state", "ended_at")) == {("called", None)}
    sent_back = Event.objects.filter(verb=EvaluationEvent.SEAT_REOPENED)
    assert {one.facts["expert"] for one in sent_back} == {str(world.ren), str(world.ye)}
    assert world.ren.inbox.filter(title__contains="退回补评").exists()
    scores.score_locally(found, [build.entry(found, "1.4.2", 1, "现场有设备")], by=world.li)
    scores.finish(found, by=world.li)
    for user in (world.ren, world.ye):
        experts.hand_in(found.appointments.get(expert=user), by=user)
    found.refresh_from_db()
    assert found.state == State.REVIEWED
    assert build.answer(found, "1.4.2").value == 1


def test_a_key_that_is_no_number_is_nobodys_row(rf):
    sent = rf.post("/", {"row": ["²=80/C", "7=80.90/C"]})
    assert steps._shown(sent) == {7: "80.90/C"}
