"""Equipment with its uses, consumables with their balance: what is recorded, what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import make_institutions as file
from tests.refusals import refused
from zhupei.core import audit
from zhupei.institutions.actions import consumables, equipment
from zhupei.institutions.models import ConsumableEntry, EquipmentUse

TODAY = file.today


def told(thing) -> str:
    """The newest line of a timeline."""
    return audit.timeline(thing, newest=1)[0].sentence


# --- equipment ------------------------------------------------------------------------------------


def test_a_piece_is_entered_used_changed_and_written_off(world):
    piece = file.piece(world.school, world.aygul, number="SB-1")
    file.use(piece, world.aygul, number="Y-1")

    equipment.change(
        piece, by=world.aygul, number="SB-1", name="全站仪", quantity=3, condition="repair"
    )
    assert told(piece).endswith("修改了设备 SB-1：数量 2 → 3；状况 完好 → 待修")

    equipment.retire(piece, by=world.aygul, note="摔坏")
    assert told(world.school).endswith("报废了设备 SB-1 全站仪：摔坏")
    with refused("equipment_retired"):
        file.use(piece, world.aygul)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"used_on": date(2099, 1, 1)}, "in_the_future"),
        ({"minutes": 1441}, "use_too_long"),
        ({"minutes": 0}, "use_too_long"),
        ({"number": "Y-1"}, "use_known"),
    ],
)
def test_a_use_that_cannot_be(world, said, code):
    piece = file.piece(world.school, world.aygul)
    file.use(piece, world.aygul, number="Y-1")

    with refused(code):
        file.use(piece, world.aygul, **said)


def test_a_number_of_the_ledger_is_given_once(world):
    file.piece(world.school, world.aygul, number="SB-1")

    with refused("equipment_known") as refusal:
        file.piece(world.school, world.aygul, number="SB-1")
    assert refusal.value.field == "number"
    with refused("in_the_future"):
        file.piece(world.school, world.aygul, bought_on=date(2099, 1, 1))
    assert file.piece(world.other_school, world.wang, number="SB-1")


def test_a_struck_use_leaves_what_it_said(world):
    use = file.use(file.piece(world.school, world.aygul), world.aygul)
    with refused("note_required"):
        equipment.strike_use(use, by=world.aygul, note="")

    equipment.strike_use(use, by=world.aygul, note="记错了设备")

    assert not EquipmentUse.objects.exists()
    event = audit.history(world.school).last()
    assert event.facts["user"] == "马建国"
    assert event.facts["note"] == "记错了设备"


# --- consumables ----------------------------------------------------------------------------------


def move(found, by, direction, quantity, **slip):
    return consumables.move(
        found, by=by, direction=direction, quantity=Decimal(quantity), on=TODAY(), **slip
    )


def test_what_goes_out_leaves_the_rest(world):
    sand = file.material(world.school, world.aygul, 20, name="砂浆")

    move(sand, world.aygul, "out", "7.5", purpose="第 3 期")

    sand.refresh_from_db()
    assert sand.balance == Decimal("12.5")
    assert told(sand) == "阿依古丽·买买提 登记耗材 砂浆 领用 7.5 袋，结存 20 → 12.5 袋"


def test_nothing_is_overdrawn(world):
    sand = file.material(world.school, world.aygul, 20)

    with refused("overdrawn") as refusal:
        move(sand, world.aygul, "out", "20.01")

    assert refusal.value.field == "quantity"
    assert "只结存 20 袋" in str(refusal.value)
    assert ConsumableEntry.objects.count() == 1


def test_a_slip_is_entered_once_and_not_ahead_of_time(world):
    sand = file.material(world.school, world.aygul, 20)
    move(sand, world.aygul, "out", 1, number="L-1")

    with refused("entry_known"):
        move(sand, world.aygul, "out", 1, number="L-1")
    with refused("in_the_future"):
        tomorrow = TODAY() + timedelta(1)
        consumables.move(sand, by=world.aygul, direction="in", quantity=Decimal(1), on=tomorrow)


def test_a_material_is_closed_when_nothing_is_left(world):
    sand = file.material(world.school, world.aygul, 5, name="砂浆")
    with refused("something_left"):
        consumables.close(sand, by=world.aygul)
    move(sand, world.aygul, "out", 5)

    consumables.close(sand, by=world.aygul)

    with refused("consumable_closed"):
        move(sand, world.aygul, "in", 1)


def test_a_material_is_renamed_but_not_to_another_one(world):
    sand = file.material(world.school, world.aygul, name="砂浆")
    file.material(world.school, world.aygul, name="水泥")
    with refused("consumable_known"):
        consumables.change(sand, by=world.aygul, name="水泥", unit="袋")

    consumables.change(sand, by=world.aygul, name="砌筑砂浆", unit="袋")
    assert told(world.school).endswith("修改了耗材 砌筑砂浆：名称 砂浆 → 砌筑砂浆")
