"""Copies of one's inbox by e-mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.refusals import refused
from zhupei.core import audit, messages
from zhupei.core.models import CopyAddress, Letter
from zhupei.people import copies

LINK = "https://example.org/people/me/copies/"


def token() -> str:
    """What the newest letter's link carries."""
    return re.search(r"/copies/([^/]+)/", Letter.objects.latest("pk").text)[1]


def test_nothing_is_sent_to_an_address_nobody_confirmed(world):
    copies.ask(world.adil, "adil@example.org", link=LINK)
    assert Letter.objects.get().urgent
    messages.tell([world.adil], "一")
    assert Letter.objects.count() == 1

    copies.confirm(world.adil, token())
    messages.tell([world.adil], "二")

    assert Letter.objects.latest("pk").subject == "二"
    verbs = [event.verb for event in audit.own_history(world.adil)]
    assert verbs == ["person.copies_asked", "person.copies_confirmed"]


def test_the_link_is_for_one_account_one_address_and_one_day(world):
    copies.ask(world.adil, "old@example.org", link=LINK)
    old = token()

    with refused("link_not_good"):
        copies.confirm(world.sun, old)
    with refused("link_not_good"):
        copies.confirm(world.adil, old + "x")
    with time_machine.travel(timezone.now() + timedelta(hours=25)), refused("link_not_good"):
        copies.confirm(world.adil, old)
    copies.ask(world.adil, "new@example.org", link=LINK)
    with refused("link_not_good"):
        copies.confirm(world.adil, old)
    assert copies.confirm(world.adil, token()).address == "new@example.org"


def test_stopping_forgets_the_address(world):
    copies.ask(world.adil, "adil@example.org", link=LINK)
    copies.confirm(world.adil, token())

    copies.stop(world.adil)
    copies.stop(world.adil)  # twice does no harm

    assert not CopyAddress.objects.exists()
    verbs = [event.verb for event in audit.own_history(world.adil)]
    assert verbs.count("person.copies_stopped") == 1


@pytest.mark.parametrize("person", ["adil", "aygul"])
def test_it_is_asked_confirmed_and_stopped_on_pages(world, as_user, person):
    browser = as_user(getattr(world, person))
    page = reverse("people:copies")
    assert "确认邮件" in browser.get(page).text
    assert browser.post(page, {"address": "不是邮箱"}).status_code == 422

    sent = browser.post(page, {"address": "me@example.org"}, follow=True)
    assert "等您在邮件里确认" in sent.text
    confirm = reverse("people:confirm_copies", args=[token()])
    assert "me@example.org" in browser.get(confirm).text
    assert "已确认" in browser.post(confirm, follow=True).text
    browser.post(reverse("people:stop_copies"))

    assert not CopyAddress.objects.exists()
    wrong = browser.get(reverse("people:confirm_copies", args=["x"]))
    assert wrong.status_code == 404
    assert "重新填写邮箱" in wrong.text
