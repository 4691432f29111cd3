"""Two assessors score on phones, one of them without network; they differ, a third one decides,
the examiner releases, the learner sees. The pages' clock is moved, the phones' are not.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import make, make_pictures, make_practical
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.core import files
from zhupei.practical.models import Picture, Session, Tap

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
JPEG = make_pictures.jpeg()


def choose(page: Page, criterion: str, words: str) -> None:
    group = page.get_by_role("group", name=criterion, exact=True)
    group.get_by_role("button", name=words).first.click()


def score(page: Page, *, wall: str, joint: str, tidy: str) -> None:
    choose(page, "墙面垂直度", wall)
    page.get_by_role("group", name="灰缝饱满度", exact=True).get_by_role(
        "button", name=joint, exact=True
    ).click()
    choose(page, "工完场清", tidy)


def hand_in(page: Page) -> None:
    press(page, "提交评分")
    sees(page, "提交后不能再改")
    press(page, "确认提交")


def open_sheet(stage: Stage, user, name: str = "") -> Page:
    page = stage.phone(user)
    page.goto("/practical/desk/")
    if name:
        stage.look(page, name)
    follow(page, "阿迪力·吾守尔")
    sees(page, "这一页已存在手机上")
    return page


def without_network(stage: Stage, page: Page) -> None:
    """Kurban's network dies; what he taps and takes survives a reload."""
    page.context.set_offline(True)
    press(page, "考生已到")
    press(page, "开始计时")
    score(page, wall="符合", joint="40", tidy="符合")
    page.get_by_label("备注").first.fill("左上角偏 3 mm")
    page.get_by_label("备注").first.blur()
    picture = {"name": "墙.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    page.get_by_label("拍照或录像取证").first.set_input_files([picture])
    sees(page, "1 份在手机上等上传")
    page.reload()
    sees(page, "已存在手机上，还没有同步", "100 分")
    hand_in(page)
    sees(page, "已提交，存在手机上")
    stage.look(page, "practical-sheet-offline")
    assert not Tap.objects.exists()


def with_network(stage: Stage, page: Page) -> None:
    """Jin sees a fatal error and takes it back."""
    score(page, wall="不符合", joint="10", tidy="基本符合")
    press(page, "墙体倒塌")
    sees(page, "确认吗")
    press(page, "确认出现")
    sees(page, "已认定出现")
    stage.look(page, "practical-sheet-fatal")
    press(page, "墙体倒塌")
    hand_in(page)
    sees(page, "全部已同步")


def ask_a_third(stage: Stage, world, session: Session) -> Page:
    page = stage.desk(world.chen)
    page.goto(f"/practical/{session.pk}/")
    sees(page, "待指定第三人")
    stage.look(page, "practical-board")
    follow(page, "阿迪力·吾守尔")
    stage.look(page, "practical-turn-differs")
    fill(page, {"考评员": "华国强"})
    press(page, "请他评分")
    return page


def release(stage: Stage, page: Page, session: Session) -> None:
    sees(page, "90 分")
    stage.look(page, "practical-turn-settled")
    follow(page, "打印评分表")
    stage.look(page, "practical-paper")
    page.goto(f"/practical/{session.pk}/")
    press(page, "结束评分")
    press(page, "公布成绩")
    sees(page, "已公布成绩")


def look_at_ones_result(stage: Stage, world, session: Session) -> None:
    page = stage.phone(world.adil)
    page.goto("/exam/")
    sees(page, "90 分")
    stage.look(page, "practical-mine")
    follow(page, session.title)
    sees(page, "每个评分点的结果", "考评员甲", "第三人")
    stage.look(page, "practical-own-result")
    expect(page.locator("main")).not_to_contain_text("库尔班")


def test_a_practical_exam_from_two_phones_to_the_learner(stage: Stage):
    world = make.world()
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    stage.be(turn.starts_at + timedelta(minutes=10))
    kurban, jin = open_sheet(stage, world.kurban, "practical-desk"), open_sheet(stage, world.jin)
    stage.look(kurban, "practical-sheet-empty")
    without_network(stage, kurban)
    with_network(stage, jin)
    assert make_practical.sheet_of(turn, world.jin).total == 22

    kurban.context.set_offline(False)
    sees(kurban, "全部已同步")
    turn.refresh_from_db()
    assert turn.differences
    assert b"Exif" not in files.read(Picture.objects.get().file)
    count = Tap.objects.count()
    kurban.reload()
    sees(kurban, "全部已同步")
    assert Tap.objects.count() == count
    assert "22" not in kurban.locator("main").inner_text()  # blind until the third has judged

    examiner = ask_a_third(stage, world, session)
    hua = open_sheet(stage, world.hua)
    sees(hua, "您是第三人")
    score(hua, wall="符合", joint="30", tidy="符合")
    hand_in(hua)
    sees(hua, "全部已同步")
    turn.refresh_from_db()
    assert turn.mark == 90

    examiner.goto(f"/practical/turns/{turn.pk}/")
    release(stage, examiner, session)
    look_at_ones_result(stage, world, session)


def test_the_region_and_the_examiner_prepare(stage: Stage):
    world = make.world()
    rubric = make_practical.draft_rubric(world)
    session = make_practical.notified_session(world)
    make_practical.trained(world, world.adil, world.mayra)

    region = stage.desk(world.gu)
    region.goto("/practical/rubrics/")
    stage.look(region, "practical-rubrics")
    region.goto(f"/practical/rubrics/{rubric.pk}/")
    stage.look(region, "practical-rubric")
    region.goto(f"/practical/rubrics/{rubric.pk}/task/t1/")
    stage.look(region, "practical-task")
    region.goto(f"/practical/rubrics/{rubric.pk}/preview/")
    stage.look(region, "practical-preview")

    examiner = stage.desk(world.chen)
    examiner.goto("/practical/")
    stage.look(examiner, "practical-sessions")
    examiner.goto(f"/practical/{session.pk}/edit/")
    stage.look(examiner, "practical-plan")
    examiner.goto(f"/practical/{session.pk}/people/")
    for box in examiner.get_by_role("checkbox").all():
        box.check()
    stage.look(examiner, "practical-people")
    press(examiner, "编排轮次")
    sees(examiner, "已编排 2 个轮次")
    press(examiner, "排定轮次")
    sees(examiner, "已排定")
    stage.look(examiner, "practical-fixed")
