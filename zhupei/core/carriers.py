"""Handing short messages to somebody who can send them.

A carrier is a function of a phone and words, named by ``ZHUPEI_TEXT_MESSAGE_CARRIER``. It raises
OSError when the message could not be handed over.
"""

import json
from urllib.request import Request, urlopen

from django.conf import settings

PATIENCE = 10  # seconds


def gateway(phone: str, words: str) -> None:
    """Post the message as JSON to the gateway the settings name. Most carriers in China want a
    signature in front of the words and a token; both come from the settings.
    """
    body = {"phone": phone, "text": f"{settings.TEXT_MESSAGE_SIGNATURE}{words}"}
    request = Request(  # noqa: S310 - the operator's own address
        settings.TEXT_MESSAGE_GATEWAY,
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.TEXT_MESSAGE_TOKEN}",
        },
    )
    with urlopen(request, timeout=PATIENCE):  # noqa: S310 - as above; 4xx and 5xx are OSErrors
        pass
