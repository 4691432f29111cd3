"""What an invigilator does to one seat, to several, or to the room: previewed, then done once.

The deeds are those of ``exams.actions.room``. What is added here: a deed is done only while things
stand as they stood when it was previewed, so that neither a second press nor a second invigilator
adds the minutes again.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.exams.actions import room
from zhupei.exams.models import Attempt, Sitting
from zhupei.invigilation.actions.shared import check_invigilator
from zhupei.people.models import User


class Asked(NamedTuple):
    """What the form of a deed says; ``seen`` is the mark of what was previewed."""

    note: str
    minutes: int = 0
    seen: str = ""


def _writing(one: Attempt) -> bool:
    return one.started_at is not None and one.handed_in_at is None


Deed = Callable[[Iterable[Attempt], User, Asked], list[Attempt]]
DEEDS: dict[str, Deed] = {
    "pause": lambda rows, by, asked: room.pause(rows, by=by, note=asked.note),
    "resume": lambda rows, by, asked: room.resume(rows, by=by, note=asked.note),
    "add_time": lambda rows, by, asked: room.add_time(rows, asked.minutes, by=by, note=asked.note),
    "end": lambda rows, by, asked: room.end(rows, by=by, note=asked.note),
}
APPLIES: dict[str, Callable[[Attempt], bool]] = {
    "pause": lambda one: _writing(one) and not one.paused_at,
    "resume": lambda one: one.paused_at is not None,
    "add_time": lambda one: one.handed_in_at is None,
    "end": _writing,
}


def mark(attempts: Iterable[Attempt]) -> str:
    """A figure for how things stand with these attempts, as far as a deed could change it."""
    rows = sorted(
        f"{one.pk} {one.started_at} {one.paused_at} {one.extra_minutes} {one.handed_in_at}"
        for one in attempts
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


@transaction.atomic
def do(
    sitting: Sitting, name: str, attempts: Sequence[Attempt], *, by: User, asked: Asked
) -> list[Attempt]:
    """Do one deed to those attempts of this sitting to whom it applies; return them.

    Raises NotAllowed; Refused "changed_meanwhile" when somebody else was faster, and whatever the
    deed of ``exams.actions.room`` refuses.

    Source: Measures, art. 20.
    """
    check_invigilator(by, sitting)
    rows = list(
        Attempt.objects.select_for_update(of=("self",))
        .filter(sitting=sitting, pk__in=[one.pk for one in attempts])
        .order_by("pk")
    )
    rows = [one for one in rows if APPLIES[name](one)]
    if asked.seen != mark(rows):
        raise Refused(
            "changed_meanwhile",
            _(
                "您打开这一页以后，情况有变化（可能另一名监考员刚办过，或您按了两次）。请看看现在的情况再办。"
            ),
        )
    return DEEDS[name](rows, by, asked)
