"""Credit records, how they are repaired and objected to, and the grade of a year."""

from zhupei.credit.models.cases import Objection, ObjectionState, Repair, RepairState
from zhupei.credit.models.grades import Grade, Letter
from zhupei.credit.models.records import About, CreditRecord, RecordState, Seriousness

__all__ = [
    "About",
    "CreditRecord",
    "Grade",
    "Letter",
    "Objection",
    "ObjectionState",
    "RecordState",
    "Repair",
    "RepairState",
    "Seriousness",
]
