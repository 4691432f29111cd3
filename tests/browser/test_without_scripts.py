"""Signing up and reviewing need no script: a browser that runs none can do both."""

import pytest
from playwright.sync_api import expect

from tests import make, make_classes
from tests.browser.acts.joining import CONSENTS
from tests.browser.acts.plan import read_whole
from tests.browser.stage import Stage, fill, follow, press, sees

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_learner_signs_up_and_leaves_without_scripts(stage: Stage):
    world = make.world()
    offered = make_classes.approved_class(world)
    page = stage.phone(world.adil, java_script_enabled=False)

    page.goto("/join/")
    follow(page, offered.title)
    follow(page, "我要报名")
    for consent in CONSENTS:
        page.get_by_label(consent).check()
    press(page, "确定报名")
    sees(page, "已报名")
    follow(page, "退出本班")
    press(page, "确定退出")

    sees(page, "名额已放开")


def test_a_code_is_asked_for_without_scripts(stage: Stage):
    page = stage.phone(java_script_enabled=False)

    page.goto("/people/register/")
    fill(page, {"手机号": "13912345678", "姓名": "阿依努尔"})
    press(page, "获取验证码")

    sees(page, "验证码已发出")
    expect(page.get_by_label("姓名")).to_have_value("阿依努尔")


def test_a_bureau_sends_back_and_approves_without_scripts(stage: Stage):
    world = make.world()
    waiting = make_classes.submitted_class(world)
    review = stage.desk(world.li, java_script_enabled=False)

    follow(review, waiting.title)
    press(review.locator("#send-back"), "退回补正")
    sees(review, "理由")
    fill(review, {"哪一项": "计划人数", "哪里不符，怎样改": "请减到 20 人。"})
    press(review.locator("#send-back"), "退回补正")
    sees(review, "已退回补正")
    school = stage.desk(world.aygul, java_script_enabled=False)
    follow(school, waiting.title)
    follow(school, "修改计划")
    fill(school, {"计划人数": "20"})
    press(school, "保存草稿")
    press(school, "提交审核")
    review.reload()
    list(read_whole(review))
    press(review, "通过")

    sees(review, "已通过")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.seats) == ("approved", 20)
