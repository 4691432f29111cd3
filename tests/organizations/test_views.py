"""Changing roles."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from zhupei.organizations.models import Membership, Role


def test_who_has_two_roles_changes_between_them(world, as_user):
    other = Membership.objects.create(
        user=world.li, organization=world.school, role=Role.REGISTRAR, since=make.LONG_AGO
    )
    browser = as_user(world.li)
    switch = reverse("organizations:switch")

    page = browser.post(switch, {"membership": other.pk}, follow=True)

    assert page.context["user"].acting == other
    assert browser.get(reverse("portal:home")).context["user"].acting == other


@pytest.mark.parametrize("membership", ["", "0", "abc", "somebody"])
def test_nobody_wears_what_is_not_theirs(world, as_user, membership):
    if membership == "somebody":
        membership = world.wang.memberships.get().pk

    answer = as_user(world.li).post(reverse("organizations:switch"), {"membership": membership})

    assert answer.status_code == 404


def test_a_membership_that_has_ended_is_worn_no_more(world, as_user):
    browser = as_user(world.aygul)
    membership = world.aygul.memberships.get()
    browser.post(reverse("organizations:switch"), {"membership": membership.pk})
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(until=yesterday)

    assert browser.get(reverse("organizations:parameters")).status_code == 404
