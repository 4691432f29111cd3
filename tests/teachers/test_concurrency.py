"""Two at once: real connections, real transactions."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import make, make_classes, make_teachers
from tests.together import at_once
from zhupei.classes.actions import plan
from zhupei.teachers import actions
from zhupei.teachers.models import Engagement, Teacher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    return make.world()


def elsewhere(region) -> SimpleNamespace:
    """The other school as the builders of classes know a world, with the same first teacher."""
    make_teachers.engaged(region, region.teacher, region.other_school, region.wang)
    return SimpleNamespace(
        **vars(region)
        | {
            "school": region.other_school,
            "aygul": region.wang,
            "room": make.room(region.other_school),
            "workshop": make.room(region.other_school, use="workshop", stations=20),
            "second_teacher": make.teacher("买合木提", region.other_school),
        }
    )


def test_two_institutions_submitting_one_teacher_at_the_same_second_get_them_once(region):
    other = elsewhere(region)
    here, there = make_classes.planned_class(region), make_classes.planned_class(other)

    outcomes = at_once(
        lambda: plan.submit(here, by=region.aygul).state,
        lambda: plan.submit(there, by=region.wang).state,
    )

    assert sorted(outcomes) == ["submitted", "teacher_double_booked"]


def test_two_institutions_engaging_somebody_full_time_at_once_get_them_once(region):
    free = make.teacher("买合木提")
    today = timezone.localdate()

    def engage(school, by):
        made = actions.engage(free, school, by=by, full_time=True, since=today)
        return "engaged" if made.pk else ""

    outcomes = at_once(
        lambda: engage(region.school, region.aygul),
        lambda: engage(region.other_school, region.wang),
    )

    assert sorted(outcomes) == ["engaged", "full_time_elsewhere"]
    assert Engagement.objects.filter(teacher=free).count() == 1


def test_two_institutions_proposing_one_person_at_once_start_one_file(region):
    person = make.person("热依汗")

    def propose(school, by):
        return actions.propose(person, by=by, organization=school).state

    outcomes = at_once(
        lambda: propose(region.school, region.aygul),
        lambda: propose(region.other_school, region.wang),
    )

    assert sorted(outcomes) == ["draft", "teacher_in_hand"]
    assert Teacher.objects.filter(person=person).count() == 1


def test_the_association_and_the_region_deciding_at_once_decide_once(region):
    applied = make_teachers.applied(region)

    outcomes = at_once(
        lambda: actions.admit(applied, by=region.song).state,
        lambda: actions.send_back(applied, by=region.gu, note="补正").state,
    )

    assert "wrong_state" in outcomes
    assert set(outcomes) & {"admitted", "returned"}
