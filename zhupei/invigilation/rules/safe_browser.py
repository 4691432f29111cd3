"""Safe Exam Browser: the key of a configuration, and the proof that comes with every request.

As its developers publish it (safeexambrowser.org/developer/seb-config-key.html): the settings as
JSON without white space, keys sorted without regard to case, nothing escaped, SHA-256 of it in
hexadecimal. What a request carries is SHA-256 of its address and that key.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

ORIGIN = "originatorVersion"  # who wrote the file; no part of the key
KEY = re.compile(r"\b[0-9a-f]{64}\b")


def config_key(settings: Mapping[str, Any]) -> str:
    """The key Safe Exam Browser computes from this configuration, whatever its version."""
    kept = {name: value for name, value in settings.items() if name != ORIGIN}
    return hashlib.sha256(_words(kept).encode()).hexdigest()


def _words(value: Any) -> str:
    """JSON as Safe Exam Browser writes it; numbers with fractions are not in any setting."""
    if isinstance(value, Mapping):
        kept = sorted(
            ((name, one) for name, one in value.items() if one != {}),
            key=lambda pair: (pair[0].casefold(), pair[0]),
        )
        return "{" + ",".join(f'"{name}":{_words(one)}' for name, one in kept) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_words, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f'"{_text(value)}"'


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return str(value)


def proof(address: str, key: str) -> str:
    """What the header of a request to ``address`` holds when its sender knows ``key``."""
    return hashlib.sha256(f"{address.partition('#')[0]}{key}".encode()).hexdigest()


def proves(header: str, address: str, keys: Iterable[str]) -> bool:
    """Is ``header`` the proof of one of the keys for this very address?"""
    said = header.strip().lower().encode("ascii", "replace")
    found = [hmac.compare_digest(said, proof(address, key).encode()) for key in keys]
    return any(found)


def keys_in(words: str) -> list[str]:
    """The keys (64 hexadecimal digits) written in free text, such as “3.7.1 win: ab12…”."""
    return KEY.findall(words.lower())


def quit_hash(password: str) -> str:
    """How a configuration keeps the password that lets people out."""
    return hashlib.sha256(password.encode()).hexdigest()
