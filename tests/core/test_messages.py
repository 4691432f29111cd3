"""Lines in inboxes and short messages to phones."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from tests.together import LONGEST, at_once
from zhupei.core import carriers, messages
from zhupei.core.models import CopyAddress, Delivery, Letter, Message, TextMessage

SENT: list[tuple[str, str]] = []


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Noon in Beijing: nothing is quiet."""
    with time_machine.travel("2026-06-01T12:00+08:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def carrier(settings) -> list[tuple[str, str]]:
    """A carrier that keeps what it was given."""
    SENT.clear()
    settings.TEXT_MESSAGE_CARRIER = "tests.core.test_messages.keep"
    return SENT


def keep(phone: str, words: str) -> None:
    SENT.append((phone, words))


def lose(phone: str, words: str) -> None:
    raise TimeoutError("no line")


def test_everybody_told_has_a_line_of_their_own(world):
    messages.tell([world.li, world.zhou], "收到开班计划", body="请审核", url="/home/")

    assert Message.objects.count() == 2
    (line,) = Message.objects.visible_to(world.li)
    assert (line.title, line.body, line.url) == ("收到开班计划", "请审核", "/home/")
    assert not Message.objects.visible_to(world.wang).exists()


def test_a_read_line_is_no_longer_counted(world):
    messages.tell([world.li], "收到开班计划")
    assert world.li.inbox.unread().count() == 1

    world.li.inbox.update(read_at="2026-01-01T00:00Z")

    assert world.li.inbox.unread().count() == 0


def test_a_short_message_is_written_at_once_and_sent_later(db, carrier):
    message = messages.text("13900000001", "验证码 123456")

    assert carrier == []
    assert messages.send_waiting() == 1
    assert carrier == [("13900000001", "验证码 123456")]
    message.refresh_from_db()
    assert message.delivery == Delivery.SENT
    assert message.sent_at is not None


def test_what_was_sent_is_not_sent_again(db, carrier):
    messages.text("13900000001", "一")
    messages.send_waiting()

    assert messages.send_waiting() == 0
    assert len(carrier) == 1


def test_the_oldest_goes_first_and_a_turn_has_an_end(db, carrier):
    for n in range(5):
        messages.text("13900000001", str(n))

    assert messages.send_waiting(limit=3) == 3
    assert [words for _phone, words in carrier] == ["0", "1", "2"]


def test_a_carrier_that_cannot_be_reached_is_tried_again_later_each_time(db, settings, carrier):
    settings.TEXT_MESSAGE_CARRIER = "tests.core.test_messages.lose"
    message = messages.text("13900000001", "一")
    waits = []

    for _ in range(5):
        message.refresh_from_db()
        with time_machine.travel(max(message.due_at, timezone.now()), tick=False):
            before = timezone.now()
            assert messages.send_waiting() == 0
            assert messages.send_waiting() == 0  # not at once
        message.refresh_from_db()
        waits.append((message.due_at - before) // timedelta(minutes=1))

    assert waits == [1, 5, 25, 125, 625]
    assert (message.delivery, message.tries, message.sent_at) == (Delivery.FAILED, 5, None)
    assert (message.fault, message.text) == ("TimeoutError", "一")
    settings.TEXT_MESSAGE_CARRIER = "tests.core.test_messages.keep"
    assert messages.send_waiting() == 0  # a person decides
    messages.send_again(message)
    assert messages.send_waiting() == 1
    assert carrier == [("13900000001", "一")]


def test_one_that_fails_costs_nobody_else_their_message(db, settings, carrier):
    settings.TEXT_MESSAGE_CARRIER = "tests.core.test_messages.lose_the_first"
    first, second = messages.text("1", "一"), messages.text("2", "二")

    assert messages.send_waiting() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.delivery, second.delivery) == (Delivery.RETRY, Delivery.SENT)


def lose_the_first(phone: str, words: str) -> None:
    if phone == "1":
        raise ConnectionRefusedError(111, "Connection refused")
    keep(phone, words)


@pytest.mark.parametrize(
    ("hour", "begins", "ends", "quiet"),
    [
        (21, 22, 8, False),
        (22, 22, 8, True),
        (0, 22, 8, True),
        (7, 22, 8, True),
        (8, 22, 8, False),
        (13, 12, 14, True),
        (14, 12, 14, False),
        (3, 5, 5, False),
    ],
)
def test_the_quiet_hours_may_lie_over_midnight(hour, begins, ends, quiet):
    assert messages.is_quiet(hour, begins=begins, ends=ends) is quiet


def test_by_night_only_what_was_just_asked_for_goes_out(db, carrier):
    with time_machine.travel("2026-06-01T23:30+08:00", tick=False):
        messages.text("13900000001", "培训明天开课")
        messages.text("13900000002", "验证码", urgent=True)
        assert messages.send_waiting() == 1
    with time_machine.travel("2026-06-02T07:59+08:00", tick=False):
        assert messages.send_waiting() == 0
    with time_machine.travel("2026-06-02T08:00+08:00", tick=False):
        assert messages.send_waiting() == 1

    assert [words for _phone, words in carrier] == ["验证码", "培训明天开课"]


def test_codes_overtake_what_can_wait(db, carrier):
    messages.text("1", "通知")
    messages.text("2", "验证码", urgent=True)

    messages.send_waiting()

    assert [words for _phone, words in carrier] == ["验证码", "通知"]


def test_a_sent_message_keeps_no_words(db):
    message = messages.text("13900000001", "验证码 123456")

    messages.send_waiting()

    message.refresh_from_db()
    assert message.text == ""


def test_who_confirmed_an_address_gets_the_title_and_the_link_by_letter(world, mailoutbox):
    CopyAddress.objects.create(user=world.li, address="li@example.org", confirmed_at=timezone.now())
    CopyAddress.objects.create(user=world.zhou, address="zhou@example.org")

    messages.tell([world.li, world.zhou], "收到开班计划", body="内情", url="/classes/7/")
    messages.send_waiting()

    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["li@example.org"], "收到开班计划")
    assert "/classes/7/" in letter.body
    assert "内情" not in letter.body
    assert Letter.objects.get().delivery == Delivery.SENT


