"""Tables of draws by chance: what is checked, when, on whom, by whom, and what came of it.

Source: Measures, art. 14 (双随机、一公开, together with the HR department).
"""

from zhupei.inspections.models.draws import (
    NEEDED,
    Draw,
    DrawState,
    Frame,
    FrameInspector,
    FrameKind,
    Recusal,
    SeedEntry,
    SeedInput,
    SeedKind,
    Team,
)
from zhupei.inspections.models.inspections import (
    UNPUBLISHED,
    Answer,
    Assignment,
    Deed,
    DeedKind,
    Inspection,
    InspectionState,
    Outcome,
    Picture,
    Severity,
    Verdict,
)
from zhupei.inspections.models.lists import Grip, ItemList, ListItem, ListState, Target
from zhupei.inspections.models.plans import Plan, PlannedDraw, PlanState

__all__ = [
    "NEEDED",
    "UNPUBLISHED",
    "Answer",
    "Assignment",
    "Deed",
    "DeedKind",
    "Draw",
    "DrawState",
    "Frame",
    "FrameInspector",
    "FrameKind",
    "Grip",
    "Inspection",
    "InspectionState",
    "ItemList",
    "ListItem",
    "ListState",
    "Outcome",
    "Picture",
    "Plan",
    "PlanState",
    "PlannedDraw",
    "Recusal",
    "SeedEntry",
    "SeedInput",
    "SeedKind",
    "Severity",
    "Target",
    "Team",
    "Verdict",
]
