"""Reading what the region, an examiner or an assessor types: shapes and widgets."""

from zhupei.practical.forms.rubrics import (
    CriteriaFormSet,
    FatalForm,
    RubricFilters,
    RubricForm,
    SpreadsheetForm,
    TaskForm,
    criteria_of,
)
from zhupei.practical.forms.sessions import (
    AgainForm,
    AssessorForm,
    EvidenceForm,
    SessionFilters,
    SessionForm,
)

__all__ = [
    "AgainForm",
    "AssessorForm",
    "CriteriaFormSet",
    "EvidenceForm",
    "FatalForm",
    "RubricFilters",
    "RubricForm",
    "SessionFilters",
    "SessionForm",
    "SpreadsheetForm",
    "TaskForm",
    "criteria_of",
]
