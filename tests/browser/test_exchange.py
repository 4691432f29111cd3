"""Items from a pasted text: looked at, put right, taken in; then the set is handed out."""

from zipfile import ZipFile

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import make_officials
from tests.browser.stage import Stage, fetched, follow, press, sees
from tests.questions.formats.files import SAMPLES, sample
from tests.questions.test_actions import started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

UNANSWERED = "\n\n七、单选题\n15. 没有答案的题？\nA. 甲\nB. 乙\n"


def test_an_expert_brings_items_and_the_region_hands_them_out(stage: Stage, world):
    make_officials.add(world)
    question_set = started(world)
    address = reverse("questions:exchange", args=[question_set.pk])
    bring_a_text(stage, stage.desk(world.ren), address)
    look_at_a_file(stage, stage.phone(world.gu), address)
    hand_out(stage.desk(world.gu), address)
    say_where_from(stage, stage.desk(world.gu), address)


def bring_a_text(stage: Stage, page: Page, address: str) -> None:
    page.goto(address)
    stage.look(page, "exchange")
    page.get_by_label("或者粘贴试题").fill(sample("word-inline.txt").decode() + UNANSWERED)
    press(page, "检查")
    sees(page, "可导入 14 题", "需改正 1 题", "没有答案。", "请填写答案。")
    stage.look(page, "exchange-faults")
    follow(page, "可以导入的")
    sees(page, "砌筑砂浆应随拌随用", "正确答案")
    stage.look(page, "exchange-previews")
    assert "【原因】" in fetched(page, "按原来的写法下载").read_text(encoding="utf-8-sig")
    press(page, "导入 14 题为草稿")
    sees(page, "已导入 14 题为草稿")


def look_at_a_file(stage: Stage, page: Page, address: str) -> None:
    page.goto(address)
    stage.look(page, "exchange-phone")
    page.get_by_label("文件（不超过 20 MB）").set_input_files(SAMPLES / "moodle.xml")
    press(page, "检查")
    sees(page, "可导入 7 题", "需改正 4 题")
    stage.look(page, "exchange-faults-phone")
    follow(page, "可以导入的")
    stage.look(page, "exchange-previews-phone")
    follow(page, "请留意")
    stage.look(page, "exchange-notes-phone")


def hand_out(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#export").get_by_label("范围").select_option("all")
    with ZipFile(fetched(page, "导出", "button")) as package:
        assert len([name for name in package.namelist() if name.startswith("items/")]) == 14
    fetched(page, "导出", "button")  # and once more, from the same page


def say_where_from(stage: Stage, page: Page, address: str) -> None:
    page.goto(address)
    follow(page, "写明来源")
    stage.look(page, "exchange-origin")
    page.get_by_label("来自").select_option("national")
    page.get_by_label("出处").fill("住房和城乡建设部 2026 版题库")
    press(page, "保存")
    sees(page, "部题库要写明日期。")
    page.get_by_label("日期").fill("2026-03-01")
    press(page, "保存")
    sees(page, "住房和城乡建设部 2026 版题库")
    page.goto(reverse("questions:index"))
    stage.look(page, "exchange-list")
