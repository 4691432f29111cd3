"""Vetoes, publicity, objections, decisions, the notice; and every number again from its facts."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests import make_evaluation as build
from tests.refusals import refused
from zhupei.core import audit
from zhupei.credit.models import Grade
from zhupei.evaluation.actions import objections, results, vetoes
from zhupei.evaluation.events import EvaluationEvent, ObjectionEvent
from zhupei.evaluation.models import (
    Answer,
    Evaluation,
    Indicator,
    Scheme,
    SchemeState,
    State,
    VetoKind,
)
from zhupei.evaluation.verify import check, recompute


def after_the_term(found):
    return time_machine.travel(found.public_until + timedelta(minutes=1), tick=False)


def others_out(world, scheme):
    found = build.of(scheme, world.other_school)
    return results.leave(found, by=world.gu, note="自愿退出建设行业培训")


def test_published_for_five_working_days_and_for_everybody_to_read(world):
    found = build.public(world)

    assert found.state == State.PUBLIC
    days = (timezone.localdate(found.public_until) - timezone.localdate()).days
    assert days >= 5
    assert list(Evaluation.objects.public()) == [found]
    assert world.aygul.inbox.filter(title__contains="可提异议").exists()


def test_nothing_is_published_before_its_review(world):
    found = build.seated(world)

    with refused("nothing_reviewed"):
        results.publicise(found.scheme, by=world.gu)
    with refused("not_allowed"):
        results.publicise(found.scheme, by=world.li)
    assert not Evaluation.objects.public().exists()


def test_an_upheld_objection_is_a_scoring_on_record(world):
    found = build.public(world)
    answer = build.answer(found, "1.4.2")
    before = found.score

    made = objections.make(
        found, by=world.aygul, answer=answer, grounds="设备已补", upload=build.paper()
    )
    objections.uphold(made, by=world.gu, note="核实属实", value=Decimal(1))

    made.refresh_from_db()
    answer.refresh_from_db()
    assert (made.state, made.reply, made.replied_by_name) == ("upheld", "核实属实", "顾海")
    assert (answer.value, answer.stage) == (Decimal(1), "rescoring")
    assert build.of(found.scheme, world.school).score != before
    verbs = list(audit.history(found).values_list("verb", flat=True))
    assert EvaluationEvent.RESCORED in verbs
    assert ObjectionEvent.UPHELD in verbs


def test_a_rejected_objection_changes_no_number(world):
    found = build.public(world)
    made = objections.make(found, by=world.aygul, answer=None, grounds="总分太低")

    objections.reject(made, by=world.gu, note="逐项核对无误")

    assert build.of(found.scheme, world.school).score == found.score
    assert world.aygul.inbox.filter(title__contains="异议已答复").exists()
    with refused("wrong_state"):
        objections.reject(made, by=world.gu, note="再次")


def test_after_the_term_an_objection_is_refused_with_its_day(world):
    found = build.public(world)

    with after_the_term(found), refused("objection_late") as refusal:
        objections.make(found, by=world.aygul, answer=None, grounds="晚了")

    assert "异议期到" in str(refusal.value)
    assert "18:00" in str(refusal.value)


def test_objections_that_say_nothing_or_come_from_others(world):
    found = build.public(world)

    with refused("not_allowed"):
        objections.make(found, by=world.wang, answer=None, grounds="别人的")
    with refused("grounds_missing"):
        objections.make(found, by=world.aygul, answer=None, grounds=" ")
    objections.make(found, by=world.aygul, answer=None, grounds="一")
    with refused("objection_open"):
        objections.make(found, by=world.aygul, answer=None, grounds="二")


def test_before_publicity_nobody_objects(world):
    found = build.opened(world)

    with refused("not_public"):
        objections.make(found, by=world.aygul, answer=None, grounds="早了")


def test_an_objection_that_holds_changes_something(world):
    found = build.public(world)
    answer = build.answer(found, "1.1.1")
    one = objections.make(found, by=world.aygul, answer=answer, grounds="有四人")
    whole = objections.make(found, by=world.aygul, answer=None, grounds="整体")

    with refused("nothing_changes"):
        objections.uphold(one, by=world.gu, note="对", value=answer.value)
    with refused("nothing_changes"):
        objections.uphold(whole, by=world.gu, note="对")
    with refused("score_out_of_range"):
        objections.uphold(one, by=world.gu, note="对", value=Decimal(9))
    with refused("not_allowed"):
        objections.uphold(one, by=world.li, note="对", value=Decimal(3))
    with refused("note_required"):
        objections.reject(one, by=world.gu, note="")


def test_a_veto_needs_evidence_and_leaves_c_at_best(world):
    found = build.reviewed(world)
    said = {"by": world.gu, "kind": VetoKind.STAND_INS, "facts": "四人顶替", "law": "通报"}

    with refused("evidence_required"):
        vetoes.find(found, upload=None, **said)
    with refused("facts_missing"):
        vetoes.find(found, upload=build.paper(), **said | {"facts": ""})
    with refused("not_allowed"):
        vetoes.find(found, upload=build.paper(), **said | {"by": world.li})
    found = build.vetoed(world, found)

    assert found.grade in {"C", "D"}
    with refused("veto_there"):
        vetoes.find(found, upload=build.paper(), **said)


def test_a_veto_is_lifted_after_an_objection(world):
    found = build.vetoed(world, build.reviewed(world))
    results.publicise(found.scheme, by=world.gu)
    with refused("wrong_state"):
        vetoes.find(found, by=world.gu, kind="fire", facts="火", law="十三", upload=build.paper())
    made = objections.make(found, by=world.aygul, answer=None, grounds="查错了人")

    objections.uphold(made, by=world.gu, note="确系误认", veto=found.vetoes.get())

    veto = found.vetoes.get()
    assert (veto.lifted_at is not None, veto.lifted_note) == (True, "确系误认")
    with refused("veto_lifted"):
        vetoes.lift(veto, by=world.gu, note="再次")
    with refused("note_required"):
        vetoes.lift(veto, by=world.gu, note="")


def test_decided_after_the_term_the_grade_goes_into_the_credit_file(world):
    found = build.public(world)

    with refused("publicity_running"):
        results.decide(found.scheme, by=world.gu)
    with after_the_term(found):
        assert results.decide(found.scheme, by=world.gu) == (1, [])

    found = build.of(found.scheme, world.school)
    assert found.state == State.DECIDED
    grade = Grade.objects.current().get(organization=world.school)
    assert (grade.year, grade.grade, grade.score) == (found.scheme.year, found.grade, found.score)
    assert Grade.objects.about(found).get() == grade
    with refused("wrong_state"):
        results.leave(found, by=world.gu, note="晚了")


def test_an_open_objection_holds_the_decision_up(world):
    found = build.public(world)
    made = objections.make(found, by=world.aygul, answer=None, grounds="等等")

    with after_the_term(found):
        with refused("nothing_ready") as refusal:
            results.decide(found.scheme, by=world.gu)
        assert "有异议待答复" in str(refusal.value)
        objections.reject(made, by=world.gu, note="核对无误")
        assert results.decide(found.scheme, by=world.gu) == (1, [])


def test_who_leaves_is_out_and_has_no_points(world):
    scheme = build.frozen(world)
    with refused("note_required"):
        results.leave(build.of(scheme, world.other_school), by=world.gu)

    row = others_out(world, scheme)

    assert (row.state, row.grade) == (State.EXITED, "")
    assert Grade.objects.current().get(organization=world.other_school).grade == "out"


def test_the_notice_is_published_when_everybody_is_decided(world):
    found = build.public(world)
    with refused("number_missing"):
        results.announce(found.scheme, by=world.gu, number=" ")
    with refused("still_running"):
        results.announce(found.scheme, by=world.gu, number="新建科〔2027〕1号")
    others_out(world, found.scheme)
    with after_the_term(found):
        results.decide(found.scheme, by=world.gu)
        results.announce(found.scheme, by=world.gu, number="新建科〔2027〕1号")

    scheme = Scheme.objects.get(pk=found.scheme_id)
    assert (scheme.state, scheme.announced_as) == (SchemeState.ANNOUNCED, "新建科〔2027〕1号")
    assert Evaluation.objects.public().count() == 2
    with refused("wrong_state"):
        results.announce(scheme, by=world.gu, number="再来")


def test_the_same_facts_give_the_same_number(world):
    found = build.public(world)
    made = objections.make(found, by=world.aygul, answer=build.answer(found, "1.4.2"), grounds="补")
    objections.uphold(made, by=world.gu, note="属实", value=Decimal(1))

    assert recompute(build.of(found.scheme, world.school)) == []
    assert list(check(Scheme.objects.get(pk=found.scheme_id))) == []
    out = StringIO()
    call_command("verify_evaluation", str(found.scheme.year), stdout=out)
    assert "1 个方案、2 家机构，0 处不一致" in out.getvalue()


def managers(found):
    return Answer.objects.filter(evaluation=found, indicator__code="1.1.1")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda f: managers(f).update(computed=1), "points"),
        (lambda f: managers(f).update(value=1), "score"),
        (lambda f: managers(f).update(facts={"entered": False, "has": 9, "needed": 3}), "facts"),
        (lambda f: Evaluation.objects.filter(pk=f.pk).update(score=99), "sums"),
        (lambda f: Indicator.objects.filter(scheme=f.scheme).update(law="别的"), "scheme"),
    ],
)
def test_a_number_somebody_changed_is_found(world, change, fault):
    found = build.opened(world)
    change(found)

    faults = {one.fault for one in check(Scheme.objects.get(pk=found.scheme_id))}

    assert fault in faults
    with pytest.raises(SystemExit):
        call_command("verify_evaluation", stdout=StringIO())
