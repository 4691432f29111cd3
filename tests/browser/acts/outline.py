"""The region writes the next version of a syllabus without a mouse."""

from types import SimpleNamespace

from playwright.sync_api import Page, expect

from tests.browser.acts.exam import tab_to
from tests.browser.stage import Stage, fill, follow, press, sees

VERSION = "2027.1"
UNIT, TOPIC, BELOW = "智能建造", "无人机测量", "航线规划"


def begin_the_next_version(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    page.goto(f"/syllabus/{world.syllabus.pk}/")
    follow(page, "复制为新版本")
    fill(page, {"版本": VERSION, "施行日期": f"{stage.day(60):%Y-%m-%d}", "依据": "办法第八条"})
    press(page, "复制")
    sees(page, f"土建施工员 {VERSION}")


def write_by_keyboard(stage: Stage, world: SimpleNamespace) -> None:
    """A unit, a topic in it, one below that: typed, entered, and moved with keys alone."""
    page = stage.desk(world.gu)
    new = page.locator("#new-unit")
    tab_to(page, new.get_by_label("单元"))
    page.keyboard.type(UNIT)
    for hours in ("4", "2"):
        page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type(hours)
    page.keyboard.press("Enter")
    unit = page.locator("article.branch").filter(has_text=UNIT)
    expect(unit).to_be_visible()
    expect(new.get_by_label("单元")).to_be_focused()
    add_topics(page)
    stage.look(page, "tree-keyboard")
    tab_to(page, unit.locator(".branch-steps").first.get_by_role("button", name="上移"), back=True)
    page.keyboard.press("Enter")
    expect(page.locator("article.branch").nth(2)).to_contain_text(UNIT)


def add_topics(page: Page) -> None:
    unit = page.locator("article.branch").filter(has_text=UNIT)
    field = unit.locator("> form.branch-add").get_by_label("知识点")
    for title in (TOPIC, BELOW):
        tab_to(page, field)
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(unit.locator("li").filter(has_text=title)).to_be_visible()
        expect(field).to_be_focused()
    last = unit.locator("li").filter(has_text=BELOW)
    tab_to(page, last.get_by_role("button", name="降一级"), back=True)
    page.keyboard.press("Enter")
    expect(unit.locator("li.outline-2")).to_contain_text(BELOW)


def publish_and_compare(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    follow(page, "看整份大纲")
    press(page, "发布")
    sees(page, "已发布")
    follow(page, "比较")
    sees(page, UNIT, TOPIC, "新增")
    stage.look(page, "syllabus-difference")
