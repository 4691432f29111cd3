"""Candidates sit an exam at once: the sealed form fetched beforehand, one small request to start,
an invigilator who pauses, adds time and ends, a receipt that is the record's.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make, make_exams, make_forms
from tests.browser.acts.sitting import (
    ANSWERS,
    MULTIPLE,
    Exam,
    answer_everything,
    at_the_door,
    begin,
    knock,
    running,
    saved,
    tick,
)
from tests.browser.stage import Stage, press, sees
from zhupei.exams import rules
from zhupei.exams.actions import room
from zhupei.exams.models import Attempt, Sitting
from zhupei.invigilation.actions import notices
from zhupei.invigilation.models import HelpCall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def exam(stage: Stage, hot) -> Exam:
    return running(stage)


def test_the_start_is_one_small_request_and_the_receipt_is_the_servers(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    at_the_door(exam, page, adil)
    stage.look(page, "sit-door")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    press(page, "开始作答")
    expect(page.locator("[data-part=number]")).to_have_text("第 1 题")

    assert [url.rpartition("/")[2] for url in asked if url.startswith("http")][:1] == ["start"]
    assert not [url for url in asked if "/exam/" in url]
    answer_everything(page)
    stage.look(page, "sit-essay")
    page.locator("[data-part=hand-in-button]").click()
    sees(page, "全部题目都已作答")
    press(page, "确定交卷")
    page.wait_for_url("**/result/")
    attempt = exam.attempt(adil)
    figure = rules.receipt(attempt.choices())
    assert attempt.choices() == ANSWERS
    sees(page, figure, "与考试经过里记的指纹一致", "7 / 7 题")
    stage.look(page, "sit-result")


def test_the_order_on_the_screen_is_that_of_the_rules(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)

    attempt = exam.attempt(adil)
    for place, letters in rules.order(attempt.seed, make_forms.places()):
        said = make_forms.PLACES[place]
        shown = page.locator("[data-part=choices] .choice > span").all_inner_texts()
        assert shown == [said["options"]["ABCDE".index(letter)] for letter in letters]
        if said["kind"] != "blank":
            assert page.locator("[data-part=stem]").inner_text() == said["stem"]
        page.keyboard.press("PageDown")
        if place != 6 or page.locator("[data-part=next]").is_enabled():
            page.locator("[data-part=next]").click()


def test_the_invigilator_pauses_adds_time_and_ends(stage: Stage, exam: Exam):
    adil, mayra = exam.world.adil, exam.world.mayra
    one, other = stage.desk(adil), stage.phone(mayra)
    begin(exam, one, adil)
    begin(exam, other, mayra)
    tick(one, "六级以上大风", "正确")
    saved(one)
    attempts = [exam.attempt(adil)]

    room.pause(attempts, by=exam.world.chen, note="断电")
    knock(one)
    sees(one, "监考已暂停考试")
    stage.look(one, "sit-paused")
    tick(other, "六级以上大风", "错误")
    saved(other)
    room.resume(attempts, by=exam.world.chen)
    knock(one)
    expect(one.locator("[data-part=paused]")).to_be_hidden()
    room.add_time(attempts, 10, by=exam.world.chen, note="断电耽误")
    knock(one)
    sees(one, "监考增加了 10 分钟")
    stage.look(one, "sit-added")
    room.end([exam.attempt(mayra)], by=exam.world.chen, note="身体不适")
    knock(other)
    sees(other, "监考已结束考试")
    other.wait_for_url("**/result/")
    sees(other, rules.receipt({2: "B"}), "监考员结束了考试")
    tick(one, "养护的开始时间", "12 小时以内")
    saved(one)


def test_what_the_invigilator_says_is_read_and_acknowledged(stage: Stage, exam: Exam):
    adil, mayra = exam.world.adil, exam.world.mayra
    one, other = stage.desk(adil), stage.phone(mayra)
    begin(exam, one, adil)
    begin(exam, other, mayra)
    seat = make_exams.seat_of(exam.sitting, adil)

    notices.announce(exam.sitting, by=exam.world.chen, text="第 5 题请写在答题框里。")
    notices.announce(exam.sitting, by=exam.world.chen, text="请坐到前排。", candidate=seat)
    knock(one)
    knock(other)

    sees(one, "监考通知", "第 5 题请写在答题框里。")
    one.keyboard.press("Escape")  # not closed unread
    stage.look(one, "sit-said")
    press(one, "知道了")
    sees(one, "请坐到前排。")
    press(one, "知道了")
    expect(one.locator("[data-part=said]")).to_be_hidden()
    sees(other, "第 5 题请写在答题框里。")
    press(other, "知道了")
    expect(other.locator("[data-part=said]")).to_be_hidden()
    one.reload()
    expect(one.locator("[data-part=number]")).to_have_text("第 1 题")
    knock(one)
    tick(one, "六级以上大风", "正确")
    saved(one)
    expect(one.locator("[data-part=said]")).to_be_hidden()


def test_a_hand_raised_reaches_the_room(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)

    press(page, "举手，叫监考")

    sees(page, "已举手")
    assert HelpCall.objects.get().candidate.person == adil.person


def test_who_was_not_admitted_hears_it(stage: Stage, exam: Exam):
    adil = exam.world.adil
    Sitting.objects.filter(pk=exam.sitting.pk).update(needs_admission=True)
    page = stage.phone(adil)
    at_the_door(exam, page, adil)

    press(page, "开始作答")

    sees(page, "请先到监考人员处核验身份")
    room.admit([exam.attempt(adil)], by=exam.world.chen)  # the page asks again by itself
    expect(page.locator("[data-part=number]")).to_have_text("第 1 题")


def test_without_scripts_every_kind_is_answered(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.phone(adil, java_script_enabled=False)
    page.goto(f"/exam/seat/{make_exams.seat_of(exam.sitting, adil).pk}/")
    press(page, "开始作答")

    for option in ("12 小时以内", *MULTIPLE, "正确", "立即移走"):
        page.get_by_label(option, exact=True).check()
    page.get_by_label("第 1 空").fill("10")
    page.get_by_label("第 2 空").fill("厘米")
    page.get_by_role("group", name="模板拆除").locator("textarea").fill(ANSWERS[4])
    page.get_by_role("group", name="坑壁裂缝").locator("textarea").fill(ANSWERS[6])
    press(page, "保存答案")
    expect(page.get_by_label("第 2 空")).to_have_value("厘米")
    press(page, "保存并交卷")

    sees(page, rules.receipt(ANSWERS))


def test_the_exam_begins_when_its_time_comes_without_another_page(stage: Stage, hot):
    world = make.world()
    adil = world.adil
    starts_at = timezone.now() + timedelta(seconds=25)
    sitting = make_forms.sealed_sitting(world, adil, starts_at=starts_at)
    page = stage.phone(adil)
    page.goto(f"/exam/seat/{make_exams.seat_of(sitting, adil).pk}/")
    sees(page, "距开考还有", "试卷已备好")
    stage.look(page, "sit-waiting")
    expect(page.get_by_role("button", name="开始作答")).to_be_hidden()
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    expect(page.get_by_role("button", name="开始作答")).to_be_visible(timeout=40_000)
    press(page, "开始作答")

    expect(page.locator("[data-part=number]")).to_have_text("第 1 题")
    assert all("/attempt/" in url for url in loads)  # only the address changed


@pytest.mark.parametrize("minutes", [30, 10, 5, 1])
def test_the_time_left_is_said_aloud_now_and_then(stage: Stage, exam: Exam, minutes: int):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)
    ends = timezone.now() + timedelta(minutes=minutes, seconds=3)
    attempt = Attempt.objects.filter(pk=exam.attempt(adil).pk)
    grace = timedelta(seconds=exam.sitting.grace_seconds)
    attempt.update(closes_at=ends + grace)
    knock(page)

    expect(page.locator("[data-part=aloud]")).to_have_text(f"还剩 {minutes} 分钟")
