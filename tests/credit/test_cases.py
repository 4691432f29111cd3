"""Repairs and objections: asked by the institution, answered by whoever decided, on a clock."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_credit
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.credit.access import decided
from zhupei.credit.actions import cases, objections, records, repairs
from zhupei.credit.events import ObjectionEvent, RecordEvent, RepairEvent
from zhupei.credit.models import CreditRecord, ObjectionState, RecordState, RepairState
from zhupei.organizations.models import Role


@pytest.fixture
def old(world):
    """Ordinary, decided 120 days ago: its shortest term is over."""
    return make_credit.record(world, ago=120)


def test_a_repair_ends_publication_and_use_in_the_same_moment(world, old):
    asked = make_credit.repair(world, old)
    assert "信用修复" in Message.objects.filter(recipient=world.li).latest("pk").title
    assert asked.due_at > timezone.now()

    asked = repairs.grant(asked, by=world.zhou, note="整改属实")

    old.refresh_from_db()
    assert (asked.state, old.state) == (RepairState.GRANTED, RecordState.REPAIRED)
    assert not CreditRecord.objects.public().exists()
    assert not CreditRecord.objects.in_use(timezone.localdate()).exists()
    assert [e.verb for e in audit.history(old)] == [
        RecordEvent.ENTERED,
        RepairEvent.FILED,
        RepairEvent.GRANTED,
        RecordEvent.REPAIRED,
    ]
    assert "修复完成" in Message.objects.filter(recipient=world.aygul).latest("pk").title


def test_a_repair_refused_may_be_asked_for_again(world, old):
    asked = make_credit.repair(world, old)
    with refused("repair_open"):
        make_credit.repair(world, old)

    repairs.refuse(asked, by=world.li, note="还有 3 人没有退费")

    assert CreditRecord.objects.public().contains(old)
    again = make_credit.repair(world, old)
    assert repairs.withdraw(again, by=world.aygul).state == RepairState.WITHDRAWN


def test_the_shortest_term_has_to_pass(world):
    fresh = make_credit.record(world, ago=30)
    with refused("too_early"):
        make_credit.repair(world, fresh)

    minor = make_credit.record(world, seriousness="minor")
    assert make_credit.repair(world, minor).state == RepairState.FILED


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"account": " "}, "account_missing", "account"),
        ({"proof": None}, "proof_missing", "proof"),
        ({"commitment": None}, "commitment_missing", "commitment"),
        ({"proof": make_credit.paper("证明.exe")}, "file_kind", "proof"),
        ({"commitment": make_credit.paper("承诺书.png")}, "file_disguised", "commitment"),
    ],
)
def test_a_repair_needs_proof_and_promise(world, old, said, code, field):
    said = {
        "account": "已整改",
        "proof": make_credit.paper(),
        "commitment": make_credit.paper("承诺书.pdf"),
    } | said

    with refused(code) as caught:
        repairs.file(old, by=world.aygul, **said)

    assert caught.value.field == field
    assert not old.repairs.exists()


def test_what_has_ended_needs_no_repair_and_no_objection(world, old):
    records.withdraw(old, by=world.li, note="误录")

    with refused("record_ended"):
        make_credit.repair(world, old)
    with refused("record_ended"):
        make_credit.objection(world, old)


def test_nobody_but_the_institution_asks(world, old):
    for person in (world.li, world.wang, world.ma, world.adil):
        with pytest.raises(NotAllowed):
            repairs.file(old, by=person, account="x", proof=None, commitment=None)
        with pytest.raises(NotAllowed):
            objections.file(old, by=person, grounds="x")


def test_who_decided_repairs_it_and_nobody_else(world, old):
    asked = make_credit.repair(world, old)

    for person in (world.gu, world.far_reviewer, world.tao, world.aygul):
        assert not decided(person, old)
        with pytest.raises(NotAllowed):
            repairs.grant(asked, by=person, note="x")
    assert decided(world.li, old)


def test_opening_the_papers_of_a_repair_is_an_event(world, old):
    asked = make_credit.repair(world, old)

    repairs.look(asked, asked.proof, by=world.li)

    assert audit.own_history(asked).last().verb == RepairEvent.SEEN


def test_whoever_entered_a_record_does_not_answer_for_it(world, old):
    asked = make_credit.objection(world, old)

    with pytest.raises(NotAllowed):
        objections.uphold(asked, by=world.li, note="算了")
    asked = objections.uphold(asked, by=world.zhou, note="确系另一家")

    old.refresh_from_db()
    assert (asked.state, old.state) == (ObjectionState.UPHELD, RecordState.WITHDRAWN)
    assert not CreditRecord.objects.public().exists()


def test_a_record_partly_wrong_is_put_right_and_its_terms_with_it(world, old):
    longest = old.longest_until
    asked = make_credit.objection(world, old)
    with refused("nothing_changed"):
        objections.amend(asked, by=world.gu, note="没改", ground=old.ground)

    objections.amend(asked, by=world.gu, note="是一般不是严重", seriousness="serious")

    old.refresh_from_db()
    assert old.seriousness == "serious"
    assert old.longest_until > longest
    assert old.decided_on == timezone.localdate() - timedelta(days=120)
    verbs = [e.verb for e in audit.history(old)]
    assert verbs[-2:] == [ObjectionEvent.AMENDED, RecordEvent.AMENDED]
    assert audit.own_history(old).last().facts["before"] == {"seriousness": "ordinary"}


def test_an_objection_dismissed_or_taken_back_changes_nothing(world, old):
    asked = make_credit.objection(world, old)
    with refused("objection_open"):
        make_credit.objection(world, old)
    objections.dismiss(asked, by=world.gu, note="收据是本校的")
    again = make_credit.objection(world, old)
    objections.withdraw(again, by=world.aygul)

    assert CreditRecord.objects.public().contains(old)
    with refused("grounds_missing"):
        objections.file(old, by=world.aygul, grounds=" ")


def test_the_region_hears_once_of_answers_that_are_late(world, old):
    make_credit.repair(world, old)
    make_credit.objection(world, old)
    assert cases.escalate() == 0

    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert cases.escalate() == 2
        assert cases.escalate() == 0

    titles = set(Message.objects.filter(recipient=world.gu).values_list("title", flat=True))
    assert titles == {f"信用修复逾期未办：{old.number}", f"信用异议逾期未办：{old.number}"}


def test_a_second_hat_does_not_help(world, old):
    """A reviewer of the bureau who also works for the institution answers nothing."""
    make.Membership.objects.create(
        user=world.zhou, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )

    assert not decided(world.zhou, old)
