"""The tables of the evaluation: the scheme of a year, what each institution got, who said so."""

from zhupei.evaluation.models.evaluation import Answer, Evaluation, Evidence, State
from zhupei.evaluation.models.outlook import Outlook
from zhupei.evaluation.models.scheme import (
    Block,
    Indicator,
    Scheme,
    SchemeState,
    Source,
)
from zhupei.evaluation.models.scoring import (
    Appointment,
    Objection,
    ObjectionState,
    Score,
    Seat,
    SeatState,
    Veto,
    VetoKind,
)

__all__ = [
    "Answer",
    "Appointment",
    "Block",
    "Evaluation",
    "Evidence",
    "Indicator",
    "Objection",
    "ObjectionState",
    "Outlook",
    "Scheme",
    "SchemeState",
    "Score",
    "Seat",
    "SeatState",
    "Source",
    "State",
    "Veto",
    "VetoKind",
]
