"""Something wrong at a school: found, ordered, answered, sent back, answered again, closed."""

import pytest

from tests import make, make_assistance, make_corrections
from tests.browser.acts import corrections
from tests.browser.stage import Stage, fill, hand, press, sees

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_what_is_found_is_put_right(stage: Stage):
    world = make.world()
    make_corrections.finding(world, text="实训工位 12 个，当期每批 18 人", kind="premises")

    corrections.find(stage, world)
    pk = corrections.order(stage, world)
    corrections.answer(stage, world, pk)
    corrections.verify(stage, world, pk, back=True)
    corrections.answer_again(stage, world, pk)
    corrections.verify(stage, world, pk, back=False)
    corrections.read_the_figures(stage, world)


def test_help_is_recorded_and_confirmed_where_it_was_given(stage: Stage):
    world = make.world()
    make_assistance.pairing(world)
    page = stage.desk(world.aygul)
    page.goto("/assistance/new/training/")
    fill(page, {"受援县市": "喀什 喀什市（对口）", "名称": "喀什市砌筑工培训"})
    fill(page, {"做了什么": "派 3 名教师讲 5 天", "培训人次": "60"})
    last = stage.day(-1).isoformat()
    fill(page, {"开始日期": stage.day(-6).isoformat(), "完成日期": last})
    stage.look(page, "assistance-edit")
    press(page, "保存")
    hand(page, "file", "现场.png", corrections.photo())
    sees(page, "已传完")
    press(page, "上传凭据")
    sees(page, "凭据已上传")
    press(page, "报送确认")
    sees(page, "待确认")
    stage.look(page, "assistance-detail")

    there = stage.desk(world.far_reviewer)
    there.goto("/home/")
    sees(there, "帮扶确认")
    there.goto("/assistance/")
    stage.look(there, "assistance-list")
    there.get_by_role("link", name="喀什市砌筑工培训").first.click()
    press(there, "确认属实")
    sees(there, "已确认")
    there.goto("/assistance/totals/")
    sees(there, "60")
    stage.look(there, "assistance-totals")
    there.goto("/assistance/pairings/")
    stage.look(there, "assistance-pairings")
