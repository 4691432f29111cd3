"""A sitting runs: two invigilators, five candidates; the board says what happens within seconds.

The hot process has the true clock, so this sitting began a few minutes ago by it.
"""

import json
import re
import urllib.request
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import make, make_exams, make_invigilation, make_officials
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.exams.actions import attempts
from zhupei.exams.models import Attempt, Sitting
from zhupei.invigilation.models import CheckIn, HelpCall, Verdict

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NAMES = [
    "古丽巴哈尔·热合曼", "帕提古丽·吾斯曼", "陈志远", "热娜·艾尼瓦尔", "刘强", "赵雪", "马文博",
    "艾合买提·尼亚孜", "周海燕", "黄伟", "徐静", "吴刚",
]  # fmt: skip


@pytest.fixture
def world() -> SimpleNamespace:
    return make_officials.add(make.world())


def running(world: SimpleNamespace, minutes: int = 12) -> Sitting:
    """Fourteen seats; it began so many minutes ago, and everybody was let in but the last."""
    world.others = [make.learner(name) for name in NAMES]
    starts = timezone.now().replace(microsecond=0) - timedelta(minutes=minutes)
    return make_invigilation.running_sitting(
        world, world.adil, world.mayra, *world.others, starts_at=starts
    )


def begun(sitting: Sitting, user, answers: int = 0) -> Attempt:
    attempt = attempts.start(make_exams.seat_of(sitting, user), by=user)
    make_exams.answer(attempt, dict.fromkeys(range(answers), "A"))
    return attempt


def save(port: int, attempt: Attempt, item: int) -> None:
    """One answer through the hot process, as the page of a candidate sends it."""
    said = {"ticket": attempts.ticket(attempt), "item": item, "choice": "B", "turn": 10**13 + item}
    body = json.dumps(said).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/hot/answers", body, timeout=60) as reply:
        assert reply.status == 200


def seat(page: Page, attempt: Attempt) -> Locator:
    return page.locator(f"#seat-{attempt.candidate_id}")


def is_state(page: Page, attempt: Attempt, state: str) -> None:
    expect(seat(page, attempt)).to_have_attribute("data-state", state)


def test_a_board_beside_its_candidates(stage: Stage, world: SimpleNamespace, hot: int):
    sitting = running(world)
    adil, mayra = begun(sitting, world.adil, 4), begun(sitting, world.mayra, 9)
    for number, user in enumerate(world.others[:9]):
        begun(sitting, user, 5 + number % 6)
    board = stage.desk(world.nur)
    board.goto(f"/room/{sitting.pk}/")

    sees(board, "每 2 秒更新")
    is_state(board, adil, "writing")
    expect(seat(board, adil)).to_contain_text("4/20")
    save(hot, adil, 4)
    expect(seat(board, adil)).to_contain_text("5/20")

    phone = stage.phone(world.mayra)
    phone.goto(f"/exam/seat/{mayra.candidate_id}/")
    phone.evaluate(
        """([where, token]) => fetch(where, {method: "POST", body: new URLSearchParams(
            {text: "鼠标失灵"}), headers: {"X-CSRFToken": token, Accept: "application/json"}})""",
        [f"/room/call/{mayra.candidate_id}/", csrf(phone)],
    )
    is_state(board, mayra, "hand")
    sees(board.locator("[data-part=attention]"), "玛依拉·买买提", "鼠标失灵")
    sees(board.locator("#board-events"), "举手")
    stage.look(board, "board-hand")
    press(board.locator("#board-events"), "我去")
    sees(board, "每 2 秒更新")
    is_state(board, mayra, "writing")
    assert HelpCall.objects.get().answered_by == world.nur

    deeds(stage, board, sitting, adil, mayra)


def csrf(page: Page) -> str:
    headers = page.locator("body").get_attribute("hx-headers") or "{}"
    return str(json.loads(headers)["X-CSRFToken"])


def deeds(stage: Stage, board: Page, sitting: Sitting, adil: Attempt, mayra: Attempt) -> None:
    """One is paused, the room gets minutes, one is ended; each after its preview."""
    seat(board, adil).click()
    panel = board.locator("#seat-panel")
    sees(panel, "阿迪力·吾守尔", "暂停计时", "个人剩余")
    stage.look(board, "board-seat")
    follow(panel, "暂停计时")
    sees(board, "涉及 1 名考生", "阿迪力·吾守尔")
    fill(board, {"原因": "身体不适"})
    stage.look(board, "board-act")
    press(board, "确定暂停计时")
    is_state(board, adil, "paused")

    board.get_by_text("全场操作").click()
    follow(board, "全场补时")
    sees(board, "涉及 14 名考生")
    fill(board, {"补时（分钟）": "5", "原因": "停电两分钟"})
    press(board, "确定补时")
    sees(board, "已给 14 名考生补时")
    expect(seat(board, mayra)).to_contain_text("+5")

    board.goto(f"/room/{sitting.pk}/act/end/?seat={mayra.candidate_id}")
    fill(board, {"原因": "扰乱考场秩序，经两次警告"})
    press(board, "确定结束作答")
    is_state(board, mayra, "done")
    stage.look(board, "board")
    board.goto(f"/room/{sitting.pk}/log/")
    stage.look(board, "room-log")


