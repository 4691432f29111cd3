"""Accounts opened by a body: the link, the password nobody else types, signing in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.make_accounts import token
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import TextMessage
from zhupei.organizations.models import Role
from zhupei.people import accounts
from zhupei.people.models import AccessLink, User

PHONE = "13600001234"
PASSWORD = "dangan-2026"


def opened(world, name="热依汗", phone=PHONE) -> User:
    return accounts.open_account(name, phone, by=world.aygul)


def later(minutes: int = 2):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def test_the_owner_chooses_the_password_and_signs_in_with_the_phone(world, client):
    user = opened(world)
    assert not user.has_usable_password()
    assert TextMessage.objects.get().phone == PHONE

    page = client.get(reverse("people:access", args=[token()]))
    assert "热依汗" in page.text
    assert PHONE not in page.text
    answer = client.post(reverse("people:access", args=[token()]), {"password": PASSWORD})

    assert answer.status_code == 302
    assert client.login(username="136 0000 1234", password=PASSWORD)
    assert client.login(username=user.username, password=PASSWORD)
    verbs = [event.verb for event in audit.own_history(user)]
    assert verbs == ["account.opened", "account.link_sent", "account.password_chosen"]


def test_the_token_is_kept_only_as_a_hash_and_no_event_holds_it_or_the_phone(world):
    user = opened(world)

    assert token() not in AccessLink.objects.get().token_hash
    told = [audit.sentence(event) + str(event.facts) for event in audit.history(user)]
    assert not any(PHONE in words or token() in words for words in told)


def test_a_link_leads_somewhere_once(world, client):
    opened(world)
    address = reverse("people:access", args=[token()])
    client.post(address, {"password": PASSWORD})

    again = client.post(address, {"password": "other-2026x"})

    assert again.status_code == 410
    assert "已经用过" in again.text
    with refused("link_used"):
        accounts.choose_password(AccessLink.objects.get(), "other-2026x")
    assert client.login(username=PHONE, password=PASSWORD)


def test_a_link_leads_somewhere_for_some_days(world, client):
    opened(world)

    with time_machine.travel(timezone.now() + timedelta(hours=72, seconds=1), tick=False):
        page = client.get(reverse("people:access", args=[token()]))
        assert page.status_code == 410
        assert "已经失效" in page.text
        with refused("link_expired"):
            accounts.choose_password(AccessLink.objects.get(), PASSWORD)


def test_a_new_link_takes_the_place_of_the_one_before(world, client):
    user = opened(world)
    first = token()
    with later():
        accounts.send_link(user, by=world.aygul)

        assert client.get(reverse("people:access", args=[first])).status_code == 410
        assert client.get(reverse("people:access", args=[token()])).status_code == 200


def test_links_are_not_sent_every_second(world):
    user = opened(world)

    with refused("link_too_soon"):
        accounts.send_link(user, by=world.aygul)
    assert TextMessage.objects.count() == 1


@pytest.mark.parametrize("password", ["", "short", "12345678", "password"])
def test_a_password_anybody_could_guess_is_refused_beside_its_field(world, client, password):
    opened(world)

    page = client.post(reverse("people:access", args=[token()]), {"password": password})

    assert page.status_code == 422
    assert not User.objects.get(name="热依汗").has_usable_password()


def test_a_link_nobody_sent_is_not_found(db, client):
    assert client.get(reverse("people:access", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "phone", "code"),
    [("", PHONE, "name_missing"), ("热", PHONE, "name_shape"), ("热依汗", "123", "phone_shape")],
)
def test_an_account_needs_a_name_and_a_phone(world, name, phone, code):
    with refused(code):
        opened(world, name, phone)


def test_one_phone_is_one_account(world):
    opened(world)

    with refused("phone_taken"):
        opened(world, "别人")


def test_the_phone_of_an_account_is_entered_once(world):
    user = accounts.enter_phone(world.li, PHONE, by=world.zhou)

    assert user.own_phone == PHONE
    event = audit.own_history(user).last()
    assert event.facts["phone"] == "136****1234"
    with refused("phone_known"):
        accounts.enter_phone(user, "13600009999", by=world.zhou)
    with refused("phone_taken"):
        accounts.enter_phone(world.zhou, PHONE, by=world.li)
    with refused("phone_shape"):
        accounts.enter_phone(world.zhou, "1", by=world.li)
    with refused("phone_known"):
        accounts.enter_phone(world.adil, PHONE, by=world.li)


def test_no_link_without_a_phone(world):
    with refused("account_without_phone"):
        accounts.send_link(world.li, by=world.zhou)


def test_who_learns_and_works_here_is_told_apart_by_the_password(world, client):
    phone = world.adil.person.phone
    works = accounts.open_account(world.adil.name, phone, by=world.aygul)
    accounts.choose_password(AccessLink.objects.get(), PASSWORD)

    assert client.login(username=phone, password=make.PASSWORD)
    assert client.session["_auth_user_id"] == str(world.adil.pk)
    assert client.login(username=phone, password=PASSWORD)
    assert client.session["_auth_user_id"] == str(works.pk)
    assert not client.login(username=phone, password="neither-2026")


def test_whose_account_a_phone_is(world):
    user = opened(world)

    assert accounts.owner_of("热依汗", PHONE) == user
    assert accounts.owner_of(world.adil.name, world.adil.person.phone) is None
    assert accounts.owner_of("马建国", world.ma.person.phone) == world.ma
    assert accounts.person_of("马建国", world.ma.person.phone) == world.ma.person
    assert accounts.person_of("谁", "13500000000") is None
    with refused("phone_of_another"):
        accounts.owner_of("别人", PHONE)
    with refused("phone_of_another"):
        accounts.person_of("别人", world.ma.person.phone)


def test_a_password_chosen_ends_the_sessions_of_the_one_before(world, as_user):
    accounts.enter_phone(world.li, PHONE, by=world.zhou)
    browser = as_user(world.li)
    link = accounts.send_link(world.li, by=world.zhou)
    assert world.li.memberships.get().role == Role.REVIEWER

    accounts.choose_password(link, PASSWORD)

    assert browser.get(reverse("portal:home")).status_code == 302
