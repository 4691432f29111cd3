"""A class away from home: filed with the HR department there, copied to housing and education."""

from types import SimpleNamespace

from playwright.sync_api import expect

from tests.browser.stage import Stage, fill, follow, hand, number_in, press, sees
from zhupei.people.models import User

ADDRESS = "人民东路 8 号建设大厦"
CORRECTED = "喀什市人民东路 8 号建设大厦 3 楼 301 室"
REASON = "写明楼层和房间号，附消防检查记录。"


def be_refused_without_a_filing(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    """The pre-check names what is missing, and the button waits."""
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{pk}/")
    sees(page, "异地办班", "备案")
    stage.look(page, "away-refused")
    expect(page.get_by_role("button", name="提交审核")).to_have_attribute("aria-disabled", "true")


def file(stage: Stage, world: SimpleNamespace, jobs: str) -> int:
    """Returns the number of the filing, handed in."""
    page = stage.desk(world.aygul)
    page.goto("/filings/")
    stage.look(page, "filings-none")
    follow(page, "新的异地备案")
    fill(page, {jobs: True, "办学县市": "喀什 喀什市", "办学地址": ADDRESS})
    fill(page, {"拟办班开始": f"{stage.day(2):%Y-%m-%d}", "预计人数": "40"})
    fill(page, {"拟办班结束": f"{stage.day(90):%Y-%m-%d}", "现场负责人": "艾力·玉素甫"})
    fill(page, {"联系电话": "打我手机"})
    press(page, "保存草稿")
    sees(page, "这不像电话号码")
    stage.look(page, "filing-draft")
    fill(page, {"联系电话": "13899990001"})
    press(page, "保存草稿")
    sees(page, "还不能提交", "还缺：办学许可证复印件")
    for kind, name in {
        "办学许可证复印件": "许可证.pdf",
        "场地租赁或使用证明": "租赁合同.pdf",
    }.items():
        fill(page, {"类别": kind})
        hand(page, "file", name)
        press(page, "上传")
        sees(page, name)
    stage.look(page, "filing-ready")
    press(page, "提交备案")
    sees(page, "待备案")
    return number_in(page)


def send_back(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.tian)
    stage.look(page, "hr-to-do")
    page.goto("/filings/")
    stage.look(page, "filings")
    page.goto(f"/filings/{pk}/")
    stage.look(page, "filing-review")
    form = page.locator("#send-back")
    press(form, "退回补正")
    sees(page, "请至少写一条理由")
    fill(form, {"哪一项": "办学地址", "哪里不符，怎样改": REASON})
    press(form, "退回补正")
    sees(page, "已退回补正")


def correct(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.aygul)
    page.goto(f"/filings/{pk}/")
    sees(page, REASON)
    stage.look(page, "filing-returned")
    follow(page, "修改备案")
    sees(page, REASON)
    stage.look(page, "filing-correct")
    fill(page, {"办学地址": CORRECTED})
    press(page, "保存草稿")
    press(page, "提交备案")
    sees(page, "待备案")


def accept(stage: Stage, world: SimpleNamespace, pk: int) -> str:
    """Returns the number of the filing as people read it."""
    page = stage.desk(world.tian)
    page.goto(f"/filings/{pk}/")
    sees(page, "第 2 次提交，改动 1 处", CORRECTED)
    press(page, "准予备案")
    sees(page, "已备案", "还没有人打开")
    stage.look(page, "filing-accepted")
    return page.locator("h1 bdi").first.inner_text()


def read_the_copy(stage: Stage, world: SimpleNamespace, reader: User, pk: int) -> None:
    """It waits unread, opening it is reading it, and everybody sees that it was read."""
    page = stage.desk(reader)
    page.goto("/filings/copies/")
    sees(page, "没打开过", "天山建设职业技能培训学校")
    stage.look(page, "copies")
    page.goto(f"/filings/{pk}/")
    sees(page, f"{reader.name} ")
    stage.look(page, "copy")
    page.goto("/filings/copies/")
    expect(page.get_by_text("没打开过", exact=True)).to_have_count(0)
    officer = stage.desk(world.tian)
    officer.goto(f"/filings/{pk}/")
    expect(officer.locator("main")).to_contain_text(f"{reader.name} ")


def submit_now(stage: Stage, world: SimpleNamespace, pk: int, number: str) -> None:
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{pk}/")
    sees(page, f"编号 {number}")
    press(page, "提交审核")
    sees(page, "待审核")
    stage.look(page, "away-submitted")


def both_bureaus_see(stage: Stage, world: SimpleNamespace, pk: int, title: str) -> None:
    for officer in (world.li, world.far_reviewer):
        page = stage.desk(officer)
        page.goto(f"/classes/{pk}/")
        sees(page, title)
    stage.look(page, "away-there")
