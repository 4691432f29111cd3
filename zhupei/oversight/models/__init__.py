"""What authorities do when an institution goes wrong: measures of their own, and penalties they
may not set themselves and hand over. Why these are two things is docs/adr/0035.
"""

from zhupei.oversight.models.handovers import (
    Handover,
    HandoverPaper,
    HandoverReport,
    HandoverState,
    ReportKind,
)
from zhupei.oversight.models.law import Competent, LegalBasis, Rank
from zhupei.oversight.models.measures import (
    Measure,
    MeasureKind,
    MeasurePaper,
    MeasureState,
    PaperKind,
    ServedHow,
)
from zhupei.oversight.models.suspensions import Suspension

__all__ = [
    "Competent",
    "Handover",
    "HandoverPaper",
    "HandoverReport",
    "HandoverState",
    "LegalBasis",
    "Measure",
    "MeasureKind",
    "MeasurePaper",
    "MeasureState",
    "PaperKind",
    "Rank",
    "ReportKind",
    "ServedHow",
    "Suspension",
]
