"""Counting what strangers do, so that a program cannot do in an hour what a person does in years.

Counts stand in the cache, by hour or minute, and are forgotten with it. An address is counted under
its blind index: the cache does not say who was here.
"""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from zhupei.core.crypto import blind_index


def address(request: HttpRequest) -> str:
    """Where a request comes from, as a key that tells nobody."""
    return blind_index(request.META.get("REMOTE_ADDR", ""), purpose="throttle")


def counted(what: str, who: str, seconds: int) -> int:
    """How often ``who`` has done ``what`` in this stretch of ``seconds``."""
    return int(cache.get(_key(what, who, seconds), 0))


def count(what: str, who: str, seconds: int) -> int:
    """One more; returns how many that makes."""
    number = counted(what, who, seconds) + 1
    cache.set(_key(what, who, seconds), number, 2 * seconds)
    return number


def within(what: str, who: str, at_most: int, seconds: int) -> bool:
    """Count one more; is it still one of the allowed?"""
    return count(what, who, seconds) <= at_most


def _key(what: str, who: str, seconds: int) -> str:
    known = hashlib.sha256(who.encode()).hexdigest()  # whatever somebody typed
    return f"{what}:{known}:{int(timezone.now().timestamp()) // seconds}"
