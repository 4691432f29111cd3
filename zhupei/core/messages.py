"""Telling people: a line in their inbox, a short message to their phone, a copy by e-mail.

All are rows written in the transaction of their cause; a job sends what leaves the house. By
night only what somebody has just asked for goes out. What cannot be handed over is tried again,
later each time, and in the end waits for a person.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from zhupei.core.models import CopyAddress, Delivery, Letter, Message, TextMessage
from zhupei.core.parameters import QUIET_FROM, QUIET_UNTIL, TRIES, settings_of

log = logging.getLogger(__name__)

CHANNELS: dict[str, type[TextMessage | Letter]] = {"phone": TextMessage, "mail": Letter}


def tell(recipients: Iterable[Any], title: str, *, body: str = "", url: str = "") -> None:
    """Put one line into the inbox of each recipient, and a copy into the post of who wants one."""
    tell_each(dict.fromkeys(recipients, url), title, body=body)


def tell_each(urls: Mapping[Any, str], title: str, *, body: str = "") -> None:
    """The same to many, each with an address of their own (by recipient)."""
    Message.objects.bulk_create(
        Message(recipient=user, title=title, body=body, url=url) for user, url in urls.items()
    )
    by_key = {user.pk: url for user, url in urls.items()}
    wanted = CopyAddress.objects.filter(user__in=by_key, confirmed_at__isnull=False)
    Letter.objects.bulk_create(
        Letter(address=copy.address, subject=title, text=_copy(title, by_key[copy.user_id]))
        for copy in wanted
    )


def _copy(title: str, url: str) -> str:
    """A letter says no more than what it is about, and where to read it."""
    where = f"{settings.PUBLIC_URL}{url or '/inbox/'}"
    foot = _("这是筑培站内消息的邮件提醒，在“我的”里可以随时停掉。")
    return f"{title}\n\n{where}\n\n{foot}"


def text(phone: str, words: str, *, urgent: bool = False) -> TextMessage:
    """Write a short message; ``core.jobs`` hands it to the carrier.

    ``urgent`` is what the person has just asked for: it goes out at night, too.
    """
    return TextMessage.objects.create(phone=phone, text=words, urgent=urgent)


def letter(address: str, subject: str, words: str, *, urgent: bool = False) -> Letter:
    """Write an e-mail; it is sent like a short message."""
    return Letter.objects.create(address=address, subject=subject, text=words, urgent=urgent)


def read_all(user: Any) -> int:
    """Mark everything in somebody's own inbox as read; return how many lines that was."""
    return Message.objects.visible_to(user).unread().update(read_at=timezone.now())


def newest_texts(limit: int = 50) -> list[TextMessage]:
    """The latest short messages, for the demo's page that stands for everybody's phone."""
    return list(TextMessage.objects.order_by("-pk")[:limit])


def is_quiet(hour: int, *, begins: int, ends: int) -> bool:
    """Is ``hour`` between the two, perhaps over midnight? Never, when they are the same."""
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def send_waiting(limit: int = 200) -> int:
    """Hand over what is due; return how much left."""
    now = timezone.now()
    figures = settings_of(QUIET_FROM, QUIET_UNTIL, TRIES)
    quiet = is_quiet(
        timezone.localtime(now).hour,
        begins=figures[QUIET_FROM.key].value,
        ends=figures[QUIET_UNTIL.key].value,
    )
    sent = 0
    for model in CHANNELS.values():
        rows = model.objects.select_for_update(skip_locked=True).due(now, quiet=quiet)
        for row in rows.order_by("-urgent", "pk")[:limit]:
            sent += _send(row, now, tries=figures[TRIES.key].value)
    return sent


def _send(row: TextMessage | Letter, now: datetime, *, tries: int) -> bool:
    row.tries += 1
    try:
        _hand_over(row)
    except OSError as fault:
        log.warning("%s %s not sent: %s", row._meta.verbose_name, row.pk, fault)
        _put_off(row, fault, now, tries=tries)
    else:
        row.delivery, row.sent_at, row.fault = Delivery.SENT, now, ""
        if not settings.DEMO:
            row.text = ""  # a code or a link in it is for one person's eyes
    row.save(update_fields=["text", "delivery", "sent_at", "tries", "due_at", "fault"])
    return row.delivery == Delivery.SENT


def _hand_over(row: TextMessage | Letter) -> None:
    if isinstance(row, Letter):
        send_mail(row.subject, row.text, None, [row.address])
    else:
        import_string(settings.TEXT_MESSAGE_CARRIER)(row.phone, row.text)


def _put_off(row: TextMessage | Letter, fault: OSError, now: datetime, *, tries: int) -> None:
    """Again after 1, 5, 25 … minutes; a person decides when it was tried often enough."""
    row.fault = f"{type(fault).__name__}: {fault.strerror or ''}".rstrip(": ")
    row.due_at = now + timedelta(minutes=5 ** (row.tries - 1))
    row.delivery = Delivery.FAILED if row.tries >= tries else Delivery.RETRY


def send_again(row: TextMessage | Letter) -> None:
    """Begin anew with what failed."""
    row.delivery, row.tries, row.due_at = Delivery.WAITING, 0, timezone.now()
    row.save(update_fields=["delivery", "tries", "due_at"])


def print_carrier(phone: str, words: str) -> None:
    """The carrier of the demo: the message goes to the log of the worker."""
    log.info("short message to %s: %s", phone, words)
