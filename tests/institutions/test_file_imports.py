"""Ledgers from spreadsheets: every row good or refused with its reason, none doubled."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import make_institutions as file
from tests.refusals import refused
from zhupei.core import audit
from zhupei.institutions.actions import imports
from zhupei.institutions.actions.imports import LEDGERS
from zhupei.institutions.models import Consumable, ConsumableEntry, Equipment, EquipmentUse

EQUIPMENT = "设备编号,名称,规格型号,适用工种,存放场地,数量,购置日期,状况"
USES = "设备编号,使用日期,使用时长（分钟）,用途,使用人,单据号"
CONSUMABLES = "耗材名称,单位,日期,收发,数量,用途或来源,单据号"


def send(world, ledger, *lines):
    upload = file.sheet(*lines)
    return imports.receive(world.school, LEDGERS[ledger], by=world.aygul, upload=upload)


def rehearse(world, ledger, *lines):
    return imports.rehearse(send(world, ledger, *lines), world.school, LEDGERS[ledger])


def take(world, ledger, *lines):
    waiting = send(world, ledger, *lines)
    return imports.confirm(waiting, world.school, LEDGERS[ledger], by=world.aygul)


def codes(reading):
    return [[fault.code for fault in row.faults] for row in reading.rows]


def test_a_ledger_of_equipment_comes_in(world):
    outcome = take(
        world,
        "equipment",
        EQUIPMENT,
        "SB-1,全站仪,NTS-362,土建施工员,实训棚,2,2025年3月18日,完好",
        "SB-2,水准仪,,SGY-TJ,,,20250318,",
    )

    assert outcome[:2] == (2, 0)
    first, second = Equipment.objects.order_by("number")
    assert (first.job.name, first.room.name, first.quantity) == ("土建施工员", "实训棚", 2)
    assert (second.job, second.quantity, second.condition) == (first.job, 1, "good")
    assert first.bought_on == second.bought_on
    line = audit.timeline(world.school, newest=1)[0].sentence
    assert line == "阿依古丽·买买提 从“台账.csv”导入了设备 2 件，已在台账 0 件"


def test_the_same_ledger_again_doubles_nothing(world):
    lines = [EQUIPMENT, "SB-1,全站仪,,,,,,"]
    take(world, "equipment", *lines)

    reading = rehearse(world, "equipment", *lines)
    assert [warning.code for warning in reading.warnings] == ["known"]
    assert take(world, "equipment", *lines)[:2] == (0, 1)
    assert Equipment.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",全站仪,,,,,,", "missing"),
        ("SB-1,,,,,,,", "missing"),
        ("SB-1,全站仪,,飞行员,,,,", "job_unknown"),
        ("SB-1,全站仪,,,月球,,,", "room_unknown"),
        ("SB-1,全站仪,,,,两台,,", "whole_number"),
        ("SB-1,全站仪,,,,0,,", "whole_number"),
        ("SB-1,全站仪,,,,,去年,", "day"),
        ("SB-1,全站仪,,,,,2025-02-30,", "day"),
        ("SB-1,全站仪,,,,,2099-01-01,", "in_the_future"),
        ("SB-1,全站仪,,,,,,坏了", "condition_unknown"),
    ],
)
def test_a_bad_line_of_equipment_is_refused_with_its_reason(world, line, code):
    assert codes(rehearse(world, "equipment", EQUIPMENT, line)) == [[code]]


def test_records_of_use_name_equipment_of_the_ledger(world):
    piece = file.piece(world.school, world.aygul, number="SB-1")
    file.piece(world.other_school, world.wang, number="SB-9")

    reading = rehearse(
        world,
        "uses",
        USES,
        "SB-1,2026-03-18,90,测量实训,马建国,Y-1",
        "SB-9,2026-03-18,90,测量实训,马建国,",
        "SB-1,2026-03-18,1500,测量实训,马建国,",
        "SB-1,2026-03-18,90,,,",
        "SB-1,2026-03-19,90,测量实训,马建国,Y-1",
    )

    assert codes(reading) == [
        [],
        ["equipment_unknown"],
        ["use_too_long"],
        ["missing", "missing"],
        ["duplicate_in_file"],
    ]
    assert reading.good[0].value.equipment == piece.pk


def test_uses_without_a_slip_are_known_by_all_they_say(world):
    file.piece(world.school, world.aygul, number="SB-1")
    lines = [USES, "SB-1,2026-03-18,90,测量实训,马建国,", "SB-1,2026-03-18,90,测量实训,古丽,"]

    assert take(world, "uses", *lines)[:2] == (2, 0)
    assert take(world, "uses", *lines)[:2] == (0, 2)
    assert EquipmentUse.objects.count() == 2


def test_consumables_come_in_with_a_running_balance(world):
    outcome = take(
        world,
        "consumables",
        CONSUMABLES,
        "水泥,袋,2026-03-01,入库,40,采购,R-1",
        "水泥,,2026-03-02,领用,12.5,第 2 期,L-1",
        "水泥,,2026-03-03,领用,30,第 2 期,L-2",
        "水泥,吨,2026-03-04,入库,1,采购,R-2",
    )

    assert outcome[:2] == (2, 0)
    assert [row.faults[0].code for row in outcome.refused] == ["overdrawn", "unit_differs"]
    assert "只结存 27.5 袋" in outcome.refused[0].faults[0].rule
    assert Consumable.objects.get().balance == Decimal("27.5")
    assert ConsumableEntry.objects.count() == 2


def test_the_same_movements_again_change_no_balance(world):
    lines = [CONSUMABLES, "水泥,袋,2026-03-01,入库,40,,", "水泥,,2026-03-02,领用,40,,"]

    assert take(world, "consumables", *lines)[:2] == (2, 0)
    assert take(world, "consumables", *lines)[:2] == (0, 2)
    assert Consumable.objects.get().balance == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("新料,,2026-03-01,入库,1,,", "unit_missing"),
        ("砂浆,袋,,入库,1,,", "missing"),
        ("砂浆,袋,2026-03-01,借出,1,,", "direction_unknown"),
        ("砂浆,袋,2026-03-01,入库,1.005,,", "quantity"),
        ("砂浆,袋,2026-03-01,入库,-1,,", "quantity"),
        ("砂浆,袋,2026-03-01,领用,6,,", "overdrawn"),
        ("废料,袋,2026-03-01,入库,1,,", "consumable_closed"),
    ],
)
def test_a_bad_movement_is_refused_with_its_reason(world, line, code):
    file.material(world.school, world.aygul, 5, name="砂浆")
    closed = file.material(world.school, world.aygul, name="废料")
    file.consumables.close(closed, by=world.aygul)

    assert codes(rehearse(world, "consumables", CONSUMABLES, line)) == [[code]]


def test_what_another_clerk_took_meanwhile_is_not_there_to_be_taken(world):
    sand = file.material(world.school, world.aygul, 20, name="砂浆")
    waiting = send(world, "consumables", CONSUMABLES, "砂浆,袋,2026-03-01,领用,15,第 2 期,")
    move = file.consumables.move
    move(sand, by=world.aygul, direction="out", quantity=Decimal(10), on=file.today())

    ledger = LEDGERS["consumables"]
    outcome = imports.confirm(waiting, world.school, ledger, by=world.aygul)

    assert outcome.made == 0
    assert outcome.refused[0].faults[0].code == "overdrawn"
    assert Consumable.objects.get().balance == 10


def test_only_the_registrar_sends_a_ledger_and_takes_it_once(world):
    for who in (world.wang, world.li, world.ma):
        with refused("not_allowed"):
            upload = file.sheet(EQUIPMENT, "SB-1,全站仪,,,,,,")
            imports.receive(world.school, LEDGERS["equipment"], by=who, upload=upload)
    waiting = send(world, "equipment", EQUIPMENT, "SB-1,全站仪,,,,,,")
    imports.confirm(waiting, world.school, LEDGERS["equipment"], by=world.aygul)

    with refused("already_imported"):
        imports.confirm(waiting, world.school, LEDGERS["equipment"], by=world.aygul)


# --- the pages ------------------------------------------------------------------------------------


def address(name: str, *args) -> str:
    return reverse(f"institutions:{name}", args=args)


def test_a_ledger_is_sent_looked_at_and_taken_in_on_the_page(world, as_user):
    browser = as_user(world.aygul)
    upload = file.sheet(EQUIPMENT, "SB-1,全站仪,,,,,,", "SB-2,,,,,,,")
    page = browser.post(
        address("import", world.school.pk, "equipment"), {"file": upload}, follow=True
    )
    assert "没有填写。" in page.text
    assert "导入 1 行" in page.text
    key = page.request["PATH_INFO"].split("/")[-2]

    paper = browser.get(address("corrected", "equipment", key))
    assert paper["Content-Type"].endswith("sheet")
    done = browser.post(address("take", "equipment", key), follow=True)
    assert "已导入 1 行。" in done.text
    assert "第 3 行（没有填写。）" in done.text
    again = browser.get(address("rehearsal", "equipment", key), follow=True)
    assert "已经导入过" in again.text


def test_a_file_nobody_can_read_is_refused_beside_its_field(world, as_user):
    browser = as_user(world.aygul)
    page = browser.post(
        address("import", world.school.pk, "uses"), {"file": file.paper("台账.xlsx")}
    )

    assert page.status_code == 422
    assert "看起来是PDF" in page.text


@pytest.mark.parametrize("ledger", list(LEDGERS))
def test_every_ledger_has_a_template_that_it_can_read(world, as_user, ledger):
    answer = as_user(world.aygul).get(address("import-template", world.school.pk, ledger))

    assert answer["Content-Type"].endswith("sheet")
    assert answer.content.startswith(b"PK")
    page = as_user(world.aygul).get(address("import", world.school.pk, ledger))
    assert "必填" in page.text


def test_a_ledger_that_is_none_is_not_found(world, as_user):
    assert as_user(world.aygul).get(address("import", world.school.pk, "shoes")).status_code == 404


def test_nobody_else_finds_the_waiting_file(world, as_user):
    waiting = send(world, "equipment", EQUIPMENT, "SB-1,全站仪,,,,,,")

    for who in (world.wang, world.li, world.gu):
        page = as_user(who).get(address("rehearsal", "equipment", waiting.pk))
        assert page.status_code == 404
