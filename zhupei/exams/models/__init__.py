"""The tables of exams, by noun."""

from zhupei.exams.models.answers import Answer
from zhupei.exams.models.attempts import Attempt, AttemptQuerySet, Paper
from zhupei.exams.models.sittings import (
    CHANGEABLE,
    RUNNING,
    Candidate,
    CandidateQuerySet,
    Sitting,
    SittingQuerySet,
    State,
)

__all__ = [
    "CHANGEABLE",
    "RUNNING",
    "Answer",
    "Attempt",
    "AttemptQuerySet",
    "Candidate",
    "CandidateQuerySet",
    "Paper",
    "Sitting",
    "SittingQuerySet",
    "State",
]
