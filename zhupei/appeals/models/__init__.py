"""Requests to look again at a mark, appeals to the bureau, cases of misconduct."""

from zhupei.appeals.models.cases import CaseEvidence, CaseState, Misconduct
from zhupei.appeals.models.requests import (
    Appeal,
    AppealState,
    ReviewRequest,
    ReviewState,
)

__all__ = [
    "Appeal",
    "AppealState",
    "CaseEvidence",
    "CaseState",
    "Misconduct",
    "ReviewRequest",
    "ReviewState",
]
