"""One line of a to-do list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

AT_MOST = 50  # lines of one kind; the list pages have them all


@dataclass(frozen=True)
class Todo:
    """One line: what, for whom, until when, and the one step to take next."""

    icon: str
    kind: str | Promise
    title: str
    note: str
    who: str
    url: str
    step_label: str | Promise
    due: datetime | None = None
    left: str = ""  # how long, where working days count and not hours

    @property
    def step(self) -> dict[str, Any]:
        return {"label": self.step_label, "url": self.url}
