"""What a form says, of all that was done on it."""

from collections.abc import Iterable
from typing import NamedTuple

from zhupei.core.deeds import newest
from zhupei.patrols.models import Deed, DeedKind


class Reading(NamedTuple):
    """Of several answers about one thing the newest counts."""

    answers: dict[str, str]
    notes: dict[str, str]


def reading(deeds: Iterable[Deed]) -> Reading:
    """The answers and the notes as they stand."""
    rows = list(deeds)
    notes = newest(rows, DeedKind.NOTE)
    said = {about: value.strip() for about, value in notes.items()}
    return Reading(newest(rows, DeedKind.ANSWER), said)
