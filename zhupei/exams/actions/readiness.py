"""Is a sitting ready to be notified, and to be sealed? What is missing, said before it is refused.

Source: Measures, art. 19 and 20; project register of facts, §5.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.exams import rules
from zhupei.exams.actions import invigilators, seating
from zhupei.exams.models import InvigilatorState, Sitting
from zhupei.exams.parameters import (
    CANDIDATES_AN_INVIGILATOR,
    INDEPENDENT_A_ROOM,
    INVIGILATORS_A_ROOM,
)
from zhupei.exams.rules import Missing
from zhupei.institutions.models import Room
from zhupei.syllabus.models import Job
from zhupei.venues.actions import seats
from zhupei.venues.models import Designation
from zhupei.venues.rules import room_findings
from zhupei.venues.sentences import FINDINGS

WATCH: dict[str, str | Promise] = {
    "too_few": _("“%(room)s”%(candidates)s 名考生，要 %(needed)s 名监考员，已接受 %(called)s 名"),
    "nobody_independent": _(
        "“%(room)s”至少要 %(needed)s 名与培训机构无关的监考员，已接受的里有 %(called)s 名"
    ),
}


def designation_of(exam: Any, job: Job, starts_at: datetime) -> Designation | None:
    """Under which designation the body may hold this exam, theory or practice, if under one."""
    covering = Designation.objects.covering(
        exam.organization, exam.prefecture_id, job, timezone.localdate(starts_at)
    )
    return covering.order_by("-valid_until", "pk").first()


def check_designated(exam: Any, job: Job, starts_at: datetime) -> None:
    """A body both departments have not determined for this job and day notifies no exam of it, and
    moves none there.

    Raises Refused "not_designated".

    Source: Measures, art. 19 (assessment bodies are determined by housing and HR together).
    """
    if designation_of(exam, job, starts_at) is None:
        raise Refused(
            "not_designated",
            _(
                "%(body)s在%(place)s考核%(job)s的资格没有由住建和人社部门共同确定，或在 %(day)s "
                "已暂停、到期，不能办这一天的这场考核（依据：第十九条）。请联系当地住建局。"
            ),
            body=exam.organization,
            place=exam.prefecture.short_name,
            job=job,
            day=timezone.localdate(starts_at).isoformat(),
        )


def watch(sitting: Sitting) -> list[Missing]:
    """What is missing of invigilators, room by room; those who have agreed count."""
    return rules.watch_missing(
        _watched(sitting),
        at_least=value(INVIGILATORS_A_ROOM),
        one_for=value(CANDIDATES_AN_INVIGILATOR),
        independent=value(INDEPENDENT_A_ROOM),
    )


def _watched(sitting: Sitting) -> Iterator[rules.Watched]:
    rooms = seating.rooms_of(sitting)
    first = rooms[0].pk
    sit: Counter[int] = Counter(
        room or first for room in sitting.candidates.values_list("place__room_id", flat=True)
    )
    trained_by = invigilators.institutions_of(sitting)
    agreed = list(
        sitting.invigilators.filter(state=InvigilatorState.ACCEPTED).select_related("user")
    )
    tied = invigilators.ties([one.user for one in agreed])
    who = [
        (one.room_id or first, rules.independent(tied[one.user_id], trained_by)) for one in agreed
    ]
    for room in rooms:
        here = [independent for at, independent in who if at == room.pk]
        if sit[room.pk] or room.pk == first:
            yield rules.Watched(room.name, sit[room.pk], len(here), sum(here))


def agreed(sitting: Sitting) -> int:
    """How many invigilators have agreed to come."""
    return sitting.invigilators.filter(state=InvigilatorState.ACCEPTED).count()


def check_watched(sitting: Sitting) -> None:
    """Raises Refused "invigilators_missing", which says what is missing.

    Source: Measures, art. 20; the figures are parameters.
    """
    missing = watch(sitting)
    if missing:
        raise Refused(
            "invigilators_missing",
            _("监考人员不够，不能封卷：%(missing)s。请安排监考员并请他们接受。"),
            missing="；".join(watch_words(missing)),
        )


def watch_words(missing: Sequence[Missing]) -> list[str]:
    """What is missing, as sentences."""
    return [str(WATCH[one.code]) % one.facts for one in missing]


def check_rooms(sitting: Sitting) -> None:
    """Spare machines are there, and no room is too large.

    Raises Refused "room_not_ready".

    Source: project register of facts, §5 (one spare machine for every ten).
    """
    for room, found in rooms_found(sitting):
        bad = [str(FINDINGS[one.code]) % one.facts for one in found if one.tone == "bad"]
        if bad:
            raise Refused(
                "room_not_ready",
                _("“%(room)s”还不能用：%(why)s。请到“考点”里修改座位图。"),
                room=room,
                why="；".join(bad),
            )


def rooms_found(sitting: Sitting) -> list[tuple[Room, Any]]:
    """What the rules say of each room of the sitting."""
    now = timezone.now()
    return [
        (room, room_findings(seats.facts_of(room.pk, now=now)))
        for room in seating.rooms_of(sitting)
    ]
