"""What may be checked, and how often it is promised."""

import pytest

from tests import make, make_inspections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.inspections.actions import lists, plans
from zhupei.inspections.models import ItemList, ListItem, ListState, Plan, PlannedDraw
from zhupei.inspections.parameters import DRAWS_A_YEAR, MOST_GENERAL


def test_the_next_version_begins_with_the_items_of_the_last(world):
    first = make_inspections.item_list(world)
    second = lists.draft(by=world.gu)

    assert (second.number, second.title) == (first.number + 1, first.title)
    assert second.items.count() == first.items.count() == len(make_inspections.ITEMS)
    lists.remove_item(second.items.get(code="1.2"), by=world.gu)
    lists.change_item(second.items.get(code="1.1"), by=world.gu, method="查看正本")
    lists.publish(second, by=world.gu)
    first.refresh_from_db()
    assert first.state == ListState.REPLACED
    assert first.items.get(code="1.1").method == ""  # what was checked by then stays
    assert ItemList.objects.in_force().get().items.get(code="1.1").method == "查看正本"
    assert [line.sentence for line in audit.timeline(second)][-1].endswith("起草抽查事项清单")


def test_only_one_draft_at_a_time_and_never_an_empty_list(world):
    draft = lists.draft(by=world.gu)

    with refused("draft_open"):
        lists.draft(by=world.gu)
    with refused("list_empty"):
        lists.publish(draft, by=world.gu)


def test_a_published_version_is_closed(world):
    found = make_inspections.item_list(world)

    with refused("list_closed"):
        lists.add_item(found, by=world.gu, code="9", title="x", target="class", law="y")
    with refused("list_closed"):
        lists.remove_item(found.items.first(), by=world.gu)
    with refused("wrong_state"):
        lists.publish(found, by=world.gu)


def test_an_item_has_its_own_number(world):
    make_inspections.item_list(world)
    draft = lists.draft(by=world.gu)

    with refused("code_taken") as refusal:
        lists.add_item(draft, by=world.gu, code="1.1", title="又一项", target="class", law="办法")
    assert refusal.value.field == "code"


@pytest.mark.parametrize("person", ["li", "aygul", "tao"])
def test_the_region_keeps_the_list(world, person):
    with refused("not_allowed"):
        lists.draft(by=getattr(world, person))


def test_drafts_of_the_list_are_the_regions_own_business(world):
    draft = lists.draft(by=world.gu)

    assert draft in ItemList.objects.visible_to(world.gu)
    assert draft not in ItemList.objects.visible_to(world.li)
    assert not ListItem.objects.visible_to(world.adil)


# Plans


def test_a_plan_promises_at_least_two_draws(world):
    plan = plans.draft(world.bureau, by=world.li, year=2026)
    plans.add_row(plan, by=world.li, **make_inspections.planned())

    with refused("too_few_draws") as refusal:
        plans.publish(plan, by=world.li)
    assert "至少抽查 2 次" in str(refusal.value)
    plans.add_row(plan, by=world.li, **make_inspections.planned(month=11))
    plan = plans.publish(plan, by=world.li)
    assert plan.published_at is not None
    assert plan in Plan.objects.public()


def test_how_often_is_a_figure_of_the_rules(world):
    plan = make_inspections.plan(world, published=False)
    make.parameter_value(DRAWS_A_YEAR, 4, make.LONG_AGO)

    with refused("too_few_draws"):
        plans.publish(plan, by=world.li)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"percent": 4}, "too_small"),
        ({"percent": 21, "grip": "general"}, "too_large"),
    ],
)
def test_shares_have_limits(world, said, code):
    plan = plans.draft(world.bureau, by=world.li, year=2026)

    with refused(code) as refusal:
        plans.add_row(plan, by=world.li, **make_inspections.planned(**said))
    assert refusal.value.field == "percent"


def test_a_prefecture_counts_by_the_figures_in_force(world):
    make.parameter_value(MOST_GENERAL, 30, make.LONG_AGO)
    plan = plans.draft(world.bureau, by=world.li, year=2026)

    made = plans.add_row(plan, by=world.li, **make_inspections.planned(percent=25, grip="general"))
    assert made.percent == 25


def test_a_published_plan_only_grows_and_says_why(world):
    plan = make_inspections.plan(world)

    with refused("plan_published"):
        plans.remove_row(plan.rows.first(), by=world.li)
    with refused("note_required"):
        plans.add_row(plan, by=world.li, **make_inspections.planned(title="专项"))
    plans.add_row(plan, by=world.li, note="投诉增多", **make_inspections.planned(title="专项"))
    assert plan.rows.count() == 3
    assert audit.timeline(plan)[0].note == "投诉增多"
    assert plan.rows.get(title="专项").added_because == "投诉增多"


def test_a_draft_plan_loses_a_row(world):
    plan = make_inspections.plan(world, published=False)
    plans.remove_row(plan.rows.first(), by=world.li)
    assert plan.rows.count() == 1


def test_one_plan_a_year(world):
    make_inspections.plan(world)
    year = Plan.objects.get().year
    with refused("plan_exists"):
        plans.draft(world.bureau, by=world.li, year=year)


@pytest.mark.parametrize("person", ["far_reviewer", "aygul", "tao", "gu"])
def test_the_plan_is_the_authoritys_own(world, person):
    with refused("not_allowed"):
        plans.draft(world.bureau, by=getattr(world, person), year=2026)


def test_who_sees_a_plan(world):
    make_inspections.people(world)
    plan = make_inspections.plan(world, published=False)
    seers = ["li", "gu", "tao", "far_reviewer", "aygul", "adil"]

    def seen() -> set[str]:
        return {one for one in seers if plan in Plan.objects.visible_to(getattr(world, one))}

    assert seen() == {"li", "gu"}
    plans.publish(plan, by=world.li)
    assert seen() == {"li", "gu", "tao"}
    assert PlannedDraw.objects.visible_to(world.tao).count() == 2
