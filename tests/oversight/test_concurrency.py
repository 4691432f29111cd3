"""Two people at once, and one who presses twice."""

import pytest

from tests import make, make_attendance, make_classes
from tests.make_oversight import paper, suspension
from tests.together import at_once
from zhupei.classes.actions import plan
from zhupei.core.models import TextMessage
from zhupei.oversight import actions
from zhupei.oversight.models import Suspension

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def test_two_authorities_pressing_at_once_suspend_once(region):
    make_attendance.class_with_learners(region, region.adil)
    TextMessage.objects.all().delete()

    outcomes = at_once(
        lambda: suspension(region, by=region.li).authority.name,
        lambda: suspension(region, by=region.gu).authority.name,
    )

    assert outcomes.count("wrong_state") == 1
    assert Suspension.objects.count() == 1
    assert TextMessage.objects.count() == 1


def test_pressing_reinstate_twice_at_once_reinstates_once(region):
    suspension(region)

    outcomes = at_once(
        *[
            lambda: (
                actions.reinstate(
                    region.school, by=region.li, note="已整改", evidence=paper()
                ).lift_reason
            )
        ]
        * 2
    )

    assert sorted(outcomes) == ["wrong_state", "已整改"]


def test_a_plan_handed_in_while_its_institution_is_suspended_never_slips_through(region):
    """Either it was handed in first and stands still, or it is refused."""
    drafted = make_classes.planned_class(region)

    outcomes = at_once(
        lambda: suspension(region).touched,
        lambda: plan.submit(drafted, by=region.aygul).state,
    )

    drafted.refresh_from_db()
    assert "institution_not_admitted" in outcomes or drafted.frozen_since
    assert drafted.state == "draft" or drafted.frozen_since
