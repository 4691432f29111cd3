"""A trade's certificate rests on theory and practice; a site post's on theory alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import make, make_certificates, make_practical
from tests.refusals import refused
from zhupei.certificates import actions, practice
from zhupei.practical.parameters import GOOD_MONTHS, NEEDED
from zhupei.practical.rules.entitled import Lack
from zhupei.syllabus.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def both_needed():
    """The candidates of the small world are site managers: let their category ask for practice."""
    make.parameter_value(NEEDED[Category.SITE_POST], "both", make.LONG_AGO)


def practised(world, *users, failing=()):
    """Released practical exams of the job of the sitting, for enrolments of the same class."""
    rubric = make_practical.rubric(world, job=make.job(), level="")
    first = make_practical.released_session(world, *users, failing=failing)
    first.__class__.objects.filter(pk=first.pk).update(rubric=rubric)
    return first


def test_a_site_post_is_certified_by_theory_alone(world):
    certificate = make_certificates.certificate(world)

    assert certificate.practical_turn is None


def test_without_practice_nobody_is_certified_and_the_reason_is_said(world, both_needed, as_user):
    sitting = make_certificates.released_sitting(world)
    attempt = make_certificates.attempt_of(sitting, world.adil)

    with refused("practice_lacking") as refusal:
        actions.issue(sitting, by=world.chen)
    assert "阿迪力·吾守尔" in str(refusal.value)
    with refused("practice_lacking"):
        actions.issue_one(attempt, by=world.chen)
    page = as_user(world.chen).get(reverse("certificates:issuing", args=[sitting.pk])).text
    assert "实操考核还没有合格" in page


def test_who_passed_both_is_certified_on_both(world, both_needed):
    session = practised(world, world.adil, failing=(world.mayra,))
    with time_machine.travel(session.closes_at + timedelta(days=2)):
        sitting = make_certificates.released_sitting(world, world.adil, world.mayra)
        [made] = actions.issue(sitting, by=world.chen)

        assert made.person == world.adil.person
        assert made.practical_turn == make_practical.turn_of(session, world.adil)
        [(attempt, why)] = practice.lacking(sitting)
        assert attempt.candidate.person == world.mayra.person
        assert "还没有合格" in why
        with refused("practice_lacking"):
            actions.issue(sitting, by=world.chen)


def test_a_practical_exam_is_good_for_so_many_months(world, both_needed):
    make.parameter_value(GOOD_MONTHS, 6, make.LONG_AGO)
    session = practised(world, world.adil)
    with time_machine.travel(session.closes_at + timedelta(days=200)):
        sitting = make_certificates.released_sitting(world)
        attempt = make_certificates.attempt_of(sitting, world.adil)
        found = practice.standings(sitting, [attempt])[attempt.pk]

        assert found.lack == Lack.TOO_OLD
        assert "6 个月" in found.sentence
