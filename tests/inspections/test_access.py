"""Who may do what, as a table a lawyer can read."""

import pytest

from tests import make_inspections
from tests.refusals import refused
from zhupei.inspections.access import (
    may_call_off,
    may_inspect,
    may_keep_list,
    may_plan_for,
    may_publish,
    may_reopen,
    may_run,
    may_type,
)
from zhupei.inspections.actions.drafts import check_reasons
from zhupei.inspections.models import Draw
from zhupei.inspections.workflow import DRAW, INSPECTION, ITEM_LIST, PLAN

BUREAU = ("li", "zhou", "yang", "kang", "ding")
OTHERS = ("gu", "tao", "mo", "guan", "far_reviewer", "aygul", "wang", "chen", "adil")
PEOPLE = (*BUREAU, *OTHERS)


def those(ask, world) -> set[str]:
    return {name for name in PEOPLE if ask(getattr(world, name))}


@pytest.fixture
def draw(world):
    make_inspections.people(world)
    return make_inspections.drawn(
        world, bodies=[world.bureau, world.home_hr], housing_count=1, hr_count=1
    )


def test_who_may_do_what_about_a_draw(world, draw):
    assert those(may_keep_list, world) == {"gu"}
    assert those(lambda user: may_plan_for(user, world.bureau), world) == {"li", "zhou"}
    assert those(lambda user: may_run(user, draw), world) == {"li", "zhou"}
    assert those(lambda user: may_call_off(user, draw), world) == {"li", "zhou", "gu"}
    types = {"li", "zhou", "tao", "yang", "kang", "ding", "mo"}
    assert those(lambda user: may_type(user, draw), world) == types


def test_who_may_do_what_about_an_inspection(world, draw):
    inspection = draw.inspections.get()
    going = {name for name in PEOPLE if getattr(world, name) in make_inspections.going(inspection)}
    assert len(going) == 2
    assert "mo" in going
    assert those(lambda user: may_inspect(user, inspection), world) == going
    assert those(lambda user: may_publish(user, inspection), world) == {"li", "zhou"}
    assert those(lambda user: may_reopen(user, inspection), world) == going | {"li", "zhou"}


@pytest.mark.parametrize(
    ("state", "person", "moves"),
    [
        ("ready", "li", ["freeze", "call_off"]),
        ("ready", "gu", []),
        ("frozen", "li", ["draw", "call_off"]),
        ("frozen", "gu", ["call_off"]),
        ("frozen", "yang", []),
        ("drawn", "li", []),
        ("drawn", "gu", []),
    ],
)
def test_who_sees_which_moves_of_a_draw(world, state, person, moves):
    draw = getattr(make_inspections, state)(world)
    available = DRAW.available(draw, getattr(world, person))
    assert [move.name for move in available] == moves


def test_the_moves_of_lists_plans_and_inspections(world, draw):
    def moves(workflow, thing, person):
        return [move.name for move in workflow.available(thing, getattr(world, person))]

    listed = make_inspections.item_list(world)
    assert moves(ITEM_LIST, listed, "li") == []
    assert moves(ITEM_LIST, listed, "gu") == ["replace"]  # done by publishing the next one
    assert moves(PLAN, draw.planned.plan, "li") == []
    inspection = draw.inspections.get()
    assert moves(INSPECTION, inspection, "mo") == ["record"]
    assert moves(INSPECTION, inspection, "li") == []


def test_a_reason_is_asked_for_once(world):
    draw = Draw(outside_because="专项")
    check_reasons(draw)
    with refused("reason_required"):
        check_reasons(Draw())
