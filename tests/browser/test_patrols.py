"""An inspector's phone loses its network in the workshop; what they fill in comes in later, once.
The bureau plans and reads, the region looks from above. The pages' clock is moved.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests import make, make_patrols, make_pictures
from tests.browser.stage import Stage, follow, press, sees
from zhupei.core import files
from zhupei.corrections.models import Finding
from zhupei.patrols import checklist
from zhupei.patrols.models import Deed, Duty, Patrol, Photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def choose(page: Page, group: str, words: str) -> None:
    place = page.get_by_role("group", name=group)
    place.get_by_role("button", name=words, exact=True).first.click()


def plan(stage: Stage, world, duty: Duty) -> None:
    page = stage.desk(world.li)
    page.goto("/patrols/")
    sees(page, "昌吉州")
    stage.look(page, "patrols-place")
    page.goto(f"/patrols/duties/?q={duty.title}")
    stage.look(page, "patrols-ledger")
    follow(page, duty.title)
    stage.look(page, "patrols-duty")
    follow(page, "安排现场巡查")
    sees(page, "应当回避")
    stage.look(page, "patrols-plan")
    page.goto("/patrols/duties/?state=owed")
    page.get_by_label(duty.title).check()
    press(page, "安排勾选的")
    sees(page, "应当回避", "杨志刚 1 项")
    stage.look(page, "patrols-plan-many")
    press(page, "确认安排勾选的")
    sees(page, "已安排 1 项：杨志刚 1 项")


def get_ready(stage: Stage, world, duty: Duty) -> Page:
    page = stage.phone(world.yang)
    page.goto("/patrols/desk/")
    sees(page, "下面的巡查表已存在这台手机上")
    stage.look(page, "patrols-desk")
    follow(page, duty.title)
    sees(page, "这一页已存在手机上")
    stage.look(page, "patrols-form")
    return page


def without_network(stage: Stage, page: Page) -> None:
    """All of it on the phone alone; a reload loses nothing."""
    page.context.set_offline(True)
    for item in checklist.CLASS:
        choose(page, str(item.text), "不符" if item.key == "safety" else "符合")
    safety = page.get_by_role("group", name="场所安全")
    safety.get_by_label("备注").fill("灭火器过期")
    safety.get_by_label("备注").blur()
    picture = {"name": "灭火器.jpg", "mimeType": "image/jpeg", "buffer": make_pictures.jpeg()}
    safety.get_by_label("拍照").set_input_files([picture])
    sees(page, "1 张在手机上等上传")
    press(page, "提交巡查表")
    sees(page, "当天有应到的人，还没有点名")
    press(page, "开始点名")
    choose(page, "阿迪力·吾守尔", "不在场")
    sees(page, "2 人还有 1 人没有点")
    page.reload()
    sees(page, "已存在手机上，还没有同步", "已填 8 / 8，照片 1 张，点名 1 / 2", "证件尾号")
    choose(page, "玛依拉·买买提", "在场")
    stage.look(page, "patrols-form-offline")
    press(page, "提交巡查表")
    sees(page, "不符的 1 项会成为问题")
    press(page, "确认提交")
    sees(page, "存在手机上，有网络时上传")
    assert not Deed.objects.exists()


def test_a_patrol_without_network_is_one_patrol(stage: Stage):
    world = make_patrols.world_of_inspectors(make.world())
    duty = make_patrols.duty(world, world.adil, world.mayra)
    world.kang.interests.create(
        organization=world.school, kind="employed", since=make.LONG_AGO, until=None
    )
    stage.be(duty.opens_at + timedelta(minutes=20))
    plan(stage, world, duty)
    phone = get_ready(stage, world, duty)
    without_network(stage, phone)

    phone.context.set_offline(False)
    sees(phone, "全部已同步", "已去掉拍摄地点（GPS）")
    phone.reload()
    patrol = Patrol.objects.get()
    duty.refresh_from_db()
    assert (patrol.state, duty.state, duty.looks) == ("filed", "done", 1)
    assert b"Exif" not in files.read(Photo.objects.get().file)
    assert "灭火器过期" in Finding.objects.about(patrol).get().text

    bureau = stage.desk(world.li)
    bureau.goto(f"/patrols/records/{patrol.pk}/")
    sees(bureau, "灭火器过期", "应到 2 人，抽 2 人", "已去掉拍摄地点")
    stage.look(bureau, "patrols-record")
    region = stage.desk(world.gu)
    region.goto("/patrols/")
    sees(region, "100%", "全覆盖")
    stage.look(region, "patrols-map")
    school = stage.phone(world.aygul)
    school.goto("/patrols/records/")
    stage.look(school, "patrols-records-school")
