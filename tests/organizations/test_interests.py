"""From whom an official must stay away: declared, ended, counted for years after."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make, make_officials
from tests.refusals import refused
from zhupei.core import audit
from zhupei.organizations import rules
from zhupei.organizations.actions import interests
from zhupei.organizations.models import Interest, InterestKind, Membership, Role


@pytest.fixture
def yang(world):
    make_officials.add(world)
    return Membership.objects.get(user=world.yang)


def long_ago(years: int) -> date:
    return rules.years_later(timezone.localdate(), -years)


def declare(world, yang, by="yang", **said) -> Interest:
    wanted = {
        "organization": world.school,
        "kind": InterestKind.EMPLOYED,
        "since": long_ago(9),
    } | said
    return interests.declare(yang, by=getattr(world, by), **wanted)


def apart(world, day=None) -> set[tuple[int, int]]:
    people, bodies = [world.yang.pk, world.kang.pk], [world.school.pk, world.body.pk]
    return Interest.objects.between(people, bodies, day or timezone.localdate())


def test_a_declared_tie_keeps_them_apart(world, yang):
    assert apart(world) == set()
    declare(world, yang)
    assert apart(world) == {(world.yang.pk, world.school.pk)}
    assert audit.own_history(world.bureau).last().facts["body"] == world.school.name


def test_it_goes_on_for_the_years_of_the_rule(world, yang):
    tie = declare(world, yang)
    interests.end(tie, yang, until=long_ago(3), by=world.yang)
    assert apart(world) == {(world.yang.pk, world.school.pk)}
    assert apart(world, timezone.localdate() + timedelta(days=1)) == set()


def test_having_acted_for_a_body_counts_without_a_declaration(world, yang):
    Membership.objects.create(
        user=world.yang,
        organization=world.school,
        role=Role.REGISTRAR,
        since=long_ago(5),
        until=long_ago(2),
    )
    assert apart(world) == {(world.yang.pk, world.school.pk)}


def test_a_tie_that_begins_later_does_not_count_yet(world, yang):
    declare(world, yang, since=long_ago(1))
    assert apart(world, long_ago(2)) == set()


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"since": date(2100, 1, 1)}, "interest_in_future", "since"),
        ({"organization": "bureau"}, "interest_in_own_body", "organization"),
    ],
)
def test_what_cannot_be_is_refused(world, yang, said, code, field):
    if "organization" in said:
        said = {"organization": getattr(world, said["organization"])}
    with refused(code) as refusal:
        declare(world, yang, **said)
    assert refusal.value.field == field


def test_twice_the_same_is_refused(world, yang):
    declare(world, yang)
    with refused("interest_already"):
        declare(world, yang)


def test_an_end_lies_between_the_beginning_and_today_and_is_said_once(world, yang):
    tie = declare(world, yang)
    for day in (long_ago(10), timezone.localdate() + timedelta(days=1)):
        with refused("interest_ends_before_it_begins"):
            interests.end(tie, yang, until=day, by=world.yang)
    interests.end(tie, yang, until=long_ago(1), by=world.yang)
    with refused("interest_over"):
        interests.end(tie, yang, until=long_ago(1), by=world.yang)


def test_colleagues_do_not_declare_for_each_other_but_the_officer_may(world, yang):
    with refused("not_allowed"):
        declare(world, yang, by="kang")
    assert declare(world, yang, by="li")


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), -4, date(2020, 2, 29)),
        (date(2024, 3, 1), 2, date(2026, 3, 1)),
    ],
)
def test_years_later_know_leap_days(day, years, then):
    assert rules.years_later(day, years) == then


def test_an_inspector_declares_on_the_page_and_ends_it(client, world, yang):
    client.force_login(world.yang)
    said = {"organization": world.school.pk, "kind": "owner", "since": "2020-01-01"}
    assert client.post(reverse("organizations:interests"), said).status_code == 302
    page = client.get(reverse("organizations:interests"))
    assert world.school.name in page.content.decode()

    tie = Interest.objects.get()
    address = reverse("organizations:end-interest", args=[yang.pk, tie.pk])
    late = client.post(address, {"until": "2100-01-01"})
    assert late.status_code == 422
    assert "2100-01-01" in late.content.decode()
    assert client.post(address, {"until": "2026-01-01"}).status_code == 302


def test_others_do_not_find_the_page(client, world, yang):
    client.force_login(world.wang)
    address = reverse("organizations:member-interests", args=[yang.pk])
    assert client.get(address).status_code == 404
    client.force_login(make.learner())
    assert client.get(reverse("organizations:interests")).status_code == 404
