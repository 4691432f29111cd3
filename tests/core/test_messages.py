"""Lines in inboxes and short messages to phones."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from zhupei.core import messages
from zhupei.core.models import Delivery, Message, TextMessage

SENT: list[tuple[str, str]] = []


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


def test_a_carrier_that_cannot_be_reached_costs_nobody_else_their_message(db, settings):
    settings.TEXT_MESSAGE_CARRIER = "tests.core.test_messages.lose"
    message = messages.text("13900000001", "一")

    assert messages.send_waiting() == 0
    message.refresh_from_db()
    assert (message.delivery, message.sent_at) == (Delivery.FAILED, None)


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
    together = Barrier(2, timeout=10)

    def work() -> None:
        try:
            with transaction.atomic():
                together.wait()
                messages.send_waiting()
                together.wait()  # neither commits before both have looked
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(int(words) for _phone, words in carrier) == list(range(20))
    assert not TextMessage.objects.filter(delivery=Delivery.WAITING).exists()
