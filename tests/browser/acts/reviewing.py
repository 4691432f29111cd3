"""The bureau reads every paper before it decides; the region answers, and reads some again."""

from types import SimpleNamespace

from playwright.sync_api import Page, expect

from tests.browser.acts.plan import read_whole
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.people.models import User

QUESTION = "外地教师没有本地社保，算不算专职？"
ANSWER = "按聘用协议算，协议要覆盖办班期间。"
DOUBT = "实训棚 20 个工位，分两批的课表没有写明。"


def button_waits(page: Page, name: str) -> None:
    """It is there, says why it waits, and cannot be pressed."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")


def approve_what_was_read(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.li)
    page.goto(f"/classes/{pk}/")
    sees(page, "机器没有核对的", "必看，还没有打开")
    button_waits(page, "通过")
    stage.look(page, "review-blocked")
    answer_carelessly(stage, page)
    for item in read_whole(page):
        stage.look(page, f"review-{item}")
    sees(page, "审核清单")
    stage.look(page, "review-read")
    press(page, "通过")
    sees(page, "已通过")


def answer_carelessly(stage: Stage, page: Page) -> None:
    """A fault without a word of what it is, and nothing chosen at all, are both sent back."""
    page.locator("#checklist").get_by_role("link", name="打开").first.click()
    page.wait_for_url("**/review/**")
    press(page, "记下，看下一项")
    expect(page.locator("#answer .field-wrong")).to_be_visible()
    page.get_by_role("radio", name="不符", exact=True).check()
    press(page, "记下，看下一项")
    expect(page.locator("#answer .field-wrong")).to_be_visible()
    stage.look(page, "review-careless")
    follow(page, "回到计划")


def refer(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.li)
    page.goto(f"/classes/{pk}/")
    page.locator("summary").filter(has_text="请示").click()
    fill(page, {"理由": QUESTION})
    stage.look(page, "class-refer")
    press(page, "确定请示")
    sees(page, "待答复", QUESTION)


def advise(stage: Stage, world: SimpleNamespace, pk: int, title: str) -> None:
    page = stage.desk(world.gu)
    page.goto("/home/")
    sees(page, title)
    page.goto(f"/classes/{pk}/")
    sees(page, QUESTION)
    page.locator("summary").filter(has_text="答复请示").click()
    fill(page, {"理由": ANSWER})
    stage.look(page, "class-advise")
    press(page, "确定答复请示")
    sees(page, ANSWER)
    bureau = stage.desk(world.li)
    bureau.goto(f"/classes/{pk}/")
    sees(bureau, "答复", ANSWER)
    stage.look(bureau, "class-advised")


def read_again(stage: Stage, reader: User, title: str) -> Page:
    """Open one of those drawn, and every paper of it: until then there is no agreeing."""
    page = stage.desk(reader)
    page.goto("/classes/second-readings/")
    stage.look(page, "second-readings")
    follow(page, title)
    button_waits(page, "无异议")
    stage.look(page, "second-reading")
    here = page.url
    while (unread := page.locator(".checklist").get_by_role("link", name="打开")).count():
        unread.first.click()
        page.wait_for_url("**/review/**")
        page.goto(here)
    return page


def agree(stage: Stage, world: SimpleNamespace, title: str) -> None:
    page = read_again(stage, world.gu, title)
    press(page, "无异议")
    expect(page.locator("h1")).to_contain_text("无异议")
    stage.look(page, "second-agreed")


def object_to(stage: Stage, world: SimpleNamespace, title: str) -> None:
    """The bureau is told; nothing is revoked by itself."""
    page = read_again(stage, world.gu, title)
    page.locator("summary").filter(has_text="有异议").click()
    fill(page, {"理由": DOUBT})
    press(page, "确定有异议")
    expect(page.locator("h1")).to_contain_text("有异议")
    stage.look(page, "second-objected")
    bureau = stage.desk(world.li)
    bureau.goto("/inbox/")
    sees(bureau, title, "复读有异议")


def draw_again(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    page.goto("/classes/draws/")
    stage.look(page, "draws")
    page.locator("td a").first.click()
    sees(page, "重算与当时一致", "抽中", "sha256sum")
    stage.look(page, "draw")


def count(stage: Stage, world: SimpleNamespace) -> None:
    """The bureau reads the same figures as the region; each leads to the plans behind it."""
    for officer in (world.gu, world.li):
        page = stage.desk(officer)
        page.goto("/classes/review-figures/")
        sees(page, "李文涛")
        stage.look(page, f"review-figures-{officer.pk == world.li.pk}")
    page.locator("td a").first.click()
    page.wait_for_url("**/plans/**")
    stage.look(page, "reviewed-plans")
