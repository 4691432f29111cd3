"""Three days in the room: the changing code, the typed digits, the teacher's correction."""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote

import segno
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.classes.models import Lesson
from zhupei.people.models import User

AFTER = timedelta(minutes=1)


def code_on_the_screen(stage: Stage, keeper: User, lesson: Lesson) -> str:
    """The digits the room's screen shows a minute after the start, and the QR code beside them."""
    stage.be(lesson.starts_at + AFTER)
    page = stage.desk(keeper)
    page.goto(f"/attendance/{lesson.pk}/screen/")
    digits = page.locator("[data-part=digits]")
    expect(digits).to_have_text(re.compile(r"\d{3} \d{3}"))
    code = digits.inner_text().replace(" ", "")
    address = stage.site + reverse("attendance:scan", args=[lesson.pk, code])
    picture = page.locator("[data-part=qr]")
    picture.evaluate("picture => picture.decode()")
    [path] = re.findall(r'd="(.+?)"', unquote(picture.get_attribute("src") or ""))
    assert path in segno.make(address, error="m").svg_inline(scale=8, border=2)
    return code


def scan(stage: Stage, user: User, lesson: Lesson, code: str) -> Page:
    """What the phone's camera opens, and one tap."""
    stage.be(lesson.starts_at + AFTER)
    page = stage.phone(user)
    page.goto(reverse("attendance:scan", args=[lesson.pk, code]))
    press(page, "签到")
    sees(page, "签到成功")
    return page


def type_code(stage: Stage, user: User, lesson: Lesson, code: str) -> None:
    stage.be(lesson.starts_at + AFTER)
    page = stage.phone(user)
    page.goto(f"/attendance/{lesson.pk}/sign/")
    fill(page, {"屏幕上的 6 位数字": code})
    press(page, "签到")
    sees(page, "签到成功")


def mistype(stage: Stage, user: User, lesson: Lesson, code: str) -> None:
    page = stage.phone(user)
    page.goto(f"/attendance/{lesson.pk}/sign/")
    fill(page, {"屏幕上的 6 位数字": f"{(int(code) + 1) % 10**6:06d}"})
    press(page, "签到")
    sees(page, "看屏幕再输一次")
    stage.look(page, "sign-in-wrong")


def attend(
    stage: Stage, world: SimpleNamespace, lessons: list[Lesson], scans: User, types: User
) -> None:
    """Two learners sign in to every lesson, but one forgets it the first time."""
    for place, lesson in enumerate(lessons):
        keeper = world.ma if lesson.teacher == world.teacher else world.aygul
        code = code_on_the_screen(stage, keeper, lesson)
        page = scan(stage, scans, lesson, code)
        if place == 0:
            mistype(stage, types, lesson, code)
            stage.look(page, "signed-in")
            stage.look(stage.desk(keeper), "room-screen")
        else:
            type_code(stage, types, lesson, code)


def correct(stage: Stage, world: SimpleNamespace, lesson: Lesson, user: User) -> None:
    """The teacher says that somebody was there, with a reason; the registrar agrees."""
    stage.be(lesson.ends_at + AFTER)
    page = stage.desk(world.ma)
    page.goto(f"/attendance/{lesson.pk}/roll/")
    follow(page, f"更正 {user.name}")
    page.get_by_label("到课").check()
    fill(page, {"到达": f"{timezone.localtime(lesson.starts_at):%H:%M}"})
    fill(page, {"理由": "手机没电，全程在场，有同桌作证。"})
    stage.look(page, "correction")
    press(page, "提出更正")
    sees(page, "等第二个人确认")
    stage.look(page, "roll")
    second = stage.desk(world.aygul)
    second.goto("/attendance/corrections/")
    stage.look(second, "corrections")
    follow(second, user.name)
    sees(second, "手机没电，全程在场，有同桌作证。")
    stage.look(second, "correction-of-two")
    press(second, "确认更正")
    sees(second, "已确认")


def read_hours(stage: Stage, user: User, total: str) -> None:
    page = stage.phone(user)
    page.goto("/join/mine/")
    follow(page, "学时明细")
    sees(page, total)
    stage.look(page, "hours")
    page.goto("/people/me/")
    sees(page, "为参加考核处理")
    stage.look(page, "me")


def finish(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{pk}/")
    press(page, "结班")
    sees(page, "已结班")
    stage.look(page, "class-finished")
