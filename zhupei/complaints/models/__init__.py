"""Complaints 投诉举报: what somebody told us, apart from who told it, and what came of it."""

from zhupei.complaints.models.complaint import (
    Channel,
    ClockChoices,
    Complaint,
    Ground,
    KindChoices,
    Outcome,
    State,
)
from zhupei.complaints.models.extension import Extension, ExtensionState
from zhupei.complaints.models.inquiry import Inquiry, InquiryPaper, InquiryState
from zhupei.complaints.models.told import Attachment, Complainant, Side, Transfer, Word

__all__ = [
    "Attachment",
    "Channel",
    "ClockChoices",
    "Complainant",
    "Complaint",
    "Extension",
    "ExtensionState",
    "Ground",
    "Inquiry",
    "InquiryPaper",
    "InquiryState",
    "KindChoices",
    "Outcome",
    "Side",
    "State",
    "Transfer",
    "Word",
]
