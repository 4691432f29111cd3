"""A teacher in a room without network takes the roll on a phone; it comes in when there is one.

The pages' clock is moved, the phone's is not: it is wrong by hours all through, as phones are.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import make
from tests.browser.stage import Stage, sees
from tests.make_attendance import class_with_learners, first_lesson
from zhupei.attendance.models import Attendance, RollMark
from zhupei.classes.models import Lesson, TrainingClass

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tap(page: Page, name: str, word: str) -> None:
    choices = page.get_by_role("group", name=name)
    choices.get_by_role("button", name=word, exact=True).click()


def line(page: Page, name: str) -> Locator:
    return page.locator(".roll-line").filter(has_text=name)


def ready(stage: Stage, world: SimpleNamespace) -> tuple[Page, Lesson]:
    """Ma's phone has the page, and then the network dies."""
    lesson = first_lesson(class_with_learners(world))
    stage.be(lesson.starts_at + timedelta(minutes=1))
    page = stage.phone(world.ma)
    page.goto(f"/attendance/{lesson.pk}/offline/")
    sees(page, "这一页已存在手机上")
    page.context.set_offline(True)
    return page, lesson


def test_a_roll_survives_reload_closing_and_a_dead_network(stage: Stage):
    world = make.world()
    page, lesson = ready(stage, world)

    tap(page, "阿迪力·吾守尔", "到")
    tap(page, "玛依拉·买买提", "缺勤")
    sees(page, "2 条已存在手机上，还没有同步", "没有网络")
    stage.look(page, "offline-roll")
    page.reload()
    sees(page, "2 条已存在手机上，还没有同步")
    assert not Attendance.objects.exists()
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(f"/attendance/{lesson.pk}/roll/")  # the ordinary roll leads to the one kept
    expect(again).to_have_url(f"{stage.site}/attendance/{lesson.pk}/offline/")
    expect(line(again, "阿迪力").get_by_role("button", name="到", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    context.set_offline(False)
    sees(again, "全部已同步")
    sees(line(again, "阿迪力"), "点名册：", "已同步")

    adil = Attendance.objects.get(enrolment__person=world.adil.person)
    assert (adil.method, adil.credited_seconds) == ("offline", lesson.seconds)
    again.reload()
    sees(again, "全部已同步")
    assert RollMark.objects.count() == 2


def test_what_the_server_refuses_stays_on_the_phone_with_the_reason(stage: Stage):
    world = make.world()
    page, _ = ready(stage, world)
    frozen = timezone.now() - timedelta(minutes=30)
    TrainingClass.objects.update(frozen_since=frozen)

    tap(page, "阿迪力·吾守尔", "到")
    page.context.set_offline(False)

    sees(line(page, "阿迪力"), "没有收下：点名时班级已暂停")
    page.reload()
    sees(line(page, "阿迪力"), "没有收下：点名时班级已暂停")
    assert not Attendance.objects.exists()


def test_without_the_page_the_phone_says_which_rolls_it_has(stage: Stage):
    world = make.world()
    page, lesson = ready(stage, world)
    other = page.context.new_page()

    other.goto("/attendance/corrections/")

    sees(other, "没有网络")
    other.get_by_role("link", name="离线点名").click()
    expect(other).to_have_url(f"{stage.site}/attendance/{lesson.pk}/offline/")
