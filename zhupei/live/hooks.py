"""What the media server and the application say to each other.

The media server shows a secret, derived and never stored; a watcher's link carries a ticket that
names one look and ends with it.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from zhupei.core import tickets

PURPOSE = "live.look"
HEADER = "X-Zhupei-Live"


def secret() -> str:
    """What the media server shows with everything it asks."""
    return hmac.new(settings.SECRET_KEY.encode(), b"live hook", hashlib.sha256).hexdigest()


def is_ours(shown: str) -> bool:
    """Did our own media server ask?"""
    return hmac.compare_digest(shown.encode(), secret().encode())


def ticket(look: int, until: datetime) -> str:
    """What opens the pictures of one room to one look, until then."""
    return tickets.issue(PURPOSE, look, until)


def look_of(shown: str) -> int | None:
    """The look a ticket belongs to; None when it is not ours or no longer good."""
    try:
        return tickets.read(PURPOSE, shown)
    except tickets.BadTicket:
        return None


def playlist(stream: str, shown: str) -> str:
    """Where a browser finds the pictures of a room."""
    return f"{settings.LIVE_HLS_URL}/{shown}/{stream}/index.m3u8"


def publish_address() -> str:
    """The server a camera sends to; empty where no media server is set up."""
    return str(settings.LIVE_RTMP_URL)


def stream_code(stream: str, key: str) -> str:
    """What is typed into a camera as its stream code."""
    return f"{stream}?key={key}"
