"""The learner reads what they agreed to, and when they took it back."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.make_accounts import twins
from zhupei.people import actions, ledger
from zhupei.people.models import Consent, Purpose


def test_the_ledger_holds_every_consent_the_newest_first(world, as_user):
    person = world.adil.person
    actions.consent(person, Purpose.TRAINING, by=world.adil)
    actions.withdraw_consent(person, Purpose.TRAINING, by=world.adil)
    actions.consent(person, Purpose.TRAINING, by=world.adil)

    lines = ledger.lines(person)
    page = as_user(world.adil).get(reverse("people:me"))

    assert [bool(line.consent.withdrawn_at) for line in lines] == [False, True]
    assert page.text.count("当时读到的文字") == 2
    assert "没有撤回过" in page.text
    assert "已撤回" in page.text


def test_words_that_changed_since_are_not_shown_as_those_agreed_to(world):
    Consent.objects.create(person=world.adil.person, purpose="exam", wording_version="2020-01")

    (line,) = ledger.lines(world.adil.person)

    assert line.text == ""


def test_a_consent_of_a_merged_record_is_read_there(world):
    old, known = twins(world)
    given = timezone.now() - timedelta(days=2)
    for person in (old, known):
        Consent.objects.create(
            person=person, purpose="exam", wording_version="2026-01", given_at=given
        )
    Consent.objects.filter(person=old).update(given_at=given - timedelta(days=1))
    type(old).objects.filter(pk=old.pk).update(merged_into=known)

    assert [line.former for line in ledger.lines(known)] == [False, True]


def test_who_never_agreed_to_anything_reads_that(world, as_user):
    assert "您还没有同意过什么" in as_user(world.sun).get(reverse("people:me")).text
