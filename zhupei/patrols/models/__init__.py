"""The tables of patrols, by noun."""

from zhupei.patrols.models.duties import OPEN, Duty, DutyQuerySet, Ground, State, Subject
from zhupei.patrols.models.rolls import Found, Mismatch, Roll, RollLine
from zhupei.patrols.models.visits import (
    Deed,
    DeedKind,
    Patrol,
    PatrolState,
    Photo,
    Way,
)

__all__ = [
    "OPEN",
    "Deed",
    "DeedKind",
    "Duty",
    "DutyQuerySet",
    "Found",
    "Ground",
    "Mismatch",
    "Patrol",
    "PatrolState",
    "Photo",
    "Roll",
    "RollLine",
    "State",
    "Subject",
    "Way",
]
