"""Whom a roll call asks for, and what it means when somebody is not there."""

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum


class Seen(StrEnum):
    HERE = "here"
    ABSENT = "absent"
    OTHER = "other"


class Verdict(StrEnum):
    """Where what was seen and what is on record differ."""

    GHOST = "ghost"
    STAND_IN = "stand_in"
    UNSIGNED = "unsigned"


def drawn(seed: str, occasion: str, keys: Iterable[int], size: int) -> Sequence[int]:
    """``size`` of ``keys``, in the order of SHA-256 over seed, occasion and key: nobody chooses,
    everybody is as likely, and whoever knows the seed gets the same again.

    Source: Measures, art. 6 and 14 (random checks).
    """
    return sorted(set(keys), key=lambda key: _rank(seed, occasion, key))[:size]


def _rank(seed: str, occasion: str, key: int) -> bytes:
    return hashlib.sha256(f"{seed}|{occasion}|{key}".encode()).digest()


def verdict(seen: str | None, *, signed: bool | None) -> Verdict | None:
    """What a line of a roll call says against the record of the hour. Somebody who is absent and
    on record as absent is no mismatch; nor is anybody nobody looked for.

    Source: Measures, art. 13 (strict attendance); notice, part 2, section 2 (4: paid stand-ins).
    """
    if seen == Seen.OTHER:
        return Verdict.STAND_IN
    if seen == Seen.ABSENT and signed:
        return Verdict.GHOST
    if seen == Seen.HERE and signed is False:
        return Verdict.UNSIGNED
    return None
