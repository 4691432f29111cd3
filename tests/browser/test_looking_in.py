"""A room registers its meeting; the bureau looks and the room sees it; a lead is judged."""

import pytest
from playwright.sync_api import expect

from tests import make, make_classes, make_leads, make_live, make_pictures
from tests.browser.stage import Stage, follow, step
from zhupei.leads.actions import searching

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_room_is_looked_into_and_sees_who_looks(stage: Stage, tmp_path):
    world = make.world()
    held = make_classes.approved_class(world)
    page = stage.desk(world.aygul)
    page.goto(f"/live/classes/{held.pk}/")
    page.locator("#id_link").fill("http://meeting.example.com/x")
    page.get_by_role("button", name="保存登记").click()
    expect(page.get_by_text("只收 https:// 开头的链接")).to_be_visible()
    page.locator("#id_link").fill(make_live.LINK)
    page.get_by_role("button", name="保存登记").click()
    expect(page.get_by_text("还没有人看过")).to_be_visible()

    bureau = stage.desk(world.li)
    bureau.goto("/live/")
    stage.look(bureau, "rooms")
    bureau.get_by_role("button", name="查看").click()
    picture = tmp_path / "屏幕截图.jpg"
    picture.write_bytes(make_pictures.jpeg())
    bureau.locator("input[type=file]").set_input_files(picture)
    bureau.get_by_role("button", name="上传截图").click()
    expect(bureau.get_by_text("上传的屏幕截图")).to_be_visible()
    stage.look(bureau, "look")

    expect(page.get_by_text("正在看")).to_be_visible(timeout=15_000)
    stage.look(page, "room")
    bureau.get_by_label("正常进行").check()
    bureau.get_by_role("button", name="结束并记下").click()
    expect(bureau.get_by_text("已结束查看并记下")).to_be_visible()
    bureau.goto(f"/live/classes/{held.pk}/")
    stage.look(bureau, "room-bureau")


def test_a_lead_is_read_judged_and_made_a_finding(stage: Stage):
    world = make.world()
    make_leads.two_places(world, world.adil)
    searching.search(make_leads.window())

    bureau = stage.desk(world.li)
    bureau.goto("/leads/")
    stage.look(bureau, "leads")
    step(bureau.locator("td .name").first)
    stage.look(bureau, "lead")
    bureau.locator("summary", has_text="线索成立").click()
    bureau.locator("[name=note]:visible").fill("两处录像比对，昌吉这边不是本人")
    bureau.get_by_role("button", name="确定线索成立").click()
    follow(bureau, "转为问题")
    stage.look(bureau, "hand-on")
    bureau.get_by_role("button", name="转为问题").click()
    expect(bureau.get_by_text("已转为问题")).to_be_visible()

    school = stage.desk(world.aygul)
    school.goto("/leads/rules/")
    expect(school.get_by_text("100%").first).to_be_visible()
    stage.look(school, "rules")
