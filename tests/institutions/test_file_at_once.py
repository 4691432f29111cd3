"""Two clerks at once: real connections, real transactions."""

from decimal import Decimal

import pytest

from tests import make
from tests import make_institutions as file
from tests.together import at_once
from zhupei.institutions.actions import consumables, imports
from zhupei.institutions.models import Consumable, ConsumableEntry, Equipment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def test_two_clerks_taking_the_last_of_a_material_do_not_overdraw_it(region):
    sand = file.material(region.school, region.aygul, 10)

    def take():
        consumables.move(
            sand, by=region.aygul, direction="out", quantity=Decimal(7), on=file.today()
        )
        return "taken"

    assert sorted(at_once(take, take, take)) == ["overdrawn", "overdrawn", "taken"]
    assert Consumable.objects.get().balance == 3
    assert ConsumableEntry.objects.count() == 2


def test_an_import_and_a_clerk_share_what_there_is(region):
    sand = file.material(region.school, region.aygul, 10, name="砂浆")
    ledger = imports.LEDGERS["consumables"]
    upload = file.sheet("耗材名称,单位,日期,收发,数量", "砂浆,袋,2026-03-01,领用,7")
    waiting = imports.receive(region.school, ledger, by=region.aygul, upload=upload)

    outcomes = at_once(
        lambda: imports.confirm(waiting, region.school, ledger, by=region.aygul).made,
        lambda: (
            consumables.move(
                sand, by=region.aygul, direction="out", quantity=Decimal(7), on=file.today()
            )
            and 1
        ),
    )

    assert outcomes in ([1, "overdrawn"], [0, 1])
    assert Consumable.objects.get().balance == 3


def test_one_number_is_given_to_one_piece(region):
    def add():
        return file.piece(region.school, region.aygul, number="SB-1").number

    assert sorted(at_once(add, add)) == ["SB-1", "equipment_known"]
    assert Equipment.objects.count() == 1


def test_two_versions_of_a_policy_at_once_leave_one_in_force(region):
    outcomes = at_once(
        lambda: file.policy(region.school, region.aygul) and "adopted",
        lambda: file.policy(region.school, region.aygul) and "adopted",
    )

    assert sorted(outcomes) == ["adopted", "adopted_before"]


def test_one_head_takes_office(region):
    region.school.staff.filter(post="head").delete()

    def appoint():
        return file.member(region.school, region.aygul, post="head").post

    assert sorted(at_once(appoint, appoint)) == ["head", "head_in_office"]
