"""Texts that leave the house as dated data: an app declares each in its ``wordings.py`` with the
words in force until somebody sets others from a day on.

A text has blanks written ``%(name)s``. Whoever changes the words must keep those that matter.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core import rooms
from zhupei.core.models import WordingText

BLANK = re.compile(r"%\((\w+)\)s")
ONE_MESSAGE, PART = 70, 67  # letters of a short message, and of each part of a longer one


@dataclass(frozen=True)
class Wording:
    """One text. ``example`` fills its blanks where it is shown; ``optional`` ones may be left
    out.
    """

    key: str
    label: str | Promise
    default: str | Promise
    example: dict[str, str]
    channel: str = "phone"
    optional: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        DECLARED[self.key] = self

    @property
    def blanks(self) -> list[str]:
        """What may stand in the text, in the order of the declaration."""
        return BLANK.findall(str(self.default))

    def filled(self, words: str) -> str:
        """The words as somebody would read them."""
        return words % self.example


DECLARED: dict[str, Wording] = {}


def declared() -> dict[str, Wording]:
    """Every text of every app; declaring is importing the app's ``wordings.py``."""
    list(rooms.every("wordings"))
    return DECLARED


def words(wording: Wording, *, on: date | None = None) -> str:
    """The words in force on a day, blanks and all."""
    day = on or timezone.localdate()
    row = WordingText.objects.filter(key=wording.key, valid_from__lte=day)
    newest = row.order_by("-valid_from").first()
    return newest.text if newest else str(wording.default)


def say(wording: Wording, **facts: Any) -> str:
    """The text as it is sent today."""
    return words(wording) % facts


def fault(wording: Wording, text: str) -> tuple[str, str]:
    """What is wrong with new words: a code and the blank it is about, or two empty words.

    "blank_missing", "blank_unknown", "wording_broken".
    """
    found = set(BLANK.findall(text))
    missing = [name for name in wording.blanks if name not in found | wording.optional]
    unknown = sorted(found - set(wording.blanks))
    if missing:
        return "blank_missing", missing[0]
    if unknown:
        return "blank_unknown", unknown[0]
    rest = BLANK.sub("", text).replace("%%", "")
    return ("wording_broken", "%") if "%" in rest else ("", "")


def history(wording: Wording) -> list[WordingText]:
    """Every text ever set, the latest first."""
    return list(WordingText.objects.filter(key=wording.key).order_by("-valid_from"))


def parts(text: str) -> int:
    """How many short messages a text is sent as."""
    return 1 if len(text) <= ONE_MESSAGE else -(-len(text) // PART)
