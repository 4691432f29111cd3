"""Changing roles, and the figures of the rules on their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from zhupei.core.models import ParameterValue
from zhupei.organizations.models import Membership, Role

LATE = "attendance.late_after"


def typed(**fields) -> dict[str, str]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "value": "5",
        "prefecture": "",
        "valid_from": tomorrow.isoformat(),
        "source": "新建科〔2026〕12号第三条",
    } | fields


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


@pytest.mark.parametrize("person", ["gu", "li", "aygul", "chen", "ma"])
def test_everybody_who_works_here_reads_the_figures_with_their_sources(world, as_user, person):
    page = as_user(getattr(world, person)).get(reverse("organizations:parameters"))

    assert "上课多久以后算迟到" in page.text
    assert "办法（草案）第十三条" in page.text


def test_the_figures_cost_few_questions_however_many_there_are(
    world, as_user, django_assert_max_num_queries
):
    browser = as_user(world.gu)

    with django_assert_max_num_queries(8):
        page = browser.get(reverse("organizations:parameters"))

    assert len(page.context["rows"]) > 10


def test_a_learner_has_no_such_pages(world, as_user):
    browser = as_user(world.adil)

    assert browser.get(reverse("organizations:parameters")).status_code == 404
    assert browser.get(reverse("organizations:parameter", args=[LATE])).status_code == 404


def test_a_figure_nobody_declared_is_not_found(world, as_user):
    page = as_user(world.gu).get(reverse("organizations:parameter", args=["attendance.nothing"]))

    assert page.status_code == 404


def test_the_region_sets_a_figure_from_the_page(world, as_user):
    page = as_user(world.gu).post(
        reverse("organizations:parameter", args=[LATE]), typed(prefecture="652300"), follow=True
    )

    assert "已定，到生效日期起按新的值。" in page.text
    row = ParameterValue.objects.get()
    assert (row.value, row.prefecture, row.set_by_name) == ("5", "652300", "顾海")
    assert "新建科〔2026〕12号第三条" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "61"}, "60"),
        ({"value": "-1"}, "0"),
        ({"value": "十"}, "整数"),
        ({"source": ""}, "必填"),
        ({"valid_from": "2020-01-01"}, "生效日期不能早于今天"),
        ({"prefecture": "110000"}, "选择"),
    ],
)
def test_a_figure_that_cannot_be_is_sent_back_with_the_reason(world, as_user, fields, words):
    page = as_user(world.gu).post(reverse("organizations:parameter", args=[LATE]), typed(**fields))

    assert page.status_code == 200
    assert words in page.text
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("person", ["li", "aygul", "chen"])
def test_others_may_read_a_figure_but_not_set_it(world, as_user, person):
    browser = as_user(getattr(world, person))
    page = reverse("organizations:parameter", args=[LATE])

    assert browser.get(page).status_code == 200
    assert browser.post(page, typed()).status_code == 403
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("key", ["classes.mode", "attendance.code_seconds", LATE])
def test_every_kind_of_figure_has_its_form(world, as_user, key):
    assert as_user(world.gu).get(reverse("organizations:parameter", args=[key])).status_code == 200
