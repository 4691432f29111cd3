"""Machines that die in an exam, networks that do not come back, two machines at one paper."""

import json
import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, expect

from config.processes import wait_until
from tests import make_exams
from tests.browser.acts.sitting import (
    ANSWERS,
    Exam,
    answer_everything,
    begin,
    go_to,
    knock,
    running,
    saved,
    tick,
)
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.stage import PATIENCE, Stage, press, sees, sign_in
from zhupei.core import tickets
from zhupei.exams import sealing
from zhupei.exams.models import Attempt
from zhupei.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def exam(stage: Stage, hot) -> Exam:
    return running(stage)


def test_a_machine_dies_without_network_and_goes_on(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)
    tick(page, "养护的开始时间", "12 小时以内")
    saved(page)
    page.context.set_offline(True)
    go_to(page, "模板拆除")
    page.locator("textarea").press_sequentially("后支的先拆", delay=5)
    saved(page, "只在本机")
    stage.look(page, "sit-offline")

    address, context = page.url, page.context
    page.close()
    again = context.new_page()
    stage.looks.listen(again)
    again.goto(address)
    expect(again.locator("[data-part=number]")).to_be_visible()
    go_to(again, "模板拆除")
    expect(again.locator("textarea")).to_have_value("后支的先拆")
    saved(again, "只在本机")
    tick(again, "六级以上大风", "正确")
    saved(again, "只在本机")
    context.set_offline(False)

    saved(again)
    go_to(again, "模板拆除")
    saved(again)
    assert exam.attempt(adil).choices() == {0: "A", 2: "A", 4: "后支的先拆"}


def test_another_machine_goes_on_and_the_first_is_told(stage: Stage, exam: Exam):
    adil = exam.world.adil
    first = stage.desk(adil)
    begin(exam, first, adil)
    tick(first, "养护的开始时间", "3 天以后")
    saved(first)

    second = stage.phone()
    sign_in(second, adil)
    second.goto(f"/exam/attempt/{exam.attempt(adil).pk}/")
    tick(second, "养护的开始时间", "12 小时以内")
    saved(second)
    tick(second, "六级以上大风", "正确")
    saved(second)
    stage.look(second, "sit-phone")
    tick(first, "六级以上大风", "错误")
    saved(first)
    knock(second)  # somebody sits down at it again

    sees(second, "另一个窗口或另一台机器")
    expect(second.get_by_label("错误")).to_be_checked()
    knock(first)
    go_to(first, "养护的开始时间")
    expect(first.get_by_label("12 小时以内")).to_be_checked()
    assert exam.attempt(adil).choices() == {0: "A", 2: "B"}


def test_time_runs_out_without_network_and_late_answers_are_kept_apart(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)
    tick(page, "养护的开始时间", "3 天以后")
    saved(page)
    page.context.set_offline(True)
    tick(page, "养护的开始时间", "12 小时以内")
    saved(page, "只在本机")
    Attempt.objects.filter(pk=exam.attempt(adil).pk).update(closes_at=timezone.now())
    page.context.set_offline(False)

    sees(page, "已经交卷", "的最后修改没有在收卷前传到")
    stage.look(page, "sit-late")
    assert exam.attempt(adil).choices() == {0: "B"}


def test_on_an_untrusted_address_the_page_comes_the_long_way(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(f"/exam/seat/{make_exams.seat_of(exam.sitting, adil).pk}/")

    press(page, "开始作答")

    page.wait_for_url("**/attempt/*/")
    answer_everything(page)
    assert exam.attempt(adil).choices() == ANSWERS


def test_the_answers_go_into_a_file_only_the_body_can_open(stage: Stage, exam: Exam):
    adil = exam.world.adil
    page = stage.desk(adil)
    begin(exam, page, adil)
    page.context.set_offline(True)
    tick(page, "六级以上大风", "正确")
    go_to(page, "模板拆除")
    page.locator("textarea").fill("后支的先拆")
    saved(page, "只在本机")
    page.locator("[data-part=hand-in-button]").click()
    press(page, "确定交卷")
    sees(page, "网络断开，现在不能交卷")

    with page.expect_download() as waiting:
        press(page.locator("[data-part=trouble-file]"), "把答案存成加密文件")

    sees(page, "文件存好了")
    stage.look(page, "sit-file")
    content = Path(waiting.value.path()).read_text()
    assert waiting.value.suggested_filename == f"答卷-{exam.attempt(adil).pk}.zpa"
    assert "后支" not in content
    inside = opened(json.loads(content))
    assert tickets.read("exams.answer", inside["ticket"]) == exam.attempt(adil).pk
    assert {one["item"]: one["choice"] for one in inside["answers"]} == {2: "A", 4: "后支的先拆"}


def opened(file: dict[str, Any]) -> Any:
    """As the server opens it (docs/mechanisms/exam-page.md)."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), sealing.raw(file["public"])
    )
    shared = sealing.carrying_key(file["sitting"]).exchange(ec.ECDH(), point)
    sealed = sealing.raw(file["nonce"]) + sealing.raw(file["sealed"])
    return sealing.opened(sealing.shared_key(shared), sealed)


def test_a_browser_killed_in_mid_word_goes_on(stage: Stage, exam: Exam, chromium, tmp_path):
    """The process gets SIGKILL while somebody types without network."""
    adil = exam.world.adil
    context, process = own_browser(chromium, tmp_path, stage.site)
    page = context.new_page()
    sign_in(page, adil)
    begin(exam, page, adil)
    tick(page, "六级以上大风", "正确")
    saved(page)
    context.set_offline(True)
    go_to(page, "模板拆除")
    page.locator("textarea").press_sequentially("后支的先拆，先支的", delay=10)
    saved(page, "只在本机")

    os.kill(process, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{process}").exists(), 10)

    context, _process = own_browser(chromium, tmp_path, stage.site)
    page = context.new_page()
    address = f"/exam/attempt/{exam.attempt(adil).pk}/"
    page.goto(address)
    if "/login/" in page.url:  # the browser had not yet written its cookies
        sign_in(page, adil)
        page.goto(address)
    saved_by_itself(exam, adil, {2: "A", 4: "后支的先拆，先支的"})
    go_to(page, "模板拆除")
    expect(page.locator("textarea")).to_have_value("后支的先拆，先支的")
    context.close()


def own_browser(chromium: Browser, folder: Path, site: str) -> tuple[BrowserContext, int]:
    """A browser with a profile on the disk, and its process."""
    program = next(filter(None, map(shutil.which, NAMES)))
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    context = chromium.browser_type.launch_persistent_context(
        folder / "profile", executable_path=program, args=flags, base_url=site, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE)
    lock = (folder / "profile" / "SingletonLock").readlink()  # host-process
    return context, int(lock.name.rpartition("-")[2])


def saved_by_itself(exam: Exam, user: User, answers: dict[int, str]) -> None:
    assert wait_until(lambda: exam.attempt(user).choices() == answers, 10)
