"""What a certificate's number is made of, how many hours it states, and what strangers see."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

SECONDS_PER_HOUR = 45 * 60  # one 学时


class Sight(StrEnum):
    """How much of a certificate somebody outside is shown."""

    HOLDER = "holder"  # with the masked name and the last four characters of the number
    NAME = "name"  # with the masked name
    VERDICT = "verdict"  # whether it stands, and nothing about the person


def series(year: int, prefecture: str) -> str:
    """The numbers of one prefecture and year: ``ZP-2026-6523``.

    It is our own number. The national one is made by the ministry's system and never invented.

    Source: project register of facts, §1.4 (the national number comes from the national system).
    """
    return f"ZP-{year:04d}-{prefecture[:4]}"


def tidy_number(text: str) -> str:
    """A number as people type it, made into the one we store: full width, small, spaced."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(plain.translate(_DASHES).split())


_DASHES: Mapping[int, str] = dict.fromkeys(map(ord, "‐‑‒–—―−－_"), "-")


def whole_hours(seconds: int) -> int:
    """Whole 学时 in so many seconds; what is begun does not count."""
    return seconds // SECONDS_PER_HOUR


def sight(*, scanned: bool, consented: bool) -> Sight:
    """How much a stranger sees.

    Numbers are counted up, so anybody can try them: that way the person is shown only as far as
    they agreed, and never with a part of the identity number. The code of the QR cannot be
    guessed: who has it was handed the certificate by its holder.

    Source: PIPL, art. 6 (least data) and art. 13 (consent, or showing it oneself).
    """
    if scanned:
        return Sight.HOLDER
    return Sight.NAME if consented else Sight.VERDICT


def place_in(number: str) -> str:
    """The division code of the prefecture a number names, or nothing: whom to ask about it."""
    parts = number.split("-")
    digits = parts[2] if len(parts) == PARTS_OF_A_NUMBER else ""
    return f"{digits}00" if digits.isascii() and digits.isdigit() else ""


PARTS_OF_A_NUMBER = 4
