"""The region stops an institution, and lets it go on: everybody concerned sees what it means."""

from datetime import timedelta
from types import SimpleNamespace

from playwright.sync_api import expect

from tests.browser.acts.papers import certificate_of
from tests.browser.stage import Stage, fill, follow, hand, press, sees
from zhupei.classes.models import TrainingClass
from zhupei.people.models import User

WHY = "查实 3 人由他人顶替参训。"
PUT_RIGHT = "已整改：退还费用，重新核对身份，管理人员已更换。"


def preview(stage: Stage, world: SimpleNamespace, running: TrainingClass) -> None:
    """What will happen stands on the page, with counts and names, before anything does."""
    page = stage.desk(world.gu)
    page.goto(f"/institutions/{world.school.pk}/admission/")
    follow(page, "暂停业务")
    page.wait_for_url("**/suspend/")
    sees(page, "按下以后会发生什么", running.title, "全区 1 个", "现在选的是：不标记")
    follow(page, "近 90 天签发的 1 张")
    sees(page, "标记 1 张证书")
    stage.look(page, "suspend-preview")
    press(page.locator("#decide"), "暂停业务")
    sees(page, "请写明理由")
    stage.look(page, "suspend-refused")


def suspend(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    page.get_by_role("radio").first.check()
    fill(page, {"理由": WHY})
    hand(page, "evidence", "笔录.pdf")
    press(page.locator("#decide"), "暂停业务")
    sees(page, "当时办了什么", WHY)
    stage.look(page, "suspension")


def see_the_class_frozen(stage: Stage, user: User, frozen: TrainingClass, to: str) -> None:
    page = stage.phone(user)
    page.goto("/home/")
    sees(page, "本班暂停", frozen.title)
    stage.look(page, "frozen-home")
    follow(page, "看可以转的班")
    sees(page, to)
    stage.look(page, "frozen-transfer")
    page.goto("/inbox/")
    sees(page, "暂停")


def nothing_moves(stage: Stage, world: SimpleNamespace, frozen: TrainingClass) -> None:
    """The institution reads why, and cannot sign anybody up meanwhile."""
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{frozen.pk}/")
    sees(page, "冻结", "培训机构暂停业务")
    stage.look(page, "class-frozen")
    page.goto(f"/institutions/{world.school.pk}/admission/")
    sees(page, "业务暂停中")
    stage.look(page, "admission-suspended")
    stranger = stage.phone(world.sun)
    stranger.goto(f"/join/{frozen.pk}/")
    expect(stranger.get_by_role("link", name="我要报名")).to_have_count(0)


def check(stage: Stage, holder: User, words: str, name: str) -> None:
    page = stage.phone()
    page.goto(f"/v/{certificate_of(holder).check_code}/")
    sees(page, words)
    stage.look(page, name)


def reinstate(stage: Stage, world: SimpleNamespace, running: TrainingClass) -> None:
    page = stage.desk(world.gu)
    page.goto("/oversight/")
    stage.look(page, "suspensions")
    follow(page, world.school.name)
    follow(page, "恢复业务")
    sees(page, running.title, "解除证书标记")
    fill(page, {"恢复理由": PUT_RIGHT})
    press(page, "恢复业务")
    sees(page, "请上传整改凭据")
    expect(page.get_by_label("恢复理由")).to_have_value(PUT_RIGHT)
    stage.look(page, "reinstate")
    hand(page, "evidence", "整改报告.pdf")
    press(page, "恢复业务")
    sees(page, "正常")
    page.goto("/oversight/")
    sees(page, "已恢复")


def goes_on(stage: Stage, user: User, running: TrainingClass) -> None:
    page = stage.phone(user)
    page.goto("/home/")
    expect(page.get_by_text("本班暂停")).to_have_count(0)
    page.goto("/join/mine/")
    sees(page, running.title, "已报名")


def set_a_figure(stage: Stage, world: SimpleNamespace) -> None:
    """Another figure is looked at before it is set; without a source it is not taken."""
    page = stage.desk(world.gu)
    page.goto("/org/parameters/")
    stage.look(page, "parameters")
    page.goto("/org/parameters/classes.review_workdays/")
    fill(page, {"新的值": "3", "生效日期": f"{stage.today + timedelta(days=10):%Y-%m-%d}"})
    press(page, "先看影响")
    sees(page, "必填")
    fill(page, {"依据": "新建科〔2026〕12号第三条"})
    press(page, "先看影响")
    sees(page, "5 → 3", "待审计划仍按原时限")
    stage.look(page, "parameter-preview")
    press(page, "确定，按这个值")
    sees(page, "新建科〔2026〕12号第三条", "顾海")
    stage.look(page, "parameter")


def word_a_message(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    page.goto("/org/wordings/")
    stage.look(page, "wordings")
    follow(page, "手机验证码")
    fill(page, {"文字": "验证码在 %(minutes)s 分钟内有效。"})
    press(page, "先看看")
    sees(page, "%(code)s")
    stage.look(page, "wording-refused")
    fill(page, {"文字": "【筑培】验证码 %(code)s，%(minutes)s 分钟内有效。请勿转告。"})
    press(page, "先看看")
    sees(page, "【筑培】验证码 482913")
    stage.look(page, "wording")
    page.get_by_role("button", name="确定", exact=True).click()
    sees(page, "历次改动", "顾海")
