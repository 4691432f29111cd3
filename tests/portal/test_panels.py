"""What upper floors say on the pages of an institution and of a class."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from tests import (
    make_classes,
    make_complaints,
    make_corrections,
    make_credit,
    make_live,
    make_patrols,
)
from zhupei.core import panels
from zhupei.patrols.actions import ledger

SCHOOL, CLASS = "institutions:detail", "classes:detail"


def titles(user, page, thing) -> list[str]:
    return [str(panel.title) for panel in panels.of(page, user, thing)]


def page_of(client, name, thing) -> str:
    answer = client.get(reverse(name, args=[thing.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_institution_shows_its_open_orders(world, as_user):
    assert titles(world.li, SCHOOL, world.school) == []
    order = make_corrections.order(world)
    closed = make_corrections.verified(world, make_corrections.answered(world))
    page = page_of(as_user(world.li), SCHOOL, world.school)
    assert order.get_absolute_url() in page
    assert closed.number not in page
    assert order.get_absolute_url() in page_of(as_user(world.aygul), SCHOOL, world.school)
    assert "逾期未报" not in page
    with time_machine.travel(order.due_at + timedelta(hours=1)):
        assert "有 1 份限期整改通知逾期未报" in page_of(as_user(world.li), SCHOOL, world.school)


def test_who_may_not_see_orders_learns_of_none(world):
    make_corrections.order(world)
    for person in (world.far_reviewer, world.wang, world.ma):
        assert "没有销号的整改通知" not in titles(person, SCHOOL, world.school)


def test_an_institution_shows_its_grades(world, as_user):
    make_credit.grade(world)
    page = page_of(as_user(world.li), SCHOOL, world.school)
    assert "等级和信用" in page
    assert reverse("credit:file", args=[world.school.pk]) in page


def test_an_institution_shows_where_to_complain(world, as_user):
    world.bureau.complaint_phone, world.bureau.complaint_hours = "0994-1234567", "工作日"
    world.bureau.save()
    for person in (world.aygul, world.li):
        page = page_of(as_user(person), SCHOOL, world.school)
        assert "0994-1234567" in page
        assert world.bureau.name in page
        assert f"?institution={world.school.pk}" in page


# Patrols


@pytest.fixture
def looked_at(world) -> SimpleNamespace:
    """A class somebody has looked at and found wanting."""
    make_patrols.world_of_inspectors(world)
    patrol = make_patrols.filed(world, make_patrols.duty(world, world.adil), "log")
    return SimpleNamespace(patrol=patrol, duty=patrol.duty, held=patrol.duty.training_class)


def test_a_class_shows_the_looks_and_what_they_found(world, as_user, looked_at):
    page = page_of(as_user(world.li), CLASS, looked_at.held)
    assert looked_at.patrol.get_absolute_url() in page
    assert "巡查在本班发现的 1 个问题还没有整改完" in page
    own = page_of(as_user(world.aygul), CLASS, looked_at.held)
    assert looked_at.patrol.get_absolute_url() in own
    assert "还没有整改完" not in own  # nobody has put it to them yet


def test_nobody_learns_from_a_panel_that_somebody_will_come(world, as_user):
    make_patrols.world_of_inspectors(world)
    patrol = make_patrols.planned(world, make_patrols.duty(world))
    held = patrol.duty.training_class
    assert "待巡查" in page_of(as_user(world.li), CLASS, held)
    assert "待巡查" not in page_of(as_user(world.aygul), CLASS, held)
    assert titles(world.aygul, CLASS, held) == []
    assert titles(world.aygul, SCHOOL, world.school) == []


def test_an_institution_shows_its_coverage(world, as_user, looked_at):
    with time_machine.travel(looked_at.duty.closes_at + timedelta(hours=1), tick=False):
        page = page_of(as_user(world.li), SCHOOL, world.school)
        assert "今年巡查督考" in page
        assert "100%" in page
        own = page_of(as_user(world.aygul), SCHOOL, world.school)
        assert "最近的巡查督考" in own
        assert "覆盖率" not in own


def test_a_missed_look_stands_at_the_top(world, as_user):
    duty = make_patrols.duty(world)
    with time_machine.travel(duty.closes_at + timedelta(days=9), tick=False):
        ledger.keep()
        assert "漏巡" in page_of(as_user(world.li), SCHOOL, world.school)


# Looking in from afar


def test_a_class_says_that_it_is_looked_into(world, as_user):
    look = make_live.look(world)
    held = look.room.training_class
    assert "正在远程查看本班" in page_of(as_user(world.aygul), CLASS, held)


# As a mechanism


def test_a_draft_has_no_panels_and_asks_nothing(world, django_assert_num_queries):
    draft = make_classes.draft_class(world)
    panels.of(CLASS, world.li, draft)
    with django_assert_num_queries(0):
        assert panels.of(CLASS, world.li, draft) == []
    assert panels.of("no:page", world.li, draft) == []


def test_the_page_of_an_institution_costs_few_questions(
    world, as_user, looked_at, django_assert_max_num_queries
):
    make_corrections.order(world)
    make_credit.grade(world)
    make_complaints.complaint(world)
    for person in (world.li, world.aygul):
        desk = as_user(person)
        page_of(desk, SCHOOL, world.school)
        with django_assert_max_num_queries(12):
            page_of(desk, SCHOOL, world.school)
