"""The assessment body plans a sitting; two candidates sit it, one without network for a while,
one without a mouse.
"""

from datetime import datetime
from types import SimpleNamespace

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import make_exams
from tests.browser.acts.rules import questions
from tests.browser.stage import Stage, fill, follow, number_in, press, sees
from zhupei.exams.actions import room
from zhupei.exams.models import Sitting
from zhupei.papers.actions import blueprints
from zhupei.people.models import User
from zhupei.questions.models import QuestionSet

TITLE = "土建施工员 理论考核"
ITEMS = 20
TABS = 80  # more stops than any page has


def plan(stage: Stage, world: SimpleNamespace, starts_at: datetime) -> int:
    """Returns the number of the sitting, notified."""
    _blueprint(world)
    page = stage.desk(world.chen)
    follow(page, "考核")
    stage.look(page, "sittings-none")
    follow(page, "安排一场考核")
    fill(page, {"场次名称": TITLE, "考试时长": "60", "平行卷份数": "2"})
    fill(page, {"开考时间": f"{timezone.localtime(starts_at):%Y-%m-%dT%H:%M}"})
    page.locator("[name=blueprint]").select_option(index=1)
    page.locator("[name=room]").select_option(index=1)
    stage.look(page, "sitting-draft")
    press(page, "保存")
    press(page, "告知考核计划")
    sees(page, "已告知")
    stage.look(page, "sitting-notified")
    return number_in(page)


def _blueprint(world: SimpleNamespace) -> None:
    """The region has published one on the set of this story; it is small, so forms are alike."""
    questions = QuestionSet.objects.published().get(title__contains="2026 年题库")
    made = blueprints.proportional(questions, items=ITEMS, minutes=60, by=world.gu)
    rows = blueprints.proportional_rows(made, ITEMS)
    made = blueprints.change(made, by=world.gu, mark=made.mark, rows=rows, overlap=100)
    blueprints.publish(made, by=world.gu)


def seat(stage: Stage, world: SimpleNamespace, eligible: list[User], barred: User) -> None:
    """Only those with their hours can be ticked; of the others the page says what is missing."""
    page = stage.desk(world.chen)
    follow(page, "安排座位")
    sees(page, f"符合条件 {len(eligible)} 人", "原因")
    row = page.get_by_role("row").filter(has_text=barred.name)
    expect(row).to_contain_text("学时")
    expect(row.get_by_role("checkbox")).to_have_count(0)
    stage.look(page, "seating")
    press(page, "给选中的学员安排座位")
    sitting = Sitting.objects.get(title=TITLE)
    make_exams.watch(sitting, by=world.chen)
    page.reload()
    follow(page, "封卷")
    press(page, "确定封卷")
    sees(page, "A 卷指纹")
    stage.look(page, "sitting-sealed")
    room.admit(sitting.attempts.all(), by=world.chen)


def begin(stage: Stage, page: Page) -> None:
    page.goto("/exam/")
    stage.look(page, "my-exams")
    follow(page, "进考场")
    stage.look(page, "exam-door")
    sees(page, "试卷已备好")
    press(page, "开始作答")
    expect(page.locator("[data-part=stem]")).not_to_be_empty()


def right_options(page: Page) -> list[int]:
    """The places of the right options of the question on the screen."""
    right = questions()[page.locator("[data-part=stem]").inner_text()]
    texts = page.locator("[data-part=choices] label span").all_inner_texts()
    return [place for place, text in enumerate(texts) if text in right]


def answer(page: Page, mark: str = "已保存") -> None:
    """Tap the right options and see the mark beside the question."""
    for place in right_options(page):
        page.locator("[data-part=choices] label").nth(place).click()
    expect(page.locator("[data-part=saved]")).to_contain_text(mark)


def turn(page: Page) -> None:
    page.locator("[data-part=next]").click()


def sit_with_a_bad_network(stage: Stage, user: User) -> None:
    """Ten answers, then three without network and a closed laptop, then the rest."""
    page = stage.phone(user)
    begin(stage, page)
    for _question in range(10):
        answer(page)
        turn(page)
    stage.look(page, "exam")
    lose_the_network(stage, page)
    for _question in range(ITEMS - 14):
        turn(page)
        answer(page)
    page.locator("[data-part=overview]").click()
    expect(page.locator("[data-part=answered]")).to_contain_text(f"{ITEMS - 1} / {ITEMS}")
    stage.look(page, "exam-overview")


def lose_the_network(stage: Stage, page: Page) -> None:
    """What was answered without network and before a crash is there afterwards, and arrives."""
    page.context.set_offline(True)
    for _question in range(3):
        answer(page, mark="只在本机")
        turn(page)
    stage.look(page, "exam-offline")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()  # the browser kept the page
    expect(page.locator("[data-part=counts]")).to_contain_text("已答 13")
    page.context.set_offline(False)
    expect(page.locator("[data-part=counts]")).to_contain_text("已答 13")
    expect(page.locator("[data-part=number]")).to_have_text("第 14 题")
    page.locator("[data-part=previous]").click()
    expect(page.locator("[data-part=saved]")).to_contain_text("已保存")
    turn(page)


def sit_with_the_keyboard(stage: Stage, user: User) -> None:
    page = stage.desk(user)
    page.goto("/exam/")
    tab_to(page, page.get_by_role("link", name="进考场"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="开始作答"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=stem]")).not_to_be_empty()
    for _question in range(ITEMS):
        for place in right_options(page):
            page.keyboard.press("ABCDEFGH"[place])
        expect(page.locator("[data-part=saved]")).to_contain_text("已保存")
        page.keyboard.press("ArrowRight")
    stage.look(page, "exam-keyboard")
    tab_to(page, page.locator("[data-part=hand-in-button]"))
    page.keyboard.press("Enter")
    sees(page, "全部题目都已作答")
    tab_to(page, page.locator("[data-part=confirm]"))
    page.keyboard.press("Enter")
    sees(page, "100 分", "合格")
    stage.look(page, "exam-result")


def tab_to(page: Page, target: Locator, *, back: bool = False) -> None:
    """Go on with the tabulator until the target has the focus; or back."""
    expect(target).to_be_visible()
    for _stop in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def hand_in(stage: Stage, user: User, mark: str) -> None:
    """One question is blank, and the page says so before it takes the paper."""
    page = stage.phone(user)
    page.locator("[data-part=hand-in-button]").click()
    sees(page, "还有 1 题没有作答")
    stage.look(page, "exam-hand-in")
    page.locator("[data-part=confirm]").click()
    sees(page, mark, "合格")
    stage.look(page, "exam-result")


def release(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.chen)
    page.goto(f"/exams/{pk}/")
    stage.look(page, "sitting-over")
    press(page, "结束考试")
    follow(page, "公布成绩")
    stage.look(page, "sitting-release")
    press(page, "确定公布成绩")
    sees(page, "已公布")
    stage.look(page, "sitting-released")
    page.goto("/exams/")
    stage.look(page, "sittings")
