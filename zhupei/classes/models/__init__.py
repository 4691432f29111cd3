"""Classes: the plan that is filed and reviewed, its timetable, and the people enrolled."""

from zhupei.classes.models.enrolment import Enrolment, EnrolmentState, Invitation, InvitationState
from zhupei.classes.models.number import ClassNumber
from zhupei.classes.models.plan import (
    EFFECTIVE,
    ClassDocument,
    DocumentKind,
    Lesson,
    LessonKind,
    Mode,
    State,
    TrainingClass,
)
from zhupei.classes.models.waiting import WaitingRoster

__all__ = [
    "EFFECTIVE",
    "ClassDocument",
    "ClassNumber",
    "DocumentKind",
    "Enrolment",
    "EnrolmentState",
    "Invitation",
    "InvitationState",
    "Lesson",
    "LessonKind",
    "Mode",
    "State",
    "TrainingClass",
    "WaitingRoster",
]
