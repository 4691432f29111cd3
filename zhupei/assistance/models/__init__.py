"""Which institution is paired with which county, and the help it gave."""

from zhupei.assistance.models.help import (
    OPEN_TO_CHANGE,
    Assistance,
    AssistanceFile,
    AssistanceQuerySet,
    HelpKind,
    State,
)
from zhupei.assistance.models.pairing import Pairing, counties

__all__ = [
    "OPEN_TO_CHANGE",
    "Assistance",
    "AssistanceFile",
    "AssistanceQuerySet",
    "HelpKind",
    "Pairing",
    "State",
    "counties",
]
