"""Two people at once: real connections, real transactions."""

import pytest

from tests import make, make_classes
from tests.together import at_once
from zhupei.classes.actions import plan, roster, timetable
from zhupei.classes.models import Invitation, TrainingClass

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def test_two_reviewers_pressing_at_once_approve_once(region):
    submitted = make_classes.submitted_class(region)
    make_classes.read_everything(submitted, region.li)
    make_classes.read_everything(submitted, region.zhou)

    outcomes = at_once(
        lambda: plan.approve(submitted, by=region.li).state,
        lambda: plan.approve(submitted, by=region.zhou).state,
    )

    assert sorted(outcomes) == ["approved", "wrong_state"]


def test_numbers_have_no_gaps_whoever_submits_at_once(region):
    plans = [spread(region, n) for n in range(4)]

    at_once(*[lambda one=one: plan.submit(one, by=region.aygul) for one in plans])

    given = sorted(TrainingClass.objects.values_list("number", flat=True))
    assert [number[-4:] for number in given] == ["0001", "0002", "0003", "0004"]


def spread(region, weeks):
    """Plans of different weeks, so that nobody is in two places."""
    day = make_classes.timezone.localdate() + make_classes.timedelta(days=7 * (weeks + 1))
    return make_classes.planned_class(region, starts_on=day)


def test_two_classes_wanting_one_teacher_at_once_get_her_once(region):
    plans = [make_classes.planned_class(region) for _ in range(2)]

    outcomes = at_once(*[lambda one=one: plan.submit(one, by=region.aygul).state for one in plans])

    assert sorted(outcomes) == ["submitted", "teacher_double_booked"]


def test_two_classes_wanting_two_teachers_crosswise_do_not_wait_for_ever(region):
    first = make_classes.planned_class(region)
    second = make_classes.draft_class(region)
    wishes = make_classes.wishes(
        region,
        second.starts_on,
        teacher=region.second_teacher,
        room=make.room(region.school),
        practice_teacher=region.teacher,
        practice_room=make.room(region.school),
    )
    timetable.lay_out(second, by=region.aygul, wishes=wishes)

    outcomes = at_once(
        lambda: plan.submit(first, by=region.aygul).state,
        lambda: plan.submit(second, by=region.aygul).state,
    )

    assert outcomes == ["submitted", "submitted"]


def test_a_roster_confirmed_twice_at_once_invites_once(region):
    planned = make_classes.planned_class(region)
    rows = [make_classes.roster_row() for _ in range(3)]

    outcomes = at_once(
        lambda: len(roster.invite(planned, by=region.aygul, rows=rows)),
        lambda: len(roster.invite(planned, by=region.aygul, rows=rows)),
    )

    assert sorted(outcomes) == [0, 3]
    assert Invitation.objects.count() == 3
