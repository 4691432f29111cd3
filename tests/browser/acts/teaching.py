"""A teacher with a phone in the room: the roll, the log, pictures over a line that breaks."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import segno
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.stage import Stage, fill, hand, press, sees, sign_in
from tests.make_attendance import code
from zhupei.classes.models import Lesson
from zhupei.people.models import User

AFTER = timedelta(minutes=1)
MEGABYTE = 1024 * 1024
PARTS = 6
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(PARTS * MEGABYTE)
ARRIVES = 60_000  # milliseconds the parts may take


def photo() -> bytes:
    """A picture that can be drawn."""
    out = BytesIO()
    segno.make("课堂").save(out, kind="png", scale=12)
    return out.getvalue()


def two_sign_in_with_one_phone(stage: Stage, lesson: Lesson, owner: User, friend: User) -> None:
    """The second waits until the teacher has looked, and reads why."""
    stage.be(lesson.starts_at + AFTER)
    page = stage.phone()
    for user, answer in ((owner, "已签到，准时"), (friend, "已签到，等教师确认")):
        sign_in(page, user)
        page.goto(reverse("attendance:scan", args=[lesson.pk, code(lesson)]))
        press(page, "签到")
        sees(page, answer)
        stage.look(page, f"sign-in-{answer[-2:]}")
        page.context.clear_cookies(name="sessionid")


def confirm_presence(stage: Stage, world: SimpleNamespace, lesson: Lesson, friend: User) -> None:
    page = stage.phone(world.ma)
    page.goto("/home/")
    stage.look(page, "teacher-to-do")
    page.goto(f"/attendance/{lesson.pk}/roll/")
    sees(page, "1 人用别人签过到的手机签到", "待确认")
    stage.look(page, "roll-waiting")
    page.get_by_role("button", name=f"在场 {friend.name}").click()
    expect(page.locator(".state").filter(has_text="待确认")).to_have_count(0)


def write_the_log(stage: Stage, world: SimpleNamespace, lesson: Lesson) -> None:
    """One tap when everything went as planned."""
    stage.be(lesson.ends_at + AFTER)
    page = stage.phone(world.ma)
    page.goto(f"/teaching/class/{lesson.training_class_id}/")
    sees(page, "未写", "到现在应有")
    stage.look(page, "record-owed")
    press(page, "按课表，无出入")
    sees(page, "按课表")
    expect(page.get_by_role("button", name="按课表，无出入")).to_have_count(0)
    stage.look(page, "record")


def upload_a_photo(stage: Stage, world: SimpleNamespace, lesson: Lesson) -> None:
    page = stage.phone(world.ma)
    page.goto(f"/teaching/class/{lesson.training_class_id}/evidence/")
    stage.look(page, "evidence-none")
    hand(page, "file", "上课.png", photo())
    sees(page, "已传完，可以提交")
    fill(page, {"说明": "第一节课"})
    press(page, "上传")
    sees(page, "第一节课", "SHA-256")


def upload_a_video_over_a_bad_line(stage: Stage, world: SimpleNamespace, lesson: Lesson) -> None:
    """The line dies after two parts; what arrived is not sent again."""
    page = stage.phone(world.ma)
    page.goto(f"/teaching/class/{lesson.training_class_id}/evidence/")
    starts: list[int] = []
    page.on("request", lambda sent: starts.extend(where(sent)))
    with page.expect_response(is_second_part, timeout=ARRIVES):
        hand(page, "file", "操作.mp4", VIDEO)
    page.context.set_offline(True)
    page.wait_for_timeout(1500)
    stage.look(page, "evidence-broken")
    press(page, "上传")
    sees(page, "文件还在传")
    page.context.set_offline(False)
    expect(page.get_by_text("已传完，可以提交")).to_be_visible(timeout=ARRIVES)
    assert starts.count(0) == 1, "what had arrived was sent again"
    fill(page, {"说明": "砌筑操作"})
    press(page, "上传")
    sees(page, "砌筑操作", "录像或录音")
    stage.look(page, "evidence")


def where(sent: object) -> list[int]:
    """At which byte a part begins."""
    headers = getattr(sent, "headers", {})
    return [int(headers["upload-offset"])] if getattr(sent, "method", "") == "PATCH" else []


def is_second_part(response: object) -> bool:
    request = getattr(response, "request", None)
    headers = getattr(request, "headers", {})
    return headers.get("upload-offset") == str(MEGABYTE)
