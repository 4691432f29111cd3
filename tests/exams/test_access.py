"""Who may do what, as tables a lawyer can read."""

import pytest
import time_machine

from tests import make, make_exams
from zhupei.core.models import ParameterValue
from zhupei.exams.access import may_keep, may_plan, may_run, may_sit, sees_mark
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.models import Attempt, Candidate, Plan, Sitting
from zhupei.exams.workflow import SITTING
from zhupei.organizations.models import Kind, Role

NOBODY_ELSE = ["aygul", "wang", "li", "zhou", "far_reviewer", "gu", "ma", "adil", "mayra"]


def sitting_in(state, world):
    """A sitting walked into ``state``."""
    if state == "draft":
        return make_exams.draft_sitting(world)
    if state == "notified":
        return make_exams.notified_sitting(world)
    sitting = make_exams.sealed_sitting(world)
    if state == "cancelled":
        return sittings.cancel(sitting, by=world.chen, note="停电")
    if state in {"closed", "released"}:
        with time_machine.travel(make_exams.during(sitting, 70)):
            sitting = sittings.close(sitting, by=None)
    return sittings.release(sitting, by=world.chen) if state == "released" else sitting


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("draft", ["notify", "cancel"]),
        ("notified", ["seal", "cancel"]),
        ("sealed", ["close", "cancel"]),
        ("closed", ["release"]),
        ("released", []),
        ("cancelled", []),
    ],
)
def test_only_the_examiners_of_the_body_move_a_sitting(world, state, moves):
    sitting = sitting_in(state, world)

    assert [move.name for move in SITTING.available(sitting, world.chen)] == moves
    for name in NOBODY_ELSE:
        assert SITTING.available(sitting, getattr(world, name)) == []


@pytest.mark.parametrize(
    ("person", "body", "may"),
    [
        ("chen", "body", True),
        ("chen", "school", False),  # no assessment body
        ("aygul", "body", False),
        ("aygul", "school", False),
        ("li", "body", False),  # a bureau is told; it does not hold sittings
        ("gu", "body", False),
        ("adil", "body", False),
    ],
)
def test_only_an_examiner_of_an_assessment_body_plans(world, person, body, may):
    assert may_plan(getattr(world, person), getattr(world, body)) is may


def test_an_examiner_of_another_body_runs_nothing_here(world):
    other = make.organization(Kind.ASSESSMENT_BODY, "喀什建设技能考核中心", "653101")
    stranger = make.member("买买提·艾力", Role.EXAMINER, other)
    sitting = make_exams.draft_sitting(world)

    assert may_run(world.chen, sitting)
    assert not may_run(stranger, sitting)
    assert not may_run(None, sitting)


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("chen", True),
        ("li", True),
        ("gu", True),
        ("adil", True),  # a candidate
        ("mayra", False),
        ("aygul", False),
        ("wang", False),
        ("far_reviewer", False),
        ("ma", False),
    ],
)
def test_who_knows_of_a_sitting(world, person, sees):
    make_exams.sealed_sitting(world)
    user = getattr(world, person)

    assert Sitting.objects.visible_to(user).exists() is sees
    assert Candidate.objects.visible_to(user).exists() is sees


def test_only_the_person_on_the_seat_sits(world):
    candidate = make_exams.sealed_sitting(world).candidates.get()

    assert may_sit(world.adil, candidate)
    for name in ["mayra", "chen", "li", "gu", "aygul", "ma"]:
        assert not may_sit(getattr(world, name), candidate)


def test_an_examiner_has_no_seat_to_open(world):
    make_exams.sealed_sitting(world)

    assert Candidate.objects.own(world.adil).exists()
    assert not Candidate.objects.own(world.chen).exists()


@pytest.mark.parametrize(("setting", "before"), [("yes", True), ("no", False)])
def test_when_a_candidate_sees_the_mark_is_a_parameter(world, setting, before):
    ParameterValue.objects.create(
        key="exams.show_mark_at_once",
        value=setting,
        valid_from="2020-01-01",
        source="测试",
        set_by_name="顾海",
    )
    sitting = make_exams.sealed_sitting(world)
    with time_machine.travel(make_exams.during(sitting)):
        attempt = make_exams.started_attempt(sitting, world.adil)
        assert not sees_mark(attempt)
        attempt = attempts.hand_in(attempt, by=world.adil)
        assert sees_mark(attempt) is before
        sittings.release(sittings.close(sitting, by=world.chen), by=world.chen)

    assert sees_mark(Attempt.objects.get())


def test_a_plan_is_kept_by_the_examiners_of_its_body(world):
    plan = Plan(organization=world.body, prefecture=world.bureau.prefecture)

    assert may_keep(world.chen, plan)
    assert [name for name in NOBODY_ELSE if may_keep(getattr(world, name), plan)] == []
