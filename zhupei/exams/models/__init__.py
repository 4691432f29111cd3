"""The tables of exams, by noun."""

from zhupei.exams.models.answers import Answer, LateAnswer
from zhupei.exams.models.attempts import Attempt, AttemptQuerySet, Paper
from zhupei.exams.models.corrections import (
    CorrectionState,
    ItemCorrection,
    ItemCorrectionQuerySet,
    RulingChoices,
)
from zhupei.exams.models.invigilators import Invigilator, InvigilatorQuerySet
from zhupei.exams.models.materials import PlanQuestion, SlipBatch
from zhupei.exams.models.plans import Plan, PlanQuerySet, PlanState
from zhupei.exams.models.sittings import (
    CALLED,
    CHANGEABLE,
    RUNNING,
    Candidate,
    CandidateQuerySet,
    InvigilatorState,
    Sitting,
    SittingQuerySet,
    State,
)

__all__ = [
    "CALLED",
    "CHANGEABLE",
    "RUNNING",
    "Answer",
    "Attempt",
    "AttemptQuerySet",
    "Candidate",
    "CandidateQuerySet",
    "CorrectionState",
    "Invigilator",
    "InvigilatorQuerySet",
    "InvigilatorState",
    "ItemCorrection",
    "ItemCorrectionQuerySet",
    "LateAnswer",
    "Paper",
    "Plan",
    "PlanQuerySet",
    "PlanQuestion",
    "PlanState",
    "RulingChoices",
    "Sitting",
    "SittingQuerySet",
    "SlipBatch",
    "State",
]
