"""The question bank: an expert writes, two others read, the region looks after it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make, make_questions
from tests.browser.acts import bank
from tests.browser.stage import Stage
from tests.make_questions import content, essay, judge, picture
from zhupei.organizations.models import Role
from zhupei.questions.actions import cases, flags, items, sealing
from zhupei.questions.models import Item, QuestionSet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_an_item_is_written_read_by_two_and_used(stage: Stage):
    world = make_questions.experts(make.world())
    make_questions.draft(world, by=world.gu, stem=bank.STEM)
    for said in (judge(), essay()):
        make_questions.in_review(world, said, by=world.gu)

    bank.write(stage, world)
    item = Item.objects.latest("pk")
    bank.read(stage, world, item)
    bank.read_the_rest(stage, world)

    item.refresh_from_db()
    assert item.state == "published"
    bank.send_back_and_mend(stage, world)


def test_the_region_looks_after_its_bank(stage: Stage):
    world = make_questions.experts(make.world())
    world.second = make.member("厅里的第二位", Role.REGULATOR, world.region)
    make_questions.published(world, content(point="识图与构造", pictures=[picture(world)]))
    make_questions.draft(world, by=world.gu, stem="砖砌体水平灰缝的厚度宜为多少？")
    flagged = make_questions.published(world, judge(point="施工工艺与管理"))
    flags.flag(flagged.current, reason="区分度为负", facts={"区分度": "-0.12"})
    case = cases.write(world.questions, "某工程砌筑一砖墙。", by=world.gu)
    items.draft(world.questions, essay(case=case, position=1), by=world.gu)

    bank.look_around(stage, world, flagged)
    bank.judge_pairs(stage, world)
    bank.seal(stage, world)
    assert sealing.may_be_named().count() == 5
    assert QuestionSet.objects.unsealed().count() == 0


def test_an_item_is_written_without_scripts(stage: Stage):
    world = make_questions.experts(make.world())
    page = stage.desk(world.ren, java_script_enabled=False)
    page.goto(reverse("questions:new", args=[world.questions.pk]))
    page.get_by_label("填空题").check()
    page.get_by_role("button", name="换成这种题型").click()
    page.get_by_label("题干").fill("标准砖长 ____ mm。")
    page.get_by_role("button", name="加空").click()
    page.get_by_label("第 1 空").fill("240 | 二百四十")
    expect(page.get_by_label("第 3 空")).to_be_visible()
    page.get_by_role("button", name="存为草稿").click()

    assert Item.objects.latest("pk").latest.key["blanks"] == [["240", "二百四十"]]
