"""An institution's file: its rooms, its licence."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make
from tests.refusals import refused
from zhupei.core import audit
from zhupei.institutions import actions
from zhupei.institutions.models import Room
from zhupei.organizations.models import Kind, Organization

ROOM = {"name": "教室 202", "use": "classroom", "seats": 60, "stations": 0, "address": ""}
PAPER = {
    "number": "人社民 2026001 号",
    "valid_from": date(2026, 1, 1),
    "valid_until": date(2028, 12, 31),
}


def page_of(organization, name: str = "detail") -> str:
    return reverse(f"institutions:{name}", args=[organization.pk])


def test_the_registrar_enters_a_room(world):
    room = actions.add_room(world.school, by=world.aygul, **ROOM)

    assert room.organization == world.school
    event = audit.own_history(world.school).last()
    assert audit.sentence(event) == "阿依古丽·买买提 登记了场地 教室 202，60 座"


def test_an_assessment_body_enters_its_own_rooms(world):
    assert actions.add_room(world.body, by=world.chen, **ROOM).organization == world.body


@pytest.mark.parametrize("person", ["wang", "li", "gu", "ma", "chen", "adil"])
def test_nobody_else_enters_rooms(world, person):
    with refused("not_allowed"):
        actions.add_room(world.school, by=getattr(world, person), **ROOM)


def test_two_rooms_of_one_school_have_two_names(world):
    actions.add_room(world.school, by=world.aygul, **ROOM)

    with refused("room_name_taken") as refusal:
        actions.add_room(world.school, by=world.aygul, **ROOM)
    assert refusal.value.field == "name"
    assert actions.add_room(world.other_school, by=world.wang, **ROOM)


def test_a_room_has_seats(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.create(organization=world.school, **ROOM | {"seats": 0})


def test_the_bureau_enters_the_licence_it_has_seen(world):
    licence = actions.enter_licence(world.school, by=world.li, jobs=[make.job()], **PAPER)

    assert list(licence.jobs.all()) == [make.job()]
    event = audit.own_history(world.school).last()
    assert audit.sentence(event) == (
        "李文涛 登记了办学许可证 人社民 2026001 号，有效期至 2028-12-31"
    )


@pytest.mark.parametrize("person", ["aygul", "wang", "far_reviewer", "gu", "chen", "ma"])
def test_nobody_enters_their_own_licence_or_one_of_another_place(world, person):
    with refused("not_allowed"):
        actions.enter_licence(world.school, by=getattr(world, person), jobs=[], **PAPER)


def test_a_licence_number_is_entered_once(world):
    actions.enter_licence(world.school, by=world.li, jobs=[], **PAPER)

    with refused("licence_known") as refusal:
        actions.enter_licence(world.school, by=world.li, jobs=[], **PAPER)
    assert refusal.value.field == "number"


@pytest.mark.parametrize(
    ("person", "rooms"),
    [
        ("aygul", {"教室 101", "实训棚"}),
        ("ma", {"教室 101", "实训棚"}),
        ("wang", set()),
        ("chen", {"机房 3"}),
        ("li", {"教室 101", "实训棚", "机房 3"}),
        ("far_reviewer", set()),
        ("adil", set()),
    ],
)
def test_who_sees_which_rooms(world, person, rooms):
    assert {room.name for room in Room.objects.visible_to(getattr(world, person))} == rooms


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("aygul", 200),
        ("ma", 200),
        ("li", 200),
        ("gu", 200),
        ("wang", 404),
        ("far_reviewer", 404),
        ("chen", 404),
        ("adil", 404),
    ],
)
def test_who_may_read_the_file_of_the_school(world, as_user, person, status):
    assert as_user(getattr(world, person)).get(page_of(world.school)).status_code == status


def test_who_keeps_one_file_goes_straight_to_it(world, as_user):
    answer = as_user(world.aygul).get(reverse("institutions:index"))

    assert answer["Location"] == page_of(world.school)


def test_the_registrar_enters_a_room_from_the_page(world, as_user):
    browser = as_user(world.aygul)
    assert browser.get(page_of(world.school, "add-room")).status_code == 200

    page = browser.post(page_of(world.school, "add-room"), ROOM, follow=True)
    assert "已登记。" in page.text
    assert "教室 202" in page.text

    again = browser.post(page_of(world.school, "add-room"), ROOM)
    assert "已有一个场地叫“教室 202”" in again.text


def test_the_bureau_enters_a_licence_from_the_page(world, as_user):
    browser = as_user(world.li)
    form = PAPER | {"jobs": [make.job().pk]}

    page = browser.post(page_of(world.school, "enter-licence"), form, follow=True)
    assert "已登记。" in page.text

    turned = form | {"number": "另一号", "valid_until": "2025-01-01"}
    refused_page = browser.post(page_of(world.school, "enter-licence"), turned)
    assert refused_page.status_code == 422
    assert "结束早于开始" in refused_page.text


@pytest.mark.parametrize(
    ("person", "name"),
    [("li", "add-room"), ("wang", "add-room"), ("aygul", "enter-licence"), ("gu", "enter-licence")],
)
def test_who_may_not_has_no_such_page(world, as_user, person, name):
    browser = as_user(getattr(world, person))

    assert browser.get(page_of(world.school, name)).status_code == 404
    assert browser.post(page_of(world.school, name), ROOM).status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    world, as_user, rows, django_assert_num_queries
):
    place = world.school.division
    Organization.objects.bulk_create(
        Organization(
            kind=Kind.INSTITUTION, name=f"学校 {n}", division=place, prefecture=place.parent
        )
        for n in range(rows)
    )
    browser = as_user(world.li)

    with django_assert_num_queries(8):
        page = browser.get(reverse("institutions:index"))

    assert page.context["page"].paginator.count == rows + 1


@pytest.mark.parametrize("rows", [3, 30])
def test_a_file_costs_the_same_with_few_rooms_and_with_many(
    world, as_user, rows, django_assert_num_queries
):
    for n in range(rows):
        make.room(world.school, f"教室 9{n:02d}")
        make.teacher(f"教师 {n}", world.school)
    browser = as_user(world.aygul)

    with django_assert_num_queries(11):
        browser.get(page_of(world.school))
