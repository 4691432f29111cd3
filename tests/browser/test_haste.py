"""Impatient people and people in two places: each thing is done once, and nothing typed is lost."""

import pytest
from django.db.models import Model
from playwright.sync_api import Page, expect

from tests import make, make_classes, make_filings, make_oversight, make_syllabus, make_teachers
from tests.browser.stage import Stage, fill, press, sees
from tests.make_attendance import class_with_learners
from tests.make_teaching import textbook
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.people.models import User
from zhupei.teaching.actions import books
from zhupei.teaching.models import HandOut

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def times(thing: Model, verb: str) -> int:
    """How often the record says it was done."""
    return audit.own_history(thing).filter(verb=verb).count()


def twice(page: Page, name: str) -> None:
    """The second click comes while the first one's answer is on its way."""
    page.get_by_role("button", name=name, exact=True).first.dblclick()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_does_each_thing_once(stage: Stage, *, scripts: bool):
    world = make.world()
    planned = make_classes.planned_class(world)
    filing = make_filings.submitted(world)
    teacher = make_teachers.applied(world)
    steps: list[tuple[User, str, str, Model, str]] = [
        (world.aygul, f"/classes/{planned.pk}/", "提交审核", planned, "class.submitted"),
        (world.tian, f"/filings/{filing.pk}/", "准予备案", filing, "filing.accepted"),
        (world.song, f"/teachers/{teacher.pk}/", "准予入库", teacher, "teacher.admitted"),
    ]

    for user, address, button, thing, verb in steps:
        page = stage.desk(user, java_script_enabled=scripts)
        page.goto(address)
        twice(page, button)
        page.wait_for_load_state("networkidle")
        page.goto(address)
        assert times(thing, verb) == 1, verb


def test_a_book_is_given_once_and_an_institution_suspended_once(stage: Stage):
    world = make.world()
    taught = class_with_learners(world)
    shelf = books.choose(taught, textbook(world), by=world.aygul)
    page = stage.desk(world.aygul)
    page.goto(f"/teaching/class/{taught.pk}/books/")
    twice(page, "发给勾选的学员")
    sees(page, "已发，待本人确认")
    assert HandOut.objects.filter(book=shelf).count() == 2

    page = stage.desk(world.gu)
    page.goto(f"/oversight/institutions/{world.school.pk}/suspend/")
    page.get_by_role("radio").first.check()
    fill(page, {"理由": "查实顶替参训"})
    page.locator("#decide").get_by_role("button", name="暂停业务").dblclick()
    sees(page, "当时办了什么")
    assert world.school.suspensions.count() == 1


def decided_by_two(stage: Stage, users: tuple[User, User], address: str) -> tuple[Page, Page]:
    first, second = (stage.desk(user) for user in users)
    for page in (first, second):
        page.goto(address)
    return first, second


def test_of_two_officers_at_once_the_second_is_told(stage: Stage):
    world = make.world()
    filing = make_filings.submitted(world)
    colleague = make.member("古丽扎尔", make.Role.REVIEWER, world.hr)
    first, second = decided_by_two(stage, (world.tian, colleague), f"/filings/{filing.pk}/")

    press(first, "准予备案")
    sees(first, "已备案")
    press(second, "准予备案")

    sees(second, "已是“已备案”")
    stage.look(second, "filing-too-late")
    assert times(filing, "filing.accepted") == 1


def test_a_suspension_decided_meanwhile_is_told_to_the_second(stage: Stage):
    world = make.world()
    second = stage.desk(world.gu)
    second.goto(f"/oversight/institutions/{world.school.pk}/suspend/")
    make_oversight.suspension(world)

    second.get_by_role("radio").first.check()
    fill(second, {"理由": "查实顶替参训"})
    press(second.locator("#decide"), "暂停业务")

    sees(second, "已是“暂停业务”")
    stage.look(second, "suspend-too-late")
    assert world.school.suspensions.count() == 1


def test_going_back_after_the_filing_changes_nothing(stage: Stage):
    world = make.world()
    filing = make_filings.submitted(world)
    page = stage.desk(world.tian)
    page.goto(f"/filings/{filing.pk}/")
    press(page, "准予备案")
    sees(page, "已备案")

    page.go_back()
    button = page.get_by_role("button", name="准予备案")
    if button.count():  # the browser may show the page as it was
        button.first.click()
        sees(page, "已备案")

    assert times(filing, "filing.accepted") == 1


def test_a_plan_in_two_tabs_is_told_and_nothing_typed_is_lost(stage: Stage):
    world = make.world()
    drafted = make_classes.draft_class(world)
    tab = stage.desk(world.aygul)
    other = tab.context.new_page()
    for page in (tab, other):
        page.goto(f"/classes/{drafted.pk}/edit/")
    fill(tab, {"计划人数": "28"})
    press(tab, "保存草稿")
    sees(tab, "28")

    fill(other, {"计划人数": "35", "咨询电话": "0994-7654321"})
    press(other, "保存草稿")

    sees(other, "您打开之后，别人改过这份计划", "28")
    expect(other.get_by_label("计划人数")).to_have_value("35")
    expect(other.get_by_label("咨询电话")).to_have_value("0994-7654321")
    stage.look(other, "plan-meanwhile")
    assert TrainingClass.objects.get(pk=drafted.pk).seats == 28
    press(other, "保存草稿")
    sees(other, "0994-7654321")
    assert TrainingClass.objects.get(pk=drafted.pk).seats == 35


def test_a_syllabus_in_two_tabs_is_told_and_nothing_typed_is_lost(stage: Stage):
    world = make.world()
    syllabus = make_syllabus.draft(world.gu)
    tab = stage.desk(world.gu)
    other = tab.context.new_page()
    for page in (tab, other):
        page.goto(f"/syllabus/{syllabus.pk}/tree/")
    add_unit(tab, "抹灰工艺")
    sees(tab.locator("article.branch").last, "抹灰工艺")

    add_unit(other, "镶贴工艺")

    sees(other, "有人改过这份大纲", "您写的还在")
    expect(other.locator("#new-unit").get_by_label("单元")).to_have_value("镶贴工艺")
    stage.look(other, "tree-meanwhile")


def add_unit(page: Page, title: str) -> None:
    new = page.locator("#new-unit")
    fill(new, {"单元": title, "理论学时": "2", "实操学时": "2"})
    press(new, "加单元")
