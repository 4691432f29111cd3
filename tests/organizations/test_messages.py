"""What leaves the house: its words as dated data, and what could not be delivered."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.refusals import refused
from zhupei.core import audit, messages, wordings
from zhupei.core.models import Delivery, Letter, TextMessage, WordingText
from zhupei.core.wordings import Wording
from zhupei.organizations.actions.messages import send_again, set_wording
from zhupei.people.wordings import CODE

DAY = date(2026, 6, 10)
NEW = "您的验证码是 %(code)s，%(minutes)s 分钟内用。"
WORDING = Wording(
    "test.lesson", "开课提醒", "%(name)s，%(day)s 开课。", {"name": "王强", "day": "6月1日"}
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-06-01T12:00+08:00", tick=False):
        yield


def test_until_somebody_says_otherwise_the_declared_words_are_sent(db):
    assert wordings.say(WORDING, name="孙德胜", day="6月2日") == "孙德胜，6月2日 开课。"


def test_the_region_sets_other_words_from_a_day_on(world):
    set_wording(CODE, NEW, by=world.gu, valid_from=DAY)

    assert wordings.words(CODE, on=date(2026, 6, 9)) == str(CODE.default)
    assert wordings.words(CODE, on=DAY) == NEW
    (event,) = audit.own_history(WordingText.objects.get())
    assert (event.facts["before"], event.facts["after"]) == (str(CODE.default), NEW)
    assert audit.sentence(event) == "顾海 改了“手机验证码”的文字，2026-06-10 起启用"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("验证码 %(code)s。", "blank_missing"),
        (NEW + "%(phone)s", "blank_unknown"),
        (NEW + "打 8 折 100%", "wording_broken"),
        (NEW + "100%% 免费", ""),
    ],
)
def test_words_that_cannot_be_filled_are_refused(world, text, code):
    assert wordings.fault(CODE, text)[0] == code
    if not code:
        set_wording(CODE, text, by=world.gu, valid_from=DAY)
        assert wordings.words(CODE, on=DAY) % CODE.example
        return
    with refused(code) as refusal:
        set_wording(CODE, text, by=world.gu, valid_from=DAY)
    assert refusal.value.field == "text"


def test_words_begin_today_or_later_and_once_a_day(world):
    with refused("wording_in_the_past"):
        set_wording(CODE, NEW, by=world.gu, valid_from=date(2026, 5, 31))
    set_wording(CODE, NEW, by=world.gu, valid_from=date(2026, 6, 1))
    with refused("wording_set_twice"):
        set_wording(CODE, NEW, by=world.gu, valid_from=date(2026, 6, 1))


@pytest.mark.parametrize("person", ["li", "aygul", "adil"])
def test_nobody_but_the_region_words_or_sends(world, person):
    somebody = getattr(world, person)
    with refused("not_allowed"):
        set_wording(CODE, NEW, by=somebody, valid_from=DAY)
    with refused("not_allowed"):
        send_again([failed()], by=somebody)


def test_a_blank_may_be_declared_as_one_that_can_be_left_out(monkeypatch):
    monkeypatch.setattr(wordings, "DECLARED", {})
    wording = Wording("test.x", "x", "%(a)s%(b)s", {}, optional=frozenset({"b"}))

    assert wordings.fault(wording, "%(a)s") == ("", "")
    assert wordings.fault(wording, "%(b)s") == ("blank_missing", "a")


@pytest.mark.parametrize(("length", "count"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_how_many_short_messages_a_text_is(length, count):
    assert wordings.parts("字" * length) == count


@pytest.mark.parametrize("one", wordings.declared().values(), ids=lambda one: one.key)
def test_every_declared_text_can_be_filled(one):
    assert set(one.example) == set(one.blanks)
    assert one.filled(str(one.default))


# The pages


def test_the_words_are_tried_and_set_on_their_page(world, as_user):
    browser = as_user(world.gu)
    assert "手机验证码" in browser.get(reverse("organizations:wordings")).text
    page = reverse("organizations:wording", args=[CODE.key])
    form = {"text": NEW, "valid_from": "2026-06-01"}

    tried = browser.post(page, form | {"preview": "1"})
    assert "您的验证码是 482913，5 分钟内用。" in tried.text
    assert not WordingText.objects.exists()
    done = browser.post(page, form, follow=True)

    assert "已定，到启用日期起按新的文字发。" in done.text
    assert "<del>验证码 %(code)s" in done.text
    broken = browser.post(page, form | {"text": "没有空格"})
    assert broken.status_code == 422
    assert "缺少 %(code)s" in broken.text
    assert "没有空格" in broken.text
    assert browser.get(reverse("organizations:wording", args=["no.such"])).status_code == 404


def failed(phone: str = "13900001234") -> TextMessage:
    return TextMessage.objects.create(
        phone=phone, text="秘密 482913", delivery="failed", tries=5, fault="TimeoutError"
    )


def test_what_failed_is_listed_without_its_words_and_sent_again(world, as_user):
    row = failed()
    browser = as_user(world.gu)
    page = browser.get(reverse("organizations:deliveries", args=["phone"]), {"delivery": "failed"})

    assert "139****1234" in page.text
    assert "TimeoutError" in page.text
    assert "482913" not in page.text
    assert "13900001234" not in page.text
    again = reverse("organizations:send-again", args=["phone", row.pk])
    assert "已排队，马上再发。" in browser.post(again, follow=True).text

    row.refresh_from_db()
    assert (row.delivery, row.tries) == (Delivery.WAITING, 0)
    (event,) = audit.own_history(row)
    assert (event.verb, event.subject_label) == ("message.sent_again", "一条消息")
    assert browser.post(again).status_code == 409


def test_all_that_failed_are_sent_again_at_once(world, as_user):
    failed()
    failed()
    browser = as_user(world.gu)

    page = browser.post(reverse("organizations:send-all-again", args=["phone"]), follow=True)

    assert "2 条已排队" in page.text
    with refused("not_failed"):
        send_again(TextMessage.objects.all(), by=world.gu)


def test_letters_have_a_list_of_their_own(world, as_user):
    messages.letter("aygul@example.org", "题", "话")
    Letter.objects.update(delivery="failed")
    page = as_user(world.gu).get(reverse("organizations:deliveries", args=["mail"]))

    assert "a***@example.org" in page.text
    assert as_user(world.gu).get("/org/deliveries/post/").status_code == 404


@pytest.mark.parametrize("person", ["li", "aygul", "adil"])
def test_others_have_no_such_pages(world, as_user, person):
    row = failed()
    browser = as_user(getattr(world, person))

    for address in (
        reverse("organizations:wordings"),
        reverse("organizations:wording", args=[CODE.key]),
        reverse("organizations:deliveries", args=["phone"]),
    ):
        assert browser.get(address).status_code == 404
    again = reverse("organizations:send-again", args=["phone", row.pk])
    assert browser.post(again).status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_however_many_there_are(
    world, as_user, rows, django_assert_num_queries
):
    TextMessage.objects.bulk_create(TextMessage(phone="1", text="x") for _ in range(rows))
    browser = as_user(world.gu)

    with django_assert_num_queries(6):
        browser.get(reverse("organizations:deliveries", args=["phone"]))
