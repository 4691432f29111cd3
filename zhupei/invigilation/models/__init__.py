"""The tables of the exam room, by noun."""

from zhupei.invigilation.models.door import CheckIn, IdentityMethod, Reason, Verdict
from zhupei.invigilation.models.log import RoomLog, Signature
from zhupei.invigilation.models.room import (
    Heard,
    HelpCall,
    Incident,
    IncidentKind,
    Notice,
    Severity,
)
from zhupei.invigilation.models.safe_browser import SafeBrowser, Waiver
from zhupei.invigilation.models.shared import watched

__all__ = [
    "CheckIn",
    "Heard",
    "HelpCall",
    "IdentityMethod",
    "Incident",
    "IncidentKind",
    "Notice",
    "Reason",
    "RoomLog",
    "SafeBrowser",
    "Severity",
    "Signature",
    "Verdict",
    "Waiver",
    "watched",
]
