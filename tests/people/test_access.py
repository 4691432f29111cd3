"""Who may do what to a person, as a table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from zhupei.people.access import has_consented, is_learner, is_person
from zhupei.people.actions import consent, withdraw_consent
from zhupei.people.models import Person, Purpose, User


@pytest.mark.parametrize(
    ("who", "own", "learner"),
    [
        ("adil", True, True),
        ("mayra", False, True),
        ("ma", False, False),  # a teacher acts for the school
        ("aygul", False, False),
        ("li", False, False),
        ("gu", False, False),
    ],
)
def test_who_is_who(world, who, own, learner):
    user = getattr(world, who)

    assert is_person(user, world.adil.person) is own
    assert is_learner(user) is learner


def test_nobody_is_nobody():
    assert not is_person(AnonymousUser(), Person())
    assert not is_person(User(), Person())
    assert not is_learner(AnonymousUser())
    assert not is_learner(None)


def test_a_consent_stands_until_it_is_withdrawn(world):
    person = world.adil.person
    assert not has_consented(person, Purpose.TRAINING)

    consent(person, Purpose.TRAINING, by=world.adil)
    assert has_consented(person, Purpose.TRAINING)
    assert not has_consented(person, Purpose.EXAM)

    withdraw_consent(person, Purpose.TRAINING, by=world.adil)
    assert not has_consented(person, Purpose.TRAINING)
