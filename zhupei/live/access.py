"""Who registers a room, who looks into it, and who sees what was kept."""

from typing import Any

from zhupei.classes.access import may_plan
from zhupei.classes.models import TrainingClass
from zhupei.exams.access import may_plan as may_hold_exams
from zhupei.exams.models import Sitting
from zhupei.live.models import Look, Room, Snapshot
from zhupei.organizations.access import works_for
from zhupei.organizations.models import AUTHORITIES, Kind, Role
from zhupei.practical.models import Session

WATCHERS = frozenset({Role.REVIEWER, Role.REGULATOR, Role.INSPECTOR})
Subject = TrainingClass | Sitting | Session


def may_register(user: Any, subject: Subject) -> bool:
    """The registrar of the institution, the examiner of the body.

    Source: Measures, art. 13 (the institution answers for its training) and art. 20.
    """
    if isinstance(subject, TrainingClass):
        return may_plan(user, subject)
    return may_hold_exams(user, subject.organization)


def may_keep(user: Any, room: Room) -> bool:
    """Whoever may register the room changes it, and sees its key."""
    return may_register(user, room.subject)


def may_look(user: Any, room: Room) -> bool:
    """The authorities in whose area it is, and their inspectors; nobody who works for the body.

    Source: Measures, art. 6 (every class and every exam is looked at).
    """
    acting = getattr(user, "acting", None)
    if not acting or acting.role not in WATCHERS or acting.organization.kind not in AUTHORITIES:
        return False
    here = acting.organization
    inside = {
        Kind.REGION_AUTHORITY: True,
        Kind.PREFECTURE_AUTHORITY: here.prefecture_id == room.prefecture_id,
        Kind.COUNTY_AUTHORITY: here.division_id == room.division_id,
    }
    return inside[here.kind] and not works_for(user, room.organization)


def may_end(user: Any, look: Look) -> bool:
    """Whoever looks says what they saw; the clock ends a look nobody is at any more."""
    return user is None or user.pk == look.by_id


def may_hold(user: Any, snapshot: Snapshot) -> bool:
    """Whoever may look decides that a picture is evidence of something."""
    return may_look(user, snapshot.look.room)
