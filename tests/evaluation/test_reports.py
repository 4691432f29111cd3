"""The self-report: prefilled, explained, handed in once and in time."""

from datetime import timedelta
from decimal import Decimal

import time_machine
from django.utils import timezone

from tests import make_evaluation as build
from tests.refusals import refused
from zhupei.core import audit
from zhupei.evaluation.actions import reporting, scores
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, State


def test_the_report_is_prefilled_from_the_facts(world):
    found = build.opened(world)

    managers = build.answer(found, "1.1.1")

    assert (managers.computed, managers.value, managers.stage) == (Decimal(4), Decimal(4), "")
    assert managers.facts["has"] == 3
    assert managers.facts_sha256
    assert found.score is not None
    assert found.assessed < found.applicable  # people have not scored yet


def test_what_people_must_tell_is_not_assessed_whatever_the_system_knows(world):
    found = build.opened(world)

    policies = build.answer(found, "1.1.3")

    assert policies.computed == 0  # what a person starts from
    assert (policies.status, policies.value) == ("not_assessed", None)


def test_statements_and_papers_stay_as_drafts(world):
    found = build.opened(world)
    answer = build.answer(found, "1.1.3")

    reporting.state(answer, by=world.aygul, statement="八项制度都在")
    paper = reporting.attach(answer, by=world.aygul, upload=build.paper("制度.pdf"))

    answer.refresh_from_db()
    assert answer.statement == "八项制度都在"
    assert answer.evidence.get() == paper
    verbs = set(audit.history(found).values_list("verb", flat=True))
    assert {EvaluationEvent.STATED, EvaluationEvent.EVIDENCE_ADDED} <= verbs
    reporting.take_back(paper, by=world.aygul)
    paper.refresh_from_db()
    assert paper.withdrawn_at is not None


def test_the_stated_pass_rate_is_compared_at_once(world):
    found = build.opened(world)

    reporting.sum_up(found, by=world.aygul, summary="很好", declared_pass_rate=Decimal("91.5"))

    assert build.answer(found, "2.3.3").facts["declared"] == "91.50"


def test_only_the_institution_reports(world):
    found = build.opened(world)
    answer = build.answer(found, "1.1.3")

    with refused("not_allowed"):
        reporting.state(answer, by=world.wang, statement="别人的")
    with refused("not_allowed"):
        reporting.report(found, by=world.li)
    with refused("not_allowed"):
        reporting.attach(answer, by=world.wang, upload=build.paper())


def test_handed_in_it_is_closed_until_it_is_sent_back(world):
    found = build.reported(world)
    answer = build.answer(found, "1.1.3")

    assert found.state == State.REPORTED
    assert found.reported_by_name == "阿依古丽·买买提"
    assert world.li.inbox.filter(title__contains="自评已提交").exists()
    with refused("wrong_state"):
        reporting.state(answer, by=world.aygul, statement="晚了")
    with refused("note_required"):
        reporting.send_back(found, by=world.li)
    reporting.send_back(found, by=world.li, note="缺制度文本")
    reporting.state(answer, by=world.aygul, statement="补上")
    assert build.of(found.scheme, world.school).state == State.OPEN


def test_after_its_day_nothing_is_handed_in_and_the_clock_closes(world):
    found = build.opened(world)
    late = timezone.now() + timedelta(days=21)

    with time_machine.travel(late, tick=False):
        with refused("reports_closed"):
            reporting.report(found, by=world.aygul)
        with refused("reports_closed"):
            reporting.state(build.answer(found, "1.1.3"), by=world.aygul, statement="晚了")
        assert reporting.close_overdue() == 2
        assert reporting.close_overdue() == 0

    found = build.of(found.scheme, world.school)
    assert (found.state, found.reported_at) == (State.REPORTED, None)
    with refused("reports_closed"), time_machine.travel(late, tick=False):
        reporting.send_back(found, by=world.li, note="太晚")


def test_in_time_the_clock_closes_nothing(world):
    build.opened(world)

    assert reporting.close_overdue() == 0
    assert Evaluation.objects.filter(state=State.OPEN).count() == 2


def test_the_scorer_may_lay_papers_beside_an_answer(world):
    found = build.reported(world)

    made = reporting.attach(build.answer(found, "3.1"), by=world.li, upload=build.paper())

    assert made.organization_name == world.bureau.name
    assert scores.locked(found).evidence.count() == 1