def test_a_silent_machine_turns_red_and_comes_back(stage: Stage, world: SimpleNamespace, hot: int):
    sitting = running(world)
    adil = begun(sitting, world.adil, 2)
    Attempt.objects.filter(pk=adil.pk).update(started_at=timezone.now() - timedelta(minutes=2))
    make_exams.Answer.objects.update(saved_at=timezone.now() - timedelta(seconds=70))
    board = stage.desk(world.dong)
    board.goto(f"/room/{sitting.pk}/")

    is_state(board, adil, "off")
    silent = re.compile(r"断线 [1-9]:\d\d")
    expect(board.locator("[data-part=attention]")).to_contain_text(silent)
    stage.look(board, "board-off")
    save(hot, adil, 7)
    is_state(board, adil, "writing")
    sees(board, "没有要马上处理的座位")


def test_the_keyboard_reaches_seats_and_filters(stage: Stage, world: SimpleNamespace, hot: int):
    sitting = running(world)
    adil = begun(sitting, world.adil, 2)
    board = stage.desk(world.nur)
    board.goto(f"/room/{sitting.pk}/")

    board.locator("[data-filter=writing]").focus()
    board.keyboard.press("Enter")
    expect(board.locator(".seat-dim")).to_have_count(13)
    seat(board, adil).focus()
    board.keyboard.press("Enter")
    sees(board.locator("#seat-panel"), "阿迪力·吾守尔")


def test_a_board_without_its_stream_says_so_and_goes_on_by_itself(
    stage: Stage, world: SimpleNamespace
):
    sitting = running(world)
    adil = begun(sitting, world.adil, 2)
    board = stage.desk(world.nur)
    board.clock.install()
    board.goto(f"/room/{sitting.pk}/")
    is_state(board, adil, "writing")
    make_exams.answer(adil, {5: "A"})

    board.clock.run_for(20_000)

    sees(board, "没有更新，正在重连")
    expect(seat(board, adil)).to_contain_text("3/20")


def test_the_door_on_a_phone(stage: Stage, world: SimpleNamespace):
    sitting = make_invigilation.watched_sitting(world, world.adil, world.mayra)
    adil = make_exams.seat_of(sitting, world.adil)
    stage.be(sitting.starts_at - timedelta(minutes=20))
    page = stage.phone(world.nur)
    page.goto("/room/")
    stage.look(page, "rooms")
    page.goto(f"/room/{sitting.pk}/log/")
    for label in ("考场已清场", "考试机、备用机", "试卷在封存状态"):
        page.get_by_label(label).check()
    stage.look(page, "room-opening")
    press(page, "完成开场检查")
    sees(page, "开场检查已记入日志")
    page.goto(f"/room/{sitting.pk}/door/")
    stage.look(page, "door")
    page.get_by_label("准考证号、座位号").fill(str(adil.seat))
    press(page, "查找")
    sees(page, "阿迪力·吾守尔")
    page.get_by_label("证件号码后四位").fill("0000")
    press(page, "准予入场")
    sees(page, "证件号码后四位与报名信息不一致")
    stage.look(page, "door-wrong")
    page.get_by_label("证件号码后四位").fill(adil.person.id_last_four)
    press(page, "准予入场")
    sees(page, "已入场")
    assert CheckIn.objects.get().verdict == Verdict.ADMITTED

    send_away_and_note(stage, page, sitting.pk)


def send_away_and_note(stage: Stage, page: Page, sitting: int) -> None:
    """Mayra has no document; a machine fails; everybody is told something."""
    follow(page, "核验 玛依拉·买买提")
    page.get_by_text("不予入场", exact=True).first.click()
    fill(page, {"不予入场的原因": "没有带有效证件"})
    press(page, "记录不予入场")
    sees(page, "未准入场")
    page.goto(f"/room/{sitting}/incidents/new/")
    stage.look(page, "incident")
    fill(page, {"情况": "设备故障", "经过": "6 号机蓝屏，已换备用机"})
    press(page, "记入监考日志")
    sees(page, "已记入监考日志")
    stage.look(page, "incidents")
    page.goto(f"/room/{sitting}/notices/")
    fill(page, {"通知内容": "请把手机放进储物柜"})
    press(page, "发出")
    sees(page, "已发出")
    stage.look(page, "notices")


def test_a_candidate_without_the_safe_browser_is_told_what_to_do(
    stage: Stage, world: SimpleNamespace
):
    sitting = make_invigilation.watched_sitting(world, world.adil)
    seat = make_exams.seat_of(sitting, world.adil)
    page = stage.desk(world.chen)
    page.goto(f"/room/{sitting.pk}/safe-browser/")
    stage.look(page, "safe-browser-off")
    press(page, "要求本场使用")
    sees(page, "退出密码")
    stage.look(page, "safe-browser")
    phone = stage.phone(world.adil)
    phone.goto(f"/exam/seat/{seat.pk}/")
    sees(phone, "请用安全考试浏览器")
    stage.look(phone, "safe-browser-needed")
