"""Two people at once: the institution takes its answer back while the bureau decides on it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import make, make_corrections
from zhupei.core.errors import Refused
from zhupei.corrections.actions import answers, orders, verifying
from zhupei.corrections.models import Order, OrderState

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """What came of each, started at the same moment in connections of their own."""
    together = Barrier(len(verbs))

    def run(verb):
        together.wait()
        try:
            verb()
        except Refused as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def test_taken_back_or_decided_but_not_both():
    world = make.world()
    order = make_corrections.answered(world)
    read = make_corrections.decision(order)

    outcome = at_once(
        lambda: answers.recall(order, by=world.aygul),
        lambda: verifying.verify(order, by=world.li, **read),
    )

    row = Order.objects.get()
    assert outcome == ["done", "wrong_state"]
    decided = row.state == OrderState.CLOSED
    assert row.rounds.get().verified_at is not None if decided else row.state == OrderState.ISSUED
    assert row.findings.get().state == ("corrected" if decided else "ordered")


def test_one_finding_is_ordered_once_by_two_who_press_at_once():
    world = make.world()
    row = make_corrections.finding(world)

    outcome = at_once(
        lambda: orders.issue([row], by=world.li), lambda: orders.issue([row], by=world.zhou)
    )

    assert outcome == ["done", "wrong_state"]
    assert Order.objects.count() == 1
