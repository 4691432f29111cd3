"""The pages of a file: what each shows to whom, what is missing, and who is warned."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests import make_institutions as file
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.institutions import completeness
from zhupei.institutions.actions import licences, rooms, stations, warnings
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Licence, Room, StaffMember, Station

TABS = ("detail", "people", "places", "equipment", "uses", "consumables", "policies")


def address(name: str, *args) -> str:
    return reverse(f"institutions:{name}", args=args)


def missing(organization) -> set[str]:
    return {part.code for part in completeness.of(organization).missing}


# --- completeness ---------------------------------------------------------------------------------


def test_a_whole_file_lacks_nothing(world):
    found = completeness.of(file.whole_file(world))

    assert [part.sentence for part in found.missing] == []
    assert (found.share, found.tone) == (100, "ok")


def test_a_new_file_says_what_it_lacks_whose_task_it_is_and_where(world):
    found = {part.code: part for part in completeness.of(world.school).missing}

    assert found["fire_checks"].sentence == "实训棚、教室 101没有在期内的消防检查记录。"
    assert found["fire_checks"].law == "第十三条"
    assert found["fire_checks"].url == address("places", world.school.pk)
    assert found["credit_code"].owner == "自治区住建厅"
    assert found["policy_safety"].sentence == "没有现行的安全管理制度。"
    assert found["stations"].sentence == "没有登记土建施工员的实训工位。"


def test_time_makes_a_whole_file_incomplete(world):
    school = file.whole_file(world)

    later = timezone.localdate() + timedelta(days=366)
    late = {part.code for part in completeness.of(school, on=later).missing}
    assert late == {"fire_checks", "uses"}
    for licence in Licence.objects.filter(organization=school):
        licences.end(licence, by=world.li, on=date(2026, 1, 1), note="交回")
    assert "licence" in missing(school)


def test_what_is_closed_ended_or_of_others_does_not_count(world):
    school = file.whole_file(world)
    rooms.close(world.workshop, by=world.aygul, on=timezone.localdate())
    file.piece(world.other_school, world.wang)

    assert missing(school) == {"stations"}
    assert "equipment" not in missing(world.other_school)
    assert "uses" in missing(world.other_school)


def test_a_body_is_asked_for_its_rooms_only(world):
    assert missing(world.body) == {"credit_code", "computers", "fire_checks"}


# --- the tabs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_for_its_people_and_the_authorities(world, as_user, tab):
    file.whole_file(world)
    statuses = {
        who: as_user(getattr(world, who)).get(address(tab, world.school.pk)).status_code
        for who in ("aygul", "ma", "li", "gu", "wang", "far_reviewer", "chen", "adil", "tian")
    }

    assert [who for who, status in statuses.items() if status == 200] == ["aygul", "ma", "li", "gu"]
    assert set(statuses.values()) == {200, 404}


@pytest.mark.parametrize("tab", TABS)
def test_an_assessment_body_has_only_the_tabs_that_concern_it(world, as_user, tab):
    status = as_user(world.chen).get(address(tab, world.body.pk)).status_code

    assert status == (200 if tab in {"detail", "places"} else 404)


def test_only_the_keeper_finds_buttons(world, as_user):
    file.whole_file(world)
    for tab, button in (
        ("places", "登记场地"),
        ("equipment", "登记设备"),
        ("consumables", "登记耗材"),
        ("policies", "登记平台"),
        ("people", "登记人员"),
    ):
        assert button in as_user(world.aygul).get(address(tab, world.school.pk)).text
        assert button not in as_user(world.li).get(address(tab, world.school.pk)).text


def test_the_overview_names_what_is_missing_and_every_change(world, as_user):
    said = {"name": "教室 101", "use": "classroom", "seats": 60, "tenure": "owned"}
    rooms.change(world.room, by=world.aygul, **said)

    page = as_user(world.li).get(address("detail", world.school.pk)).text
    assert "座位 40 → 60" in page
    assert "没有现行的应急预案。" in page
    assert "评估通报一（一）1" in page


def test_daily_lines_do_not_bury_the_timeline_but_can_be_seen(world, as_user):
    file.use(file.piece(world.school, world.aygul, number="SB-1"), world.aygul)
    browser = as_user(world.aygul)

    assert "登记了设备 SB-1 的使用" not in browser.get(address("detail", world.school.pk)).text
    everything = browser.get(address("detail", world.school.pk) + "?events=all").text
    assert "登记了设备 SB-1 的使用" in everything


def test_an_overdue_fire_check_is_marked(world, as_user):
    file.safe(world.room, world.aygul, days=-1)

    assert "已逾期" in as_user(world.aygul).get(address("places", world.school.pk)).text


@pytest.mark.parametrize(
    ("left", "words"),
    [(91, ""), (90, "还有 90 天到期"), (-1, "不能再提交新的开班计划")],
)
def test_the_state_of_the_licence_is_said_on_the_page(world, as_user, left, words):
    Licence.objects.all().delete()
    file.licence(world.school, world.li, left)

    page = as_user(world.aygul).get(address("detail", world.school.pk)).text
    assert (words or "有效期至") in page
    assert ('role="alert"' in page) is bool(words)


@pytest.mark.parametrize("rows", [3, 60])
@pytest.mark.parametrize(
    ("tab", "queries"),
    [("detail", 12), ("people", 20), ("places", 9), ("equipment", 9), ("consumables", 8)],
)
def test_a_tab_costs_the_same_with_few_lines_and_with_many(
    world, as_user, rows, tab, queries, django_assert_max_num_queries
):
    for n in range(rows):
        make.room(world.school, f"教室 9{n:02d}")
        StaffMember.objects.create(
            organization=world.school, post="manager", name=f"甲{n}", since=make.LONG_AGO
        )
        world.school.equipment.create(number=f"S{n}", name="仪")
        world.school.consumables.create(name=f"料{n}", unit="袋")
    browser = as_user(world.aygul)

    with django_assert_max_num_queries(queries):
        assert browser.get(address(tab, world.school.pk)).status_code == 200


# --- entering -------------------------------------------------------------------------------------


def test_a_policy_is_uploaded_and_read_again_by_the_bureau_only(world, as_user):
    form = {"kind": "safety", "title": "安全管理制度", "adopted_on": "2024-01-01"}
    page = as_user(world.aygul).post(
        address("adopt", world.school.pk), form | {"file": file.paper("安全.pdf")}, follow=True
    )
    assert "已登记。" in page.text
    policy = world.school.policies.get()

    answer = as_user(world.li).get(address("policy-text", policy.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert as_user(world.wang).get(address("policy-text", policy.pk)).status_code == 404


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(world, as_user):
    form = {"name": "教室 303", "use": "classroom", "seats": 50, "tenure": "leased"}
    page = as_user(world.aygul).post(address("add-room", world.school.pk), form)

    assert page.status_code == 422
    assert page.context["form"].errors["lease_until"]
    assert "教室 303" in page.text
    assert not Room.objects.filter(name="教室 303").exists()


def test_a_paper_that_is_not_there_is_not_found(world, as_user):
    browser = as_user(world.aygul)

    assert browser.get(address("fire-record", world.room.pk)).status_code == 404


def test_stations_are_removed_by_their_keeper_only(world, as_user):
    station = stations.add(world.workshop, by=world.aygul, job=make.job(), count=20)

    assert as_user(world.li).post(address("remove-station", station.pk)).status_code == 404
    as_user(world.aygul).post(address("remove-station", station.pk))
    assert not Station.objects.exists()


def test_a_material_with_something_left_is_not_closed_and_the_page_says_so(world, as_user):
    sand = file.material(world.school, world.aygul, 5)

    page = as_user(world.aygul).post(address("close-consumable", sand.pk), follow=True)

    assert "还结存 5 袋" in page.text


# --- the list -------------------------------------------------------------------------------------


def names(page) -> list[str]:
    return [row["organization"].name for row in page.context["rows"]]


def test_the_least_complete_come_first_and_the_order_can_be_turned(world, as_user):
    file.whole_file(world)
    browser = as_user(world.gu)

    assert names(browser.get(address("index")))[-1] == world.school.name
    assert names(browser.get(address("index") + "?sort=-share"))[0] == world.school.name


def test_the_list_is_narrowed_by_place_and_by_the_state_of_the_licence(world, as_user):
    Licence.objects.filter(organization=world.other_school).delete()
    file.licence(world.other_school, world.far_reviewer, 20)
    browser = as_user(world.gu)

    assert names(browser.get(address("index") + "?licence=runs_out")) == [world.other_school.name]
    assert names(browser.get(address("index") + "?prefecture=652300")) == [world.school.name]
    assert names(browser.get(address("index") + "?standing=left")) == []
    assert names(browser.get(address("index") + "?q=昆仑")) == [world.other_school.name]


def test_assessment_bodies_have_a_list_of_their_own(world, as_user):
    page = as_user(world.li).get(address("index") + "?kind=assessment_body")

    assert names(page) == [world.body.name]


# --- warnings -------------------------------------------------------------------------------------


@pytest.fixture
def running_out(world):
    Licence.objects.all().delete()
    return file.licence(world.school, world.li, 90)


def inbox(user) -> list[str]:
    return list(
        Message.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True)
    )


def test_registrar_and_bureau_are_warned_once_at_each_stage(world, running_out):
    told = []
    for left in (90, 60, 30, 29, 7, 0, -1, -2):
        day = running_out.valid_until - timedelta(days=left)
        with time_machine.travel(timezone.datetime(day.year, day.month, day.day, 4), tick=False):
            told.append(warnings.warn())

    assert told == [1, 0, 1, 0, 1, 0, 1, 0]
    assert inbox(world.aygul) == inbox(world.li) == inbox(world.zhou)
    assert inbox(world.aygul)[0] == f"{world.school}的办学许可证还有 90 天到期"
    assert inbox(world.aygul)[-1] == f"{world.school}的办学许可证已到期，不能再提交新的开班计划"
    assert inbox(world.wang) == inbox(world.far_reviewer) == []
    last = audit.own_history(world.school).last()
    assert last.verb == InstitutionEvent.LICENCE_EXPIRED


def test_nobody_is_warned_of_a_licence_that_another_goes_on_with(world, running_out):
    file.licence(world.school, world.li, 900)

    assert warnings.warn() == 0


def test_a_prolonged_licence_is_warned_of_again_in_its_time(world, running_out):
    assert warnings.warn() == 1
    licences.change(
        running_out,
        by=world.li,
        jobs=[make.job()],
        number=running_out.number,
        valid_from=running_out.valid_from,
        valid_until=running_out.valid_until - timedelta(days=65),
    )

    assert warnings.warn() == 1
