"""What apps on upper floors have to say on a page of a lower one.

A page names itself and shows ``of(name, user, thing)``. An app says what it has in its
``panels.py``: ``PANELS`` maps the name of a page to a function of the reader and of the thing the
page is about, which gives a ``Panel`` or None. It asks for rows through ``visible_to(user)``, as a
page does, and for as few as one question gives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise

from zhupei.core.rooms import gathered

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One line of a panel; ``badge`` as the badge component wants it."""

    text: Any
    url: str = ""
    note: Words = ""
    badge: Any = None


@dataclass(frozen=True)
class Panel:
    """A card beside what the page itself says; ``alert`` is a sentence for its top."""

    title: Words
    lines: tuple[Line, ...]
    url: str = ""
    url_label: Words = ""
    alert: Words = ""
    alert_tone: str = "warn"


Teller = Callable[[Any, Any], Panel | None]


def of(page: str, user: Any, thing: Any) -> list[Panel]:
    """The panels of every app for this page and this reader, the lowest floor first."""
    found = [tell(user, thing) for tell in _tellers().get(page, ())]
    return [panel for panel in found if panel is not None]


@cache
def _tellers() -> dict[str, list[Teller]]:
    """Those of every app, by page."""
    tellers: dict[str, list[Teller]] = {}
    for panels in gathered("panels", "PANELS"):
        for page, tell in panels.items():
            tellers.setdefault(page, []).append(tell)
    return tellers
