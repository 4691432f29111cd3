"""A blueprint from the bank to parallel forms, tried before it is published."""

import pytest
from playwright.sync_api import Page, expect

from tests import make, make_papers
from tests.browser.stage import Stage, follow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_blueprint_is_written_tried_and_published(stage: Stage):
    world = make.world()
    make_papers.rich_questions({"识图与构造": 60, "施工工艺与管理": 60, "职业道德与法规": 40})
    page = stage.desk(world.gu)

    begin(stage, page)
    adjust(stage, page)
    try_out(stage, page)
    publish(stage, page)
    seen_by_a_body(stage.desk(world.chen))


def begin(stage: Stage, page: Page) -> None:
    page.goto("/papers/")
    stage.look(page, "blueprints-empty")
    page.get_by_role("link", name="新建细目表").first.click()
    quick = page.locator("form", has=page.locator("[name=way][value=proportional]"))
    quick.get_by_label("题库").select_option(label="分知识点题库")
    quick.get_by_label("题数").fill("30")
    stage.look(page, "blueprint-new")
    quick.get_by_role("button", name="排好题数").click()


def adjust(stage: Stage, page: Page) -> None:
    """What the bank is good for is said while somebody types."""
    total = page.locator("#sum")
    expect(total).to_contain_text("可组")
    page.get_by_label("识图与构造 单选题 难").fill("40")
    expect(total).to_contain_text("识图与构造 × 单选题 × 难：要 40 题")
    stage.look(page, "blueprint-too-much")
    page.get_by_label("识图与构造 单选题 难").fill("3")
    expect(total).not_to_contain_text("一套也组不出")
    stage.look(page, "blueprint-edit")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("细目表已保存")).to_be_visible()


def try_out(stage: Stage, page: Page) -> None:
    page.get_by_label("套数").fill("3")
    page.get_by_role("button", name="试组", exact=True).click()
    expect(page.get_by_role("heading", name="组卷结果")).to_be_visible()
    stage.look(page, "assembly")
    follow(page, "预览 A 卷")
    stage.look(page, "form")
    page.get_by_role("link", name="连答案一起看").click()
    expect(page.get_by_label("正确答案").first).to_be_attached()


def publish(stage: Stage, page: Page) -> None:
    page.goto("/papers/")
    page.get_by_role("link", name="按比例").click()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布").first).to_be_visible()
    stage.look(page, "blueprint-published")


def seen_by_a_body(page: Page) -> None:
    page.goto("/papers/")
    page.get_by_role("link", name="按比例").click()
    expect(page.get_by_text("由自治区住建厅保管")).to_be_visible()
