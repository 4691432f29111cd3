"""A learner with a phone: finding a class, waiting for a place, changing, a book, an opinion."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.acts.joining import CONSENTS
from tests.browser.stage import Stage, fill, follow, noon, press, sees
from zhupei.classes.models import TrainingClass
from zhupei.people.models import User

REMARK = "实操时间再长一点就好。"


def search(stage: Stage, page: Page, full: str, free: str) -> None:
    """By trade, by places; what finds nothing says what to do."""
    page.goto("/join/")
    sees(page, full, free, "已报满，可候补")
    fill(page, {"名额": "还有名额", "开课时间": "90 天内"})
    press(page, "筛选")
    sees(page, free)
    expect(page.get_by_text(full).filter(visible=True)).to_have_count(0)
    stage.look(page, "catalogue-filtered")
    fill(page, {"班级、岗位或机构": "潜水"})
    press(page, "筛选")
    sees(page, "没有找到这样的班")
    stage.look(page, "catalogue-nothing")
    follow(page, "看全部开班信息")


def wait(stage: Stage, user: User, full: TrainingClass, free: TrainingClass) -> None:
    page = stage.phone(user)
    search(stage, page, full.title, free.title)
    page.get_by_role("link", name=full.title).filter(visible=True).click()
    sees(page, "名额已报满，还没有人候补")
    stage.look(page, "class-full")
    follow(page, "排队候补")
    for consent in CONSENTS:
        page.get_by_label(consent).check()
    stage.look(page, "wait")
    press(page, "确定候补")
    sees(page, "候补")
    page.goto("/join/mine/")
    sees(page, "候补第 1 位")
    stage.look(page, "waiting")


def withdraw(stage: Stage, user: User) -> None:
    """One tap on one page, without a reason."""
    page = stage.phone(user)
    page.goto("/join/mine/")
    follow(page, "退出本班")
    sees(page, "不留任何不良记录")
    press(page, "确定退出")
    sees(page, "名额已放开")
    expect(page.locator("main")).not_to_contain_text("违约")


def take_the_place(stage: Stage, user: User, title: str) -> None:
    page = stage.phone(user)
    page.goto("/home/")
    sees(page, title, "名额给您留到")
    stage.look(page, "place-offered")
    press(page, "参加")
    sees(page, f"已报名“{title}”")


def change_class(stage: Stage, user: User, to: TrainingClass) -> None:
    page = stage.phone(user)
    page.goto("/join/mine/")
    follow(page, "转班")
    sees(page, to.title, "已记的学时带过去")
    stage.look(page, "transfer")
    press(page, "转到这个班")
    sees(page, to.title)
    page.goto("/join/mine/")
    sees(page, "已转班")
    stage.look(page, "transferred")


def confirm_the_book(stage: Stage, user: User) -> None:
    page = stage.phone(user)
    page.goto("/home/")
    sees(page, "发给您一本教材")
    stage.look(page, "book-given")
    follow(page, "收到了没有")
    stage.look(page, "my-books")
    press(page, "我收到了")
    sees(page, "本人")
    expect(page.get_by_role("button", name="我收到了")).to_have_count(0)


def speak(stage: Stage, user: User, taught: TrainingClass) -> None:
    """After the end; a line forgotten is asked for, and nothing chosen is lost."""
    stage.be(noon(taught.ends_on + timedelta(days=1)))
    page = stage.phone(user)
    follow(page, "匿名打分")
    rows = page.locator("fieldset")
    for place in range(rows.count() - 1):
        rows.nth(place).get_by_role("radio").nth(3).check()
    fill(page, {"还想说什么": REMARK})
    press(page, "交上评价")
    sees(page, "请打分，1 最差，5 最好。")
    expect(rows.first.get_by_role("radio").nth(3)).to_be_checked()
    expect(page.get_by_label("还想说什么")).to_have_value(REMARK)
    stage.look(page, "opinion")
    rows.last.get_by_role("radio").nth(4).check()
    press(page, "交上评价")
    sees(page, "谢谢")
    stage.look(page, "opinion-given")


def nobody_sees_whose(stage: Stage, registrar: User, taught: TrainingClass, name: str) -> None:
    """One opinion alone is not shown to the institution, and never with a name."""
    page = stage.desk(registrar)
    page.goto(f"/feedback/class/{taught.pk}/")
    expect(page.locator("main")).not_to_contain_text(name)
    expect(page.locator("main")).not_to_contain_text(REMARK)
    stage.look(page, "opinions-few")
