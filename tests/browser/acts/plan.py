"""The institution files a class; the bureau sends it back, then approves it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, fill, follow, number_in, press, sees

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
TOO_MANY = "实训棚只有 20 个工位，请减到 36 人以内，分两批。"
TITLE = "土建施工员 2026 年第 3 期"


def draft_a_class(stage: Stage, world: SimpleNamespace, first: date, last: date) -> int:
    """Returns the number of the class."""
    page = stage.desk(world.aygul)
    follow(page, "开班")
    stage.look(page, "classes-none")
    follow(page, "新建")
    fill(
        page,
        {
            "名称": TITLE,
            "开课日期": f"{first:%Y-%m-%d}",
            "结课日期": f"{last:%Y-%m-%d}",
            "计划人数": "40",
            "咨询电话": "0994-2345678",
            "实训实习方案": "分两批在实训棚操作，每批一名教师带队。",
            "大纲": f"{world.syllabus.job} 2026.2",
        },
    )
    page.locator("[name=room]").select_option(label=str(world.room))
    page.locator("[name=division]").select_option(label="昌吉州 昌吉市")
    stage.look(page, "class-draft")
    press(page, "保存草稿")
    page.wait_for_url("**/timetable/**")
    return number_in(page)


def lay_out_the_timetable(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.aygul)
    for name, value in {
        "teacher": world.teacher,
        "room": world.room,
        "practice_teacher": world.second_teacher,
        "practice_room": world.workshop,
    }.items():
        page.locator(f"[name=wishes-{name}]").select_option(label=str(value))
    for day in ["周六", "周日"]:
        page.get_by_label(day).check()
    page.get_by_label("法定节假日不排课").uncheck()
    stage.look(page, "timetable-wishes")
    press(page, "按大纲自动排课")
    sees(page, "已按大纲排好课程表")
    expect(page.locator("table.lessons tbody tr").first).to_be_visible()
    stage.look(page, "timetable")


def invite_by_roster(stage: Stage, world: SimpleNamespace, file: str, good: int) -> None:
    """A dry run first: every bad row is shown, the good ones are invited."""
    page = stage.desk(world.aygul)
    follow(page, "学员名册")
    page.locator("[type=file]").set_input_files(ROSTERS / file)
    press(page, "检查名单")
    sees(page, f"可导入 {good} 行", "需改正", "怎样改")
    stage.look(page, "roster-dry-run")
    press(page, f"邀请可导入的 {good} 人")
    sees(page, f"已邀请 {good} 人")
    stage.look(page, "roster")


def submit(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{pk}/")
    stage.look(page, "class-precheck")
    press(page, "提交审核")
    sees(page, "待审核")


def send_back(stage: Stage, world: SimpleNamespace) -> None:
    """From the list of what waits, with a reason on a field."""
    page = stage.desk(world.li)
    sees(page, "待办", TITLE)
    stage.look(page, "bureau-to-do")
    follow(page, TITLE)
    stage.look(page, "class-review")
    fill(
        page,
        {
            "哪一项": "计划人数",
            "哪里不符，怎样改": TOO_MANY,
        },
    )
    stage.look(page, "class-send-back")
    page.locator("#send-back").get_by_role("button", name="退回补正").click()
    sees(page, "已退回补正")


def correct(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.aygul)
    page.goto("/home/")
    stage.look(page, "registrar-to-do")
    page.goto("/inbox/")
    stage.look(page, "inbox")
    page.goto("/classes/")
    stage.look(page, "classes")
    page.goto("/home/")
    follow(page, TITLE)
    sees(page, TOO_MANY)
    follow(page, "修改计划")
    sees(page, TOO_MANY)
    fill(page, {"计划人数": "36"})
    stage.look(page, "class-correct")
    press(page, "保存草稿")
    sees(page, "与上次提交比较")
    submit(stage, world, pk)


def read_whole(page: Page) -> Iterator[str]:
    """Open every paper and find it good; says each item's code while it is on the screen."""
    page.locator("#checklist").get_by_role("link", name="打开").first.click()
    page.wait_for_url("**/review/**")
    while "/review/" in page.url:
        here = page.url
        yield here.partition("/review/")[2].partition("/")[0]
        page.get_by_role("radio", name="符合", exact=True).check()
        press(page, "记下，看下一项")
        page.wait_for_url(lambda url, here=here: url != here)


def approve(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.li)
    page.goto(f"/classes/{pk}/")
    sees(page, "第 2 次提交，改动 1 处")
    expect(page.locator("table.diff")).to_contain_text("36")
    stage.look(page, "class-difference")
    for item in read_whole(page):
        stage.look(page, f"review-{item}")
    press(page, "通过")
    sees(page, "已通过")
    stage.look(page, "class-approved")
