"""A draw by chance: a bureau freezes, two people type in, it is drawn; an inspector checks on a
phone without network, both sign, everybody reads what came of it.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests import make, make_inspections, make_pictures
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.core import files
from zhupei.inspections.models import Deed, Draw, Inspection, Picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EVENT = "体彩排列5 第 26330 期开奖号码"


def prepared(stage: Stage, world: SimpleNamespace) -> Draw:
    """Li prepares, names the lottery, looks at what will be fixed, and fixes it."""
    page = stage.desk(world.li)
    page.goto(f"/inspections/plans/{make_inspections.row(world).plan_id}/")
    stage.look(page, "draw-plan")
    follow(page, "开始抽查")
    fill(page, {"检查截止日期": f"{stage.day(30):%Y-%m-%d}"})
    stage.look(page, "draw-draft")
    press(page, "保存")
    sees(page, "还没有约定种子来源")
    soon = timezone.localtime(timezone.now() + timedelta(minutes=10))
    fill(page, {"哪一件事的什么结果": EVENT, "在哪里公布": "中国体彩网"})
    fill(page, {"何时公布": f"{soon:%Y-%m-%dT%H:%M}"})
    press(page, "约定")
    follow(page, "预览并冻结名单")
    sees(page, "签数最多的对象", "昌吉第 1 职业培训学校")
    stage.look(page, "draw-freeze")
    press(page, "冻结名单")
    sees(page, "名单已冻结", "等公布")
    stage.look(page, "draw-frozen")
    return Draw.objects.get()


def typed(stage: Stage, world: SimpleNamespace) -> None:
    """Li types, Yang types something else, then the same; Li draws."""
    stage.be(timezone.now() + timedelta(minutes=12))
    draw = Draw.objects.get()
    for person, value in ((world.li, "07341"), (world.yang, "07314")):
        page = stage.desk(person)
        page.goto(f"/inspections/{draw.pk}/inputs/1/")
        fill(page, {"结果": value})
        press(page, "录入")
    sees(page, "录入的不一样")
    stage.look(page, "draw-typed-differently")
    fill(page, {"结果": "07341"})
    press(page, "录入")
    sees(page, "两人一致")
    page = stage.desk(world.li)
    page.goto(f"/inspections/{draw.pk}/")
    press(page, "抽取")
    sees(page, "抽中 3 个对象")
    stage.look(page, "draw-objects")


def without_network(stage: Stage, page: Page, inspection: Inspection) -> None:
    """Something is found where there is no network; all of it is on the phone alone."""
    follow(page, inspection.name)
    listed = page.get_by_role("group", name="1.3")
    listed.get_by_role("button", name="不符合").click()
    listed.get_by_role("button", name="严重").click()
    listed.get_by_label("事实").fill("二层疏散通道堆放木料")
    listed.get_by_label("事实").blur()
    picture = {"name": "通道.jpg", "mimeType": "image/jpeg", "buffer": make_pictures.jpeg()}
    listed.get_by_label("拍照").set_input_files([picture])
    sees(page, "1 张在手机上等上传")
    page.get_by_role("button", name="发现问题，责令改正").click()
    sees(page, "全部查完，可以提交")
    page.reload()
    sees(page, "已存在手机上，还没有同步", "已查 1 / 1")
    stage.look(page, "draw-check-offline")
    press(page, "提交并签字")
    press(page, "确认提交")
    sees(page, "存在手机上，有网络时上传")
    assert not Deed.objects.exists()


def checked(stage: Stage, inspection: Inspection) -> None:
    """The first inspector finds something, the second signs."""
    first, second = make_inspections.going(inspection)
    page = stage.phone(first)
    page.goto("/inspections/checks/")
    sees(page, "待检查的清单已存在这台手机上")
    page.context.set_offline(True)
    without_network(stage, page, inspection)
    page.context.set_offline(False)
    sees(page, "全部已同步", "已去掉拍摄地点")
    page.reload()
    sees(page, "待会签")
    assert b"Exif" not in files.read(Picture.objects.get().file)
    page = stage.phone(second)
    page.goto(inspection.get_absolute_url())
    press(page, "签字")
    sees(page, "待公示")
    stage.look(page, "draw-check-signed")


def test_a_draw_from_the_plan_to_the_published_result(stage: Stage):
    world = make_inspections.people(make.world())
    make_inspections.item_list(world)
    make_inspections.schools(world, 5)
    draw = prepared(stage, world)
    everybody = stage.phone()
    everybody.goto(f"/draws/{draw.number}/")
    sees(everybody, "还没有抽取")
    typed(stage, world)
    inspection = draw.inspections.order_by("place").first()
    assert inspection is not None
    checked(stage, inspection)
    page = stage.desk(world.li)
    page.goto(inspection.get_absolute_url())
    press(page, "公示结果")
    sees(page, "已公示")
    stage.look(page, "draw-check-published")
    page.goto(f"/inspections/{draw.pk}/people/")
    stage.look(page, "draw-people")
    page.goto("/inspections/lists/")
    stage.look(page, "draw-lists")
    for reader, name in ((stage.phone(), "phone"), (stage.desk(), "desk")):
        reader.goto("/draws/")
        stage.look(reader, f"draw-public-list-{name}")
        follow(reader, draw.title)
        sees(reader, "发现问题，责令改正", "python3 verify_draw.py draw.json")
        stage.look(reader, f"draw-public-{name}")
        follow(reader, inspection.name)
        sees(reader, "检查员")
        stage.look(reader, f"draw-result-{name}")
