"""Who does what with credit: the policy as a table."""

import pytest

from tests import make, make_credit, make_officials
from tests.refusals import refused
from zhupei.core.errors import NotAllowed
from zhupei.credit.access import may_enter
from zhupei.credit.actions import records
from zhupei.credit.models import CreditRecord, Objection, Repair
from zhupei.credit.workflow import OBJECTION, RECORD, REPAIR
from zhupei.organizations.models import Interest

EVERYBODY = ["li", "zhou", "gu", "far_reviewer", "aygul", "wang", "ma", "tao", "song", "adil"]


@pytest.fixture
def found(world):
    return make_credit.record(world, ago=120)


def moves(workflow, thing, user) -> list[str]:
    return [move.name for move in workflow.available(thing, user)]


@pytest.mark.parametrize("person", EVERYBODY)
def test_who_enters_a_record(world, person):
    assert may_enter(getattr(world, person), world.school) is (person in {"li", "zhou", "gu"})


@pytest.mark.parametrize("person", EVERYBODY)
def test_who_sees_which_buttons(world, found, person):
    repair, objection = make_credit.repair(world, found), make_credit.objection(world, found)
    user = getattr(world, person)
    expected = {
        "li": (["repair", "withdraw"], ["grant", "refuse"], []),  # he entered it
        "zhou": (["repair", "withdraw"], ["grant", "refuse"], ["uphold", "amend", "dismiss"]),
        "gu": (["withdraw"], [], ["uphold", "amend", "dismiss"]),
        "aygul": ([], ["withdraw"], ["withdraw"]),
    }.get(person, ([], [], []))

    seen = (
        moves(RECORD, found, user),
        moves(REPAIR, repair, user),
        moves(OBJECTION, objection, user),
    )

    assert seen == expected


@pytest.mark.parametrize("person", EVERYBODY)
def test_who_sees_a_record_and_what_was_said_of_it(world, found, person):
    make_credit.repair(world, found)
    make_credit.objection(world, found)
    user = getattr(world, person)
    expected = person in {"li", "zhou", "gu", "aygul", "tao"}

    assert CreditRecord.objects.visible_to(user).exists() is expected
    assert Repair.objects.visible_to(user).exists() is expected
    assert Objection.objects.visible_to(user).exists() is expected


def test_an_inspector_sees_nothing_they_are_not_given(world, found):
    make_officials.add(world)

    assert not CreditRecord.objects.visible_to(world.yang).exists()


def test_whoever_declared_a_tie_stays_away(world):
    Interest.objects.create(
        user=world.li, organization=world.school, kind="relative", since=make.LONG_AGO
    )

    with pytest.raises(NotAllowed) as refusal:
        make_credit.record(world)

    assert refusal.value.code == "recused"


def test_the_clock_ends_a_record_and_nobody_else(world, found):
    with refused("note_required"):
        records.withdraw(found, by=world.li, note="")
    with pytest.raises(NotAllowed):
        records.close(found, "expire", by=world.li)
    with pytest.raises(NotAllowed):
        records.close(found, "fall", by=world.gu)
