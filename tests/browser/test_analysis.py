"""After the marks are out: the region reads figures, the bureau judges a lead."""

import pytest
from playwright.sync_api import expect

from tests import make, make_analysis
from tests.browser.stage import Stage, follow, step
from zhupei.analysis.parameters import LEAST

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_figures_are_read_and_a_lead_is_judged(stage: Stage):
    world = make.world()
    make.parameter_value(LEAST, 5, make.LONG_AGO)
    make_analysis.study(world, people=12)

    page = stage.desk(world.gu)
    page.goto("/analysis/")
    stage.look(page, "studies")
    follow(page, "土建施工员 理论考核")
    stage.look(page, "study")
    page.get_by_role("link", name="A 卷第 1 题", exact=True).click()
    expect(page.get_by_text("历次合计")).to_be_visible()
    stage.look(page, "item")

    bureau = stage.desk(world.li)
    bureau.goto("/analysis/leads/")
    stage.look(bureau, "leads")
    step(bureau.locator("td .name").first)
    stage.look(bureau, "lead")
    bureau.locator("summary", has_text="排除").click()
    bureau.locator("[name=note]:visible").fill("同桌一起复习过，录像没有异常")
    bureau.get_by_role("button", name="确定排除").click()
    expect(bureau.get_by_text("同桌一起复习过").first).to_be_visible()
