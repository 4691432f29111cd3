"""The verbs of a file: what they record, before and after, and what they refuse."""

from datetime import date, timedelta

import pytest

from tests import make
from tests import make_institutions as file
from tests.refusals import refused
from zhupei.core import audit, files
from zhupei.institutions.access import may_enter_licence
from zhupei.institutions.actions import (
    consumables,
    equipment,
    licences,
    platforms,
    policies,
    rooms,
    staff,
    stations,
)
from zhupei.institutions.models import (
    Licence,
    Policy,
    Station,
)

TODAY = file.today
BEFORE = date(2019, 1, 1)


def told(thing) -> str:
    """The newest line of a timeline."""
    return audit.timeline(thing, newest=1)[0].sentence


def room_facts(room, **said):
    names = ("name", "use", "seats", "address", "tenure", "lease_until")
    return {name: getattr(room, name) for name in names} | said


# --- licences -------------------------------------------------------------------------------------


def test_a_licence_is_changed_with_before_and_after(world):
    licence = file.licence(world.school, world.li, 100)
    trade = make.job("QZG", "砌筑工")
    said = {"number": licence.number, "issuer": "昌吉州人社局", "valid_from": licence.valid_from}

    licences.change(
        licence,
        by=world.li,
        jobs=[make.job(), trade],
        paper=file.paper("许可证.pdf"),
        valid_until=date(2030, 12, 31),
        **said,
    )

    row = Licence.objects.get(pk=licence.pk)
    assert row.paper.name == "许可证.pdf"
    assert set(row.jobs.all()) == {make.job(), trade}
    sentence = told(world.school)
    assert "发证机关 无 → 昌吉州人社局" in sentence
    assert "→ 2030年12月31日" in sentence
    assert (
        "办学内容 土建施工员 → 砌筑工、土建施工员" in sentence or "土建施工员、砌筑工" in sentence
    )


def test_a_licence_ends_before_its_day_with_a_reason(world):
    licence = file.licence(world.school, world.li, 100)

    licences.end(licence, by=world.li, on=TODAY(), note="吊销〔2026〕3号")

    assert Licence.objects.get(pk=licence.pk).valid_until == TODAY()
    assert "吊销〔2026〕3号" in told(world.school)
    with refused("note_required"):
        licences.end(licence, by=world.li, on=TODAY(), note=" ")
    with refused("licence_over"):
        licences.end(licence, by=world.li, on=TODAY() + timedelta(1), note="再来")


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "gu"])
def test_only_the_bureau_of_the_place_changes_and_ends_licences(world, person):
    assert may_enter_licence(world.li, world.school)
    assert not may_enter_licence(world.li, world.body)  # who only examines needs none
    licence, who = file.licence(world.school, world.li, 100), getattr(world, person)

    with refused("not_allowed"):
        licences.end(licence, by=who, on=TODAY(), note="x")
    with refused("not_allowed"):
        licences.change(
            licence, by=who, jobs=[], number="x", valid_from=TODAY(), valid_until=TODAY()
        )


def test_a_licence_does_not_end_before_it_begins(world):
    days = {"valid_from": TODAY(), "valid_until": TODAY() - timedelta(1)}
    with refused("licence_dates") as refusal:
        licences.enter_licence(world.school, by=world.li, number="甲", jobs=[], **days)

    assert refusal.value.field == "valid_until"


# --- rooms and stations ---------------------------------------------------------------------------


def test_a_change_of_a_room_is_told_with_before_and_after(world):
    said = room_facts(world.room, seats=60, tenure="leased", lease_until=date(2028, 12, 31))

    rooms.change(world.room, by=world.aygul, **said)

    assert told(world.school) == (
        "阿依古丽·买买提 修改了场地 教室 101：座位 40 → 60；产权 自有 → 租赁；"
        "租期或协议至 无 → 2028年12月31日"
    )


def test_saying_the_same_again_is_no_event(world):
    before = audit.history(world.school).count()

    rooms.change(world.room, by=world.aygul, **room_facts(world.room))

    assert audit.history(world.school).count() == before


def test_a_leased_room_has_a_term_and_another_name(world):
    with refused("lease_term_missing") as refusal:
        rooms.change(world.room, by=world.aygul, **room_facts(world.room, tenure="leased"))
    assert refusal.value.field == "lease_until"
    with refused("room_name_taken"):
        rooms.change(world.room, by=world.aygul, **room_facts(world.room, name="实训棚"))


def test_a_fire_check_is_kept_with_its_paper(world):
    row = file.safe(world.room, world.aygul)

    assert row.fire_paper.name == "消防检查.pdf"
    assert files.read(row.fire_paper).startswith(b"%PDF")
    assert "消防检查" in told(world.school)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"fire_checked_on": date(2099, 1, 1)}, "in_the_future"),
        ({"fire_valid_until": BEFORE}, "check_order"),
        ({"fire_paper": None}, "fire_paper_missing"),
    ],
)
def test_a_fire_check_that_cannot_be(world, said, code):
    good = {
        "fire_checked_on": TODAY(),
        "fire_valid_until": TODAY() + timedelta(365),
        "fire_paper": file.paper(),
    }
    with refused(code):
        rooms.check_fire_safety(world.room, by=world.aygul, **(good | said))


