"""What can happen to an analysis. Stored for ever: never rename a value."""

from enum import StrEnum


class AnalysisEvent(StrEnum):
    STUDIED = "analysis.studied"
    ITEM_VIEWED = "analysis.item_viewed"
    LEAD_CONFIRMED = "analysis.lead_confirmed"
    LEAD_DISMISSED = "analysis.lead_dismissed"
    LEAD_REOPENED = "analysis.lead_reopened"
