"""What waits for whom after a question to the region, and after a draw."""

from tests import make_classes
from tests.portal.test_todo import lines
from zhupei.classes.actions import plan, second


def test_a_referred_plan_waits_for_the_region_and_stays_with_its_bureau(world):
    submitted = make_classes.submitted_class(world)

    plan.refer(submitted, by=world.li, note="请示")

    assert lines(world.gu) == [("请示", submitted.title)]
    assert lines(world.li) == [("已请示", submitted.title)]
    assert lines(world.far_reviewer) == []


def test_a_drawn_plan_waits_for_the_region_and_an_objection_for_the_bureau(world):
    approved = make_classes.approved_class(world)
    drawn = make_classes.second_reading(world)
    assert lines(world.gu) == [("复读", approved.title)]
    assert lines(world.li) == []

    second.object_to(drawn, by=world.gu, note="消防检查已过期。")

    assert lines(world.gu) == []
    assert lines(world.li) == [("复读有异议", approved.title)]