def test_a_disguised_paper_is_refused_beside_its_field(world):
    picture = file.sheet("不是 PDF", name="记录.pdf")
    with refused("file_disguised") as refusal:
        rooms.check_fire_safety(
            world.room,
            by=world.aygul,
            fire_checked_on=TODAY(),
            fire_valid_until=TODAY(),
            fire_paper=picture,
        )
    assert refusal.value.field == "fire_paper"


def test_a_closed_room_is_not_changed_any_more(world):
    rooms.close(world.room, by=world.aygul, on=TODAY())

    assert "停用了场地 教室 101" in told(world.school)
    with refused("room_closed"):
        rooms.close(world.room, by=world.aygul, on=TODAY())
    with refused("room_closed"):
        rooms.change(world.room, by=world.aygul, **room_facts(world.room))


def test_stations_come_change_and_go(world):
    station = stations.add(world.workshop, by=world.aygul, job=make.job(), count=20)
    with refused("stations_known"):
        stations.add(world.workshop, by=world.aygul, job=make.job(), count=5)

    stations.change(station, by=world.aygul, count=24)
    assert told(world.school).endswith("土建施工员 工位：工位 20 → 24")

    stations.remove(station, by=world.aygul)
    assert not Station.objects.exists()
    assert "原 24 个" in told(world.school)


# --- staff and policies ---------------------------------------------------------------------------


def test_one_head_at_a_time(world):
    head = world.school.staff.get(post="head")
    with refused("head_in_office"):
        file.member(world.school, world.aygul, post="head")

    staff.leave(head, by=world.aygul, on=TODAY())
    assert f"登记负责人 {head.name} 于" in told(world.school)
    assert file.member(world.school, world.aygul, post="head", name="古丽")
    with refused("has_left"):
        staff.leave(head, by=world.aygul, on=TODAY())


def test_a_manager_is_changed_with_before_and_after(world):
    manager = file.member(world.school, world.aygul, name="买买提")
    said = {"post": "manager", "name": "买买提", "since": manager.since, "rank": "senior"}

    staff.change(manager, by=world.aygul, proof=file.paper("新聘书.pdf"), **said)

    assert "职称级别 中级 → 高级及以上；聘书或社保证明 聘书.pdf → 新聘书.pdf" in told(world.school)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"since": date(2099, 1, 1)}, "in_the_future"),
        ({"managing_since": date(2099, 1, 1)}, "in_the_future"),
    ],
)
def test_nobody_takes_office_in_the_future(world, said, code):
    with refused(code):
        file.member(world.school, world.aygul, **said)


def test_nobody_leaves_before_they_came(world):
    manager = file.member(world.school, world.aygul)
    with refused("leaves_before") as refusal:
        staff.leave(manager, by=world.aygul, on=BEFORE)
    assert refusal.value.field == "on"


def test_a_new_version_replaces_the_one_in_force(world):
    first = file.policy(world.school, world.aygul)
    second = file.policy(world.school, world.aygul, title="新制度", adopted_on=date(2025, 1, 1))

    first.refresh_from_db()
    assert first.replaced_on == date(2025, 1, 1)
    assert list(Policy.objects.filter(replaced_on=None)) == [second]
    with refused("adopted_before"):
        file.policy(world.school, world.aygul, adopted_on=date(2024, 1, 1))
    with refused("policy_replaced"):
        policies.withdraw(first, by=world.aygul, on=TODAY())


def test_a_policy_has_a_text_and_ends_after_it_began(world):
    with refused("policy_without_text"):
        file.policy(world.school, world.aygul, file=None)
    policy = file.policy(world.school, world.aygul)
    with refused("withdrawn_before"):
        policies.withdraw(policy, by=world.aygul, on=BEFORE)

    policies.withdraw(policy, by=world.aygul, on=TODAY())
    assert "安全管理制度" in told(world.school)
    assert not Policy.objects.filter(replaced_on=None).exists()


# --- platforms ------------------------------------------------------------------------------------


def test_a_platform_comes_changes_and_ends(world):
    platform = file.platform(world.school, world.aygul)
    with refused("platform_known"):
        file.platform(world.school, world.aygul)
    with refused("assessment_order"):
        file.platform(world.school, world.aygul, name="别的", valid_until=BEFORE)

    said = {"name": "天山网课", "url": platform.url, "owner": "own", "provider": "天山学校"}
    platforms.change(platform, by=world.aygul, paper=file.paper("评估.pdf"), **said)
    assert "来源 第三方 → 自有" in told(world.school)

    platforms.end(platform, by=world.aygul, on=TODAY())
    with refused("platform_ended"):
        platforms.end(platform, by=world.aygul, on=TODAY())
    assert file.platform(world.school, world.aygul)  # the name is free again


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["wang", "li", "gu", "ma", "chen", "adil"])
def test_nobody_else_keeps_the_file(world, person):
    who = getattr(world, person)
    sand = file.material(world.school, world.aygul, 5)
    piece = file.piece(world.school, world.aygul)

    for deed in (
        lambda: rooms.close(world.room, by=who, on=TODAY()),
        lambda: file.safe(world.room, who),
        lambda: stations.add(world.workshop, by=who, job=make.job(), count=1),
        lambda: file.member(world.school, who),
        lambda: file.policy(world.school, who),
        lambda: file.platform(world.school, who),
        lambda: file.piece(world.school, who),
        lambda: file.use(piece, who),
        lambda: equipment.retire(piece, by=who, note="x"),
        lambda: file.material(world.school, who),
        lambda: consumables.close(sand, by=who),
    ):
        with refused("not_allowed"):
            deed()
