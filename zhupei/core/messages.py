"""Telling people: a line in their inbox, a short message to their phone.

Both are rows written in the transaction of their cause; a job sends what leaves the house.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from zhupei.core.models import Delivery, Message, TextMessage

log = logging.getLogger(__name__)


def tell(recipients: Iterable[Any], title: str, *, body: str = "", url: str = "") -> None:
    """Put one line into the inbox of each recipient."""
    Message.objects.bulk_create(
        Message(recipient=user, title=title, body=body, url=url) for user in recipients
    )


def text(phone: str, words: str) -> TextMessage:
    """Write a short message; ``core.jobs`` hands it to the carrier."""
    return TextMessage.objects.create(phone=phone, text=words)


def newest_texts(limit: int = 50) -> list[TextMessage]:
    """The latest short messages, for the demo's page that stands for everybody's phone."""
    return list(TextMessage.objects.order_by("-pk")[:limit])


def send_waiting(limit: int = 200) -> int:
    """Hand waiting short messages to the carrier; return how many left."""
    carrier = import_string(settings.TEXT_MESSAGE_CARRIER)
    waiting = TextMessage.objects.select_for_update(skip_locked=True).filter(
        delivery=Delivery.WAITING
    )
    sent = 0
    for message in waiting.order_by("pk")[:limit]:
        sent += _send(carrier, message)
    return sent


def _send(carrier: Any, message: TextMessage) -> bool:
    try:
        carrier(message.phone, message.text)
    except OSError as fault:
        log.warning("short message %s not sent: %s", message.pk, fault)
        message.delivery = Delivery.FAILED
    else:
        message.delivery = Delivery.SENT
        message.sent_at = timezone.now()
        if not settings.DEMO:
            message.text = ""  # a code or a link in it is for one person's eyes
    message.save(update_fields=["text", "delivery", "sent_at"])
    return message.delivery == Delivery.SENT


def print_carrier(phone: str, words: str) -> None:
    """The carrier of the demo: the message goes to the log of the worker."""
    log.info("short message to %s: %s", phone, words)
