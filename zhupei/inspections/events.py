"""What can happen to lists, plans, draws and inspections. Stored for ever: never rename a value."""

from enum import StrEnum


class ListEvent(StrEnum):
    DRAFTED = "item_list.drafted"
    ITEM_ADDED = "item_list.item_added"
    ITEM_CHANGED = "item_list.item_changed"
    ITEM_REMOVED = "item_list.item_removed"
    PUBLISHED = "item_list.published"
    REPLACED = "item_list.replaced"


class PlanEvent(StrEnum):
    DRAFTED = "inspection_plan.drafted"
    ROW_ADDED = "inspection_plan.row_added"
    ROW_REMOVED = "inspection_plan.row_removed"
    PUBLISHED = "inspection_plan.published"


class DrawEvent(StrEnum):
    DRAFTED = "draw.drafted"
    CHANGED = "draw.changed"
    INPUT_NAMED = "draw.input_named"
    INPUT_REMOVED = "draw.input_removed"
    FROZEN = "draw.frozen"
    TYPED = "draw.typed"
    KNOWN = "draw.known"
    DRAWN = "draw.drawn"
    FINISHED = "draw.finished"
    CALLED_OFF = "draw.called_off"


class InspectionEvent(StrEnum):
    FILLED = "inspection.filled"
    RECORDED = "inspection.recorded"
    SIGNED = "inspection.signed"
    SETTLED = "inspection.settled"
    REOPENED = "inspection.reopened"
    PUBLISHED = "inspection.published"
    REPLACED = "inspection.replaced"
    PICTURE_ADDED = "inspection.picture_added"
    LATE = "inspection.late"