def test_telling_costs_the_same_for_one_and_for_many(world, django_assert_num_queries):
    for people in ([world.li], [world.li, world.zhou, world.gu, world.wang]):
        with django_assert_num_queries(2):
            messages.tell(people, "一")


def test_the_gateway_is_told_phone_words_and_signature(settings):
    heard = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(200 if len(heard) == 1 else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Door) as server:
        settings.TEXT_MESSAGE_GATEWAY = f"http://127.0.0.1:{server.server_port}/"
        settings.TEXT_MESSAGE_TOKEN = "t"
        Thread(target=lambda: [server.handle_request() for _ in range(2)]).start()
        carriers.gateway("13900000001", "开课了")
        with pytest.raises(OSError, match="503"):
            carriers.gateway("13900000001", "开课了")

    assert heard[0] == ("Bearer t", {"phone": "13900000001", "text": "【筑培】开课了"})


def test_the_number_lies_encrypted(db):
    messages.text("13900000001", "一")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM core_textmessage")
        assert b"13900000001" not in bytes(cursor.fetchone()[0])
    assert messages.newest_texts()[0].phone == "13900000001"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(carrier):
    for n in range(20):
        messages.text("13900000001", str(n))
    looked = Barrier(2, timeout=LONGEST)

    @transaction.atomic
    def work() -> None:
        messages.send_waiting()
        looked.wait()  # neither commits before both have looked

    at_once(work, work)

    assert sorted(int(words) for _phone, words in carrier) == list(range(20))
    assert not TextMessage.objects.filter(delivery=Delivery.WAITING).exists()
