"""Anybody rehearses an exam without an account, on the page of the true one, every kind of item."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, press, sees
from zhupei.exams.views.rehearsal import ITEMS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def saved(page: Page, word: str = "已保存") -> None:
    expect(page.locator("[data-part=saved]")).to_contain_text(word)


def turn(page: Page) -> None:
    page.locator("[data-part=next]").click()


def number(page: Page, shown: int) -> None:
    expect(page.locator("[data-part=number]")).to_have_text(f"第 {shown} 题")


def begin(page: Page) -> None:
    page.goto("/exam/rehearsal/")
    expect(page.get_by_text("可以连接保存答案的服务器", exact=True)).to_be_visible()
    press(page, "开始演练")
    number(page, 1)


def test_a_stranger_rehearses_on_a_phone(stage: Stage, hot):
    page = stage.phone()
    page.goto("/exam/rehearsal/")
    page.get_by_label("键盘和输入法").fill("安全帽")
    sees(page, "断网时答案可以存在本机", "键盘和输入法可以用", "屏幕够宽")
    stage.look(page, "rehearsal-door")
    begin(page)

    page.get_by_label("接着答题").check()
    saved(page)
    press(page, "断开网络")
    turn(page)
    page.get_by_label("答案存在这台机器里").check()
    saved(page, "只在本机")
    stage.look(page, "rehearsal-offline")
    press(page, "恢复网络")
    saved(page)
    page.locator("[data-part=flag]").click()
    press(page, "特大")
    page.reload()
    number(page, 3)
    expect(page.locator("[data-part=guide-count]")).to_contain_text("做了 6 项，共 6 项")
    for shown in range(3, len(ITEMS) + 1):
        number(page, shown)
        stage.look(page, f"rehearsal-{shown}-huge")
        if shown < len(ITEMS):
            turn(page)


def test_every_kind_is_answered_and_what_is_blank_is_told(stage: Stage, hot):
    page = stage.desk()
    begin(page)
    answer_letters(page)
    turn(page)
    fill_gaps(stage, page)
    turn(page)
    read_the_case(stage, page)
    turn(page)
    write(stage, page)

    page.locator("[data-part=hand-in-button]").click()
    sees(page, "还有 3 题没有作答")
    stage.look(page, "rehearsal-hand-in")
    press(page, "确定交卷")

    sees(page, "演练结束", f"交卷时答了 5 题，共 {len(ITEMS)} 题")
    stage.look(page, "rehearsal-end")


def answer_letters(page: Page) -> None:
    page.get_by_label("接着答题").check()
    turn(page)
    turn(page)
    page.get_by_label("戴好安全帽").check()
    page.get_by_label("走安全通道").check()
    expect(page.locator("[data-part=saved]")).to_contain_text("选了 A、D")
    turn(page)
    page.get_by_label("正确").check()


def fill_gaps(stage: Stage, page: Page) -> None:
    page.get_by_label("第 1 空，共 2 空").press_sequentially("服务器", delay=20)
    saved(page)
    expect(page.locator("[data-part=saved]")).to_contain_text("填了 1 空，共 2 空")
    page.get_by_label("第 2 空，共 2 空").fill("1")
    saved(page)
    stage.look(page, "rehearsal-blank")


def read_the_case(stage: Stage, page: Page) -> None:
    sees(page, "案例 1", "某住宅楼三层楼板边没有外墙")
    press(page, "放大")
    stage.look(page, "rehearsal-zoom")
    page.keyboard.press("Escape")
    turn(page)
    sees(page, "某住宅楼三层楼板边没有外墙")
    stage.look(page, "rehearsal-case")


def write(stage: Stage, page: Page) -> None:
    page.locator("textarea").fill("看脚手架、临边防护、用电和安全帽。")
    saved(page)
    expect(page.locator("[data-part=saved]")).to_contain_text("写了 17 字")
    stage.look(page, "rehearsal-essay")


def test_a_pause_covers_the_screen_and_stops_the_clock(stage: Stage, hot):
    page = stage.desk()
    begin(page)

    press(page, "看看监考暂停时的样子")

    sees(page, "监考已暂停考试")
    expect(page.locator("[data-part=stem]")).to_be_hidden()
    left = page.locator("[data-part=clock]").inner_text()
    page.keyboard.press("Escape")
    stage.look(page, "rehearsal-paused")
    sees(page, "监考已暂停考试")
    assert page.locator("[data-part=clock]").inner_text() == left
    sees(page, "考试时网络断了，应当怎么做？")


def test_a_paste_that_is_too_long_is_cut_and_told(stage: Stage, hot):
    page = stage.desk(permissions=["clipboard-read", "clipboard-write"])
    begin(page)
    for _question in range(len(ITEMS) - 1):
        turn(page)
    text = page.locator("textarea")
    text.fill("先写好的。")
    page.evaluate("text => navigator.clipboard.writeText(text)", "长" * 1_000_000)
    text.focus()

    page.keyboard.press("Control+v")

    sees(page, "粘贴的内容太长", "没有放进答案")
    assert text.first.input_value().startswith("先写好的。长长")
    assert len(text.first.input_value()) == 2_000
    rest = page.get_by_label("没有放进答案的内容").input_value()
    assert len(rest) == 1_000_005 - 2_000
    saved(page)
    stage.look(page, "rehearsal-too-long")


def test_the_keyboard_alone_rehearses(stage: Stage, hot):
    page = stage.desk()
    begin(page)
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("f")
    expect(page.locator("[data-part=flag]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("e")
    page.keyboard.press("A")
    expect(page.locator("[data-part=saved]")).to_contain_text("选了 A、E")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    number(page, 5)
    page.get_by_label("第 1 空，共 2 空").focus()
    page.keyboard.type("npf1")
    number(page, 5)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    number(page, 4)
    page.keyboard.press("Shift+?")
    sees(page, "离开填空或文字框")
    stage.look(page, "exam-help")
    press(page, "高对比度")
    page.keyboard.press("Escape")
    number(page, 4)
    stage.look(page, "rehearsal-contrast")
    page.keyboard.press("n")
    expect(page.get_by_label("第 1 空，共 2 空")).to_have_value("npf1")


def test_mirrored_for_a_script_from_right_to_left_nothing_breaks(stage: Stage, hot):
    page = stage.desk()
    begin(page)
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    for shown in range(1, len(ITEMS) + 1):
        number(page, shown)
        if shown in {3, 5, 7}:
            stage.look(page, f"rehearsal-rtl-{shown}")
        if shown < len(ITEMS):
            turn(page)


def test_without_scripts_the_rehearsal_is_a_form(stage: Stage):
    page = stage.phone(java_script_enabled=False)
    page.goto("/exam/rehearsal/")

    page.get_by_label("接着答题").check()
    page.get_by_label("第 1 空").first.fill("服务器")
    page.get_by_label("第 8 题的回答").fill("检查脚手架。")
    press(page, "交卷")

    sees(page, "收到了 3 题的答案，共 8 题", "第 2、3、4、6、7 题")
    expect(page.get_by_label("第 8 题的回答")).to_have_value("检查脚手架。")
