"""What may be registered as a room's link, how long its key is good, and how much is kept."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

LONGEST: Final = 500  # characters of a link
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?=.{{4,253}}$)({_LABEL}\.)+[a-z][a-z0-9-]*[a-z]")
_STRANGE: Final = re.compile(r"[\s\x00-\x20\x7f\\<>\"`]")


class Fault(StrEnum):
    """Why a link is not taken."""

    LONG = "link_long"
    STRANGE = "link_strange"  # spaces, quotes, control characters
    SCHEME = "link_scheme"  # anything but https
    LOGIN = "link_login"  # a user's name or password in front of the host
    HOST = "link_host"  # no name of a public host


def link_fault(link: str) -> Fault | None:
    """Why this is not the link of a meeting: officials open it, so it is an ordinary https address
    of a named host, without a login in it. Whose meetings they are is not ours to say.

    Source: Measures, art. 13 (training can be looked at and traced).
    """
    if len(link) > LONGEST:
        return Fault.LONG
    if not link or _STRANGE.search(link):
        return Fault.STRANGE
    parts = _split(link)
    if parts.scheme != "https":
        return Fault.SCHEME
    if "@" in parts.netloc:
        return Fault.LOGIN
    return None if _is_public(parts) else Fault.HOST


def _split(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError:  # brackets of an address that is none
        return SplitResult("https", "", "", "", "")


def _is_public(parts: SplitResult) -> bool:
    """A host with a name, and a port there can be."""
    try:
        name, port = (parts.hostname or "").lower(), parts.port
        return port != 0 and _HOST.fullmatch(name.encode("idna").decode("ascii")) is not None
    except ValueError:
        return False


def key_until(now: datetime, ends: datetime, days: int) -> datetime:
    """Until when a key given now is good: a day after the class or the exam ends, but no longer
    than so many days; a key of something long over is good for a day, so that it can be tried.
    """
    return min(max(ends, now) + timedelta(days=1), now + timedelta(days=days))


def room_for_more(kept: int, most: int) -> int:
    """How many pictures may still be taken during a look.

    Source: PIPL, art. 6 (no more than the purpose needs).
    """
    return max(0, most - kept)
