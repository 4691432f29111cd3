"""Two people at once: one matter, one record; one repair, one end."""

import pytest

from tests import make, make_credit
from tests.together import at_once
from zhupei.credit.actions import records, repairs
from zhupei.credit.models import CreditRecord, Grade

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def test_one_matter_entered_twice_at_once_is_one_record(region):
    outcomes = at_once(
        *[
            lambda by=by: make_credit.record(region, by=by, source=region.designation).state
            for by in (region.li, region.zhou)
        ]
    )

    assert sorted(outcomes) == ["entered_already", "in_force"]
    assert CreditRecord.objects.count() == 1


def test_granting_and_withdrawing_at_once_end_a_record_once(region):
    found = make_credit.record(region, ago=120)
    asked = make_credit.repair(region, found)

    outcomes = at_once(
        lambda: repairs.grant(asked, by=region.li, note="属实").state,
        lambda: records.withdraw(found, by=region.gu, note="误录").state,
    )

    assert "wrong_state" in outcomes
    found.refresh_from_db()
    assert found.state in {"repaired", "withdrawn"}


def test_grading_twice_at_once_leaves_one_grade_in_force(region):
    outcomes = at_once(*[lambda: make_credit.grade(region).grade] * 2)

    assert sorted(outcomes) == ["B", "grade_the_same"]
    assert Grade.objects.current().count() == 1
