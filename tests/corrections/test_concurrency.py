"""Two people at once: the institution takes its answer back while the bureau decides on it."""

import pytest

from tests import make, make_corrections
from tests.together import at_once
from zhupei.corrections.actions import answers, orders, verifying
from zhupei.corrections.models import Order, OrderState

pytestmark = pytest.mark.django_db(transaction=True)


def test_taken_back_or_decided_but_not_both():
    world = make.world()
    order = make_corrections.answered(world)
    read = make_corrections.decision(order)

    outcome = at_once(
        lambda: answers.recall(order, by=world.aygul).state,
        lambda: verifying.verify(order, by=world.li, **read).state,
    )

    row = Order.objects.get()
    decided = row.state == OrderState.CLOSED
    assert outcome == (["wrong_state", "closed"] if decided else ["issued", "wrong_state"])
    assert (row.rounds.get().verified_at is not None) == decided
    assert row.findings.get().state == ("corrected" if decided else "ordered")


def test_one_finding_is_ordered_once_by_two_who_press_at_once():
    world = make.world()
    row = make_corrections.finding(world)

    outcome = at_once(
        lambda: orders.issue([row], by=world.li).state,
        lambda: orders.issue([row], by=world.zhou).state,
    )

    assert sorted(outcome) == ["issued", "wrong_state"]
    assert Order.objects.count() == 1
