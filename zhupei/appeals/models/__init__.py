"""Requests to look again at a mark, appeals to the bureau, cases of misconduct."""

from zhupei.appeals.models.cases import Case, CaseEvidence, CaseState
from zhupei.appeals.models.requests import (
    Appeal,
    AppealState,
    ReviewRequest,
    ReviewState,
)

__all__ = [
    "Appeal",
    "AppealState",
    "Case",
    "CaseEvidence",
    "CaseState",
    "ReviewRequest",
    "ReviewState",
]
