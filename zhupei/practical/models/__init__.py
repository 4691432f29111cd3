"""Practical exams: rubrics, sessions with their turns, what assessors said, evidence."""

from zhupei.practical.models.rubrics import Rubric, RubricQuerySet, RubricState
from zhupei.practical.models.sessions import (
    CHANGEABLE,
    RUNNING,
    Exam,
    Method,
    Session,
    SessionQuerySet,
    State,
    Trouble,
    Turn,
    TurnQuerySet,
)
from zhupei.practical.models.sheets import (
    Picture,
    Sheet,
    SheetQuerySet,
    Tap,
    TapKind,
)

__all__ = [
    "CHANGEABLE",
    "RUNNING",
    "Exam",
    "Method",
    "Picture",
    "Rubric",
    "RubricQuerySet",
    "RubricState",
    "Session",
    "SessionQuerySet",
    "Sheet",
    "SheetQuerySet",
    "State",
    "Tap",
    "TapKind",
    "Trouble",
    "Turn",
    "TurnQuerySet",
]
