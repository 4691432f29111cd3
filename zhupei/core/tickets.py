"""Tickets: signed, expiring words that name one thing and let their bearer do one thing to it.

A page carries its ticket in every request to the hot process instead of a cookie, so that one
save asks for no session and no user. Pages issue them, the hot process reads them; both derive
the same key from ZHUPEI_SECRET_KEY, another one for every purpose.

8 bytes subject, 4 bytes expiry (Unix seconds, until 2106), 18 bytes of HMAC-SHA256 (RFC 2104 §5
allows half of its 32): 40 characters of base64 without padding, so no two texts are one ticket.
"""

import base64
import hmac
import os
import struct
import time
from datetime import datetime
from functools import cache

FACTS = struct.Struct(">QI")
SEAL = 18  # bytes
LENGTH = 40  # characters


class BadTicket(Exception):
    """The ticket gives no right. ``code`` is "bad_ticket" (not ours) or "expired_ticket"."""

    status = 403

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def issue(purpose: str, subject: int, expires_at: datetime) -> str:
    """A ticket for ``subject``, good until ``expires_at``; 40 characters, safe in an address."""
    facts = FACTS.pack(subject, int(expires_at.timestamp()))
    return base64.urlsafe_b64encode(facts + _seal(purpose, facts)).decode()


def read(purpose: str, ticket: str, *, late: bool = False) -> int:
    """The subject of a ticket of this purpose; a few microseconds. ``late``: an expired one still
    says whose it was, and gives no right to anything else. Raises BadTicket.
    """
    try:
        raw = base64.urlsafe_b64decode(ticket) if len(ticket) == LENGTH else b""
    except ValueError:
        raise BadTicket("bad_ticket") from None
    facts, seal = raw[: FACTS.size], raw[FACTS.size :]
    if not hmac.compare_digest(seal, _seal(purpose, facts)):
        raise BadTicket("bad_ticket")
    subject, expires = FACTS.unpack(facts)
    if expires < time.time() and not late:
        raise BadTicket("expired_ticket")
    return int(subject)


def _seal(purpose: str, facts: bytes) -> bytes:
    return hmac.digest(_key(purpose), facts, "sha256")[:SEAL]


@cache
def _key(purpose: str) -> bytes:
    secret = os.environ.get("ZHUPEI_SECRET_KEY", "")
    if not secret and os.environ.get("ZHUPEI_PRODUCTION") == "1":
        raise RuntimeError("ZHUPEI_SECRET_KEY is missing: 32 random bytes in base64")
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
