"""Candidates at their screens, in a sitting whose form has every kind of question."""

from datetime import timedelta
from types import SimpleNamespace
from typing import NamedTuple

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import make, make_exams, make_forms
from tests.browser.stage import Stage, press, sees
from zhupei.exams.models import Attempt, Sitting
from zhupei.people.models import User


class Exam(NamedTuple):
    """A sitting that runs, and who is there."""

    world: SimpleNamespace
    sitting: Sitting

    def attempt(self, user: User) -> Attempt:
        return make_exams.attempt_of(self.sitting, user)


def at_the_door(exam: Exam, page: Page, user: User) -> None:
    page.goto(f"/exam/seat/{make_exams.seat_of(exam.sitting, user).pk}/")
    sees(page, "试卷已备好")


def begin(exam: Exam, page: Page, user: User) -> None:
    at_the_door(exam, page, user)
    press(page, "开始作答")
    expect(page.locator("[data-part=number]")).to_have_text("第 1 题")


def go_to(page: Page, stem: str) -> None:
    """Turn to the question that asks this."""
    for tile in range(len(make_forms.PLACES)):
        if stem in page.locator("[data-part=stem]").inner_text():
            return
        page.locator(f".exam-side [data-index='{tile}']").dispatch_event("click")
    assert stem in page.locator("[data-part=stem]").inner_text()


def tick(page: Page, stem: str, *options: str) -> None:
    go_to(page, stem)
    for option in options:
        page.locator("[data-part=choices] label").filter(has_text=option).click()


def saved(page: Page, word: str = "已保存") -> None:
    expect(page.locator("[data-part=saved]")).to_contain_text(word)


def answer_everything(page: Page) -> None:
    tick(page, "养护的开始时间", "12 小时以内")
    saved(page)
    tick(page, "温度裂缝", "水化热低", "入模温度", "保温保湿")
    saved(page)
    tick(page, "六级以上大风", "正确")
    saved(page)
    go_to(page, "安全网的网目")
    page.get_by_label("第 1 空，共 2 空").fill("10")
    page.get_by_label("第 2 空，共 2 空").fill("厘米")
    saved(page)
    go_to(page, "模板拆除")
    page.locator("textarea").fill("后支的先拆，先支的后拆。")
    saved(page)
    tick(page, "堆放钢筋", "立即移走")
    saved(page)
    go_to(page, "坑壁裂缝")
    page.locator("textarea").fill("撤出人员，报告，卸载，加固。\n专人监测。")
    saved(page)


MULTIPLE = ("用水化热低的水泥", "降低入模温度", "及时保温保湿")
ANSWERS = {
    0: "A",
    1: "ABD",
    2: "A",
    3: '["10","厘米"]',
    4: "后支的先拆，先支的后拆。",
    5: "A",
    6: "撤出人员，报告，卸载，加固。\n专人监测。",
}


def knock(page: Page) -> None:
    """The page looks at the server's clock, as it does every fifteen seconds."""
    page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); }")


def running(stage: Stage) -> Exam:
    """A sitting that began five minutes ago; Adil and Mayra have seats."""
    world = make.world()
    starts_at = timezone.now().replace(microsecond=0) - timedelta(minutes=5)
    stage.be(starts_at - timedelta(days=4))
    sitting = make_forms.sealed_sitting(world, world.adil, world.mayra, starts_at=starts_at)
    stage.be_now()
    return Exam(world, sitting)
