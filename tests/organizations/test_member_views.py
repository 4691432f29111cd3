"""The pages of the people of a body, and of the register."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from zhupei.core.models import TextMessage
from zhupei.organizations import actions
from zhupei.organizations.models import Kind, Membership, Organization, Role

SAID = {"name": "热依汗", "phone": "13600001234", "role": "registrar"}


def address(name, thing):
    return reverse(f"organizations:{name}", args=[thing.pk])


def test_an_officer_sees_the_people_of_their_own_body(world, as_user):
    page = as_user(world.aygul).get(reverse("organizations:members"))

    assert page.status_code == 200
    assert "马建国" in page.text
    assert "王强" not in page.text
    assert world.ma.person.phone not in page.text


@pytest.mark.parametrize(
    ("person", "status"), [("ma", 403), ("adil", 404), ("gu", 200), ("he", 200)]
)
def test_who_has_such_a_page(world, as_user, person, status):
    page = as_user(getattr(world, person)).get(reverse("organizations:members"))

    assert page.status_code == status


@pytest.mark.parametrize(
    ("person", "status"),
    [("gu", 200), ("aygul", 200), ("wang", 404), ("li", 404), ("ma", 403), ("tian", 404)],
)
def test_the_region_sees_the_people_of_any_body_others_of_their_own(world, as_user, person, status):
    browser = as_user(getattr(world, person))

    assert browser.get(address("members-of", world.school)).status_code == status
    assert browser.get(address("add-member", world.school)).status_code == status


def test_a_colleague_is_added_from_the_page(world, as_user):
    browser = as_user(world.aygul)

    answer = browser.post(address("add-member", world.school), SAID, follow=True)

    assert "设密码的链接发到了他的手机" in answer.text
    assert "等本人设密码" in answer.text
    assert TextMessage.objects.count() == 1
    again = browser.post(address("add-member", world.school), SAID)
    assert again.status_code == 422
    assert "已经是教务员" in again.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "必填"),
        ({"phone": "1"}, "11 位数字"),
        ({"role": "reviewer"}, "reviewer"),
        ({"role": "teacher"}, "师资库"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    world, as_user, fields, words
):
    page = as_user(world.aygul).post(address("add-member", world.school), SAID | fields)

    assert page.status_code == 422
    assert words in page.text
    assert page.context["form"]["name"].value() == (SAID | fields)["name"]
    assert not TextMessage.objects.exists()


def test_a_role_is_ended_from_the_page(world, as_user):
    membership = world.ma.memberships.get()
    browser = as_user(world.aygul)
    assert browser.get(address("member", membership)).status_code == 200

    answer = browser.post(address("end-member", membership), {"last_day": ""}, follow=True)

    assert "立即生效" in answer.text
    assert "马建国" not in [row["membership"].user.name for row in answer.context["rows"]]
    assert "已结束" in browser.get(reverse("organizations:members") + "?over=on").text
    page = browser.get(address("member", membership))
    assert "重新安排" in page.text
    again = browser.post(address("appoint-again", membership), {"role": "teacher"}, follow=True)
    assert "从今天起也是教师" in again.text


def test_a_day_to_come_is_taken_one_past_is_refused(world, as_user):
    membership = world.ma.memberships.get()
    browser = as_user(world.aygul)
    day = timezone.localdate()

    past = browser.post(
        address("end-member", membership), {"last_day": (day - timedelta(days=2)).isoformat()}
    )
    assert past.status_code == 422
    assert "不能早于今天" in past.text
    answer = browser.post(
        address("end-member", membership),
        {"last_day": (day + timedelta(days=2)).isoformat()},
        follow=True,
    )
    assert "已安排结束" in answer.text


def test_the_last_officer_stays_and_the_page_says_why(world, as_user):
    membership = world.aygul.memberships.get()

    own = as_user(world.aygul).post(address("end-member", membership), {"last_day": ""})
    region = as_user(world.gu).post(address("end-member", membership), {"last_day": ""})

    assert "您自己在本单位的最后一个角色" in own.text
    assert "至少要有一名办事人员" in region.text
    assert (own.status_code, region.status_code) == (422, 422)


def test_a_link_is_sent_again_but_not_twice_at_once(world, as_user):
    membership = world.zhou.memberships.get()
    browser = as_user(world.li)

    without = browser.post(address("send-link", membership), {"phone": ""})
    assert without.status_code == 422
    sent = browser.post(address("send-link", membership), {"phone": "13600004321"}, follow=True)
    assert "链接已发到“周敏”的手机" in sent.text
    twice = browser.post(address("send-link", membership))
    assert twice.status_code == 422
    assert "刚刚发过" in twice.text


@pytest.mark.parametrize("person", ["wang", "li", "ma", "adil"])
def test_strangers_do_not_find_a_member(world, as_user, person):
    membership = world.aygul.memberships.get()
    browser = as_user(getattr(world, person))

    assert browser.get(address("member", membership)).status_code == 404
    for name in ("end-member", "send-link", "appoint-again"):
        assert browser.post(address(name, membership)).status_code == 404


def test_who_was_given_another_role_sees_it_in_the_switcher(world, as_user):
    browser = as_user(world.gu)
    membership = world.ma.memberships.get()

    answer = browser.post(address("appoint-again", membership), {"role": "registrar"}, follow=True)
    twice = browser.post(address("appoint-again", membership), {"role": "registrar"})

    assert "从今天起也是教务员" in answer.text
    assert twice.status_code == 422
    page = as_user(world.ma).get(reverse("portal:home"))
    assert len(page.context["memberships"]) == 2


def test_the_list_costs_the_same_for_few_and_for_many(
    world, as_user, django_assert_max_num_queries
):
    browser = as_user(world.aygul)
    people = reverse("organizations:members")
    browser.get(people)
    with django_assert_max_num_queries(14) as few:
        browser.get(people)
    for n in range(12):
        actions.add(
            world.school,
            by=world.aygul,
            name=f"同事{'甲乙丙丁'[n % 4]}",
            phone=f"136000020{n:02d}",
            role=Role.REGISTRAR,
        )

    with django_assert_max_num_queries(len(few)):
        page = browser.get(people)
    assert len(page.context["rows"]) == 14
    named = browser.get(people + "?q=甲&role=registrar")
    assert len(named.context["rows"]) == 3
    assert "没有符合条件" in browser.get(people + "?q=没有这个人").text


# The register


def said(**fields) -> dict[str, str]:
    return {
        "kind": "hr",
        "name": "昌吉州人社局高新区分局",
        "short_name": "",
        "division": "652300",
        "uscc": "",
        "complaint_phone": "",
    } | fields


def test_the_region_registers_a_body_and_opens_its_first_account(world, as_user):
    browser = as_user(world.gu)

    page = browser.post(reverse("organizations:register"), said(), follow=True)

    made = Organization.objects.get(name=said()["name"])
    assert (made.kind, made.prefecture_id) == (Kind.HR, "652300")
    assert "接着为它开第一个账号" in page.text
    assert "没有账号" in browser.get(reverse("organizations:index") + "?empty=on").text
    browser.post(address("add-member", made), SAID | {"role": "reviewer"})
    assert Membership.objects.get(organization=made).role == Role.REVIEWER
    assert made.name not in browser.get(reverse("organizations:index") + "?empty=on").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"uscc": "91350100M000100Y44"}, "不是统一社会信用代码"),
        ({"name": "喀什地区教育局"}, "已存在"),
        ({"kind": "institution"}, "institution"),
        ({"kind": "prefecture_authority", "division": "652301"}, "应选一个地州市"),
        ({"kind": "county_authority"}, "应选一个县市区"),
        ({"division": ""}, "必填"),
    ],
)
def test_a_body_that_cannot_be_is_sent_back_with_the_reason(world, as_user, fields, words):
    page = as_user(world.gu).post(reverse("organizations:register"), said(**fields))

    assert page.status_code == 422
    assert words in page.text


@pytest.mark.parametrize("person", ["li", "aygul", "tian", "adil"])
def test_the_register_is_the_regions(world, as_user, person):
    browser = as_user(getattr(world, person))

    assert browser.get(reverse("organizations:index")).status_code == 404
    assert browser.get(reverse("organizations:register")).status_code == 404
    assert browser.post(reverse("organizations:register"), said()).status_code == 404


@pytest.mark.parametrize(
    ("query", "count"), [("", 10), ("?q=喀什", 3), ("?kind=hr", 2), ("?prefecture=653100", 4)]
)
def test_the_register_is_searched(world, as_user, query, count):
    page = as_user(world.gu).get(reverse("organizations:index") + query)

    assert page.context["page"].paginator.count == count


def test_the_register_costs_the_same_for_few_and_for_many(
    world, as_user, django_assert_max_num_queries
):
    browser = as_user(world.gu)
    index = reverse("organizations:index")
    browser.get(index)
    with django_assert_max_num_queries(12) as few:
        browser.get(index)
    for n in range(10):
        make.organization(Kind.INSTITUTION, f"学校 {n}", "652301")

    with django_assert_max_num_queries(len(few)):
        browser.get(index)
