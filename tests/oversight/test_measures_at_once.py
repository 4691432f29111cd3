"""Two people at once: a measure is decided once, a matter sent once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_measures
from tests.together import at_once
from zhupei.oversight.actions import decisions, handovers
from zhupei.oversight.models import Measure, Suspension

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def test_two_deciding_at_once_decide_once_and_stop_once(region):
    found = make_measures.stated(region, "suspend")

    outcomes = at_once(
        *[
            lambda by=by: decisions.decide(found, by=by, note="暂停", weighed="不采纳").state
            for by in (region.zhou, region.gu)
        ]
    )

    assert sorted(outcomes) == ["decided", "wrong_state"]
    assert Suspension.objects.count() == 1


def test_two_drafting_the_same_at_once_draft_once(region):
    make_measures.basis()

    outcomes = at_once(
        *[
            lambda by=by: make_measures.measure(region, by=by).kind
            for by in (region.li, region.zhou)
        ]
    )

    assert sorted(outcomes) == ["correct", "measure_open"]
    assert Measure.objects.count() == 1


def test_sending_twice_at_once_sends_once(region):
    found = make_measures.handover(region, happened_until=timezone.localdate() - timedelta(days=1))

    outcomes = at_once(*[lambda: handovers.send(found, by=region.zhou).state] * 2)

    assert sorted(outcomes) == ["sent", "wrong_state"]
