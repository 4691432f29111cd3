"""Classes: the plan that is filed and reviewed, its timetable, and the people enrolled."""

from zhupei.classes.models.enrolment import Enrolment, EnrolmentState, Invitation, InvitationState
from zhupei.classes.models.plan import (
    CAN_FREEZE,
    EFFECTIVE,
    IN_REVIEW,
    PLANNED,
    ClassDocument,
    DocumentKind,
    Lesson,
    LessonKind,
    Mode,
    State,
    TrainingClass,
)
from zhupei.classes.models.review import (
    Draw,
    Finding,
    Reading,
    SecondReading,
    SecondState,
    Verdict,
)
from zhupei.classes.models.waiting import ON_THE_LIST, Waiting, WaitingState

__all__ = [
    "CAN_FREEZE",
    "EFFECTIVE",
    "IN_REVIEW",
    "ON_THE_LIST",
    "PLANNED",
    "ClassDocument",
    "DocumentKind",
    "Draw",
    "Enrolment",
    "EnrolmentState",
    "Finding",
    "Invitation",
    "InvitationState",
    "Lesson",
    "LessonKind",
    "Mode",
    "Reading",
    "SecondReading",
    "SecondState",
    "State",
    "TrainingClass",
    "Verdict",
    "Waiting",
    "WaitingState",
]
