"""Classes: the plan that is filed and reviewed, its timetable, and the people enrolled."""

from zhupei.classes.models.enrolment import Enrolment, EnrolmentState, Invitation, InvitationState
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

__all__ = [
    "EFFECTIVE",
    "ClassDocument",
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
]
