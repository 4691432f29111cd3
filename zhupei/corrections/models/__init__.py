"""What is wrong, the order to put it right, what the institution answers, more time asked for."""

from zhupei.corrections.models.answers import (
    Answer,
    AnswerFile,
    Extension,
    ExtensionState,
    Verdict,
)
from zhupei.corrections.models.disputes import Dispute, DisputeFile, DisputeState
from zhupei.corrections.models.findings import (
    Finding,
    FindingFile,
    FindingQuerySet,
    FindingState,
    KindOfFinding,
    Severity,
)
from zhupei.corrections.models.letters import CorrectedLetter
from zhupei.corrections.models.orders import (
    AWAITED,
    LIVE,
    Method,
    Order,
    OrderQuerySet,
    OrderState,
    Round,
)

__all__ = [
    "AWAITED",
    "LIVE",
    "Answer",
    "AnswerFile",
    "CorrectedLetter",
    "Dispute",
    "DisputeFile",
    "DisputeState",
    "Extension",
    "ExtensionState",
    "Finding",
    "FindingFile",
    "FindingQuerySet",
    "FindingState",
    "KindOfFinding",
    "Method",
    "Order",
    "OrderQuerySet",
    "OrderState",
    "Round",
    "Severity",
    "Verdict",
]
