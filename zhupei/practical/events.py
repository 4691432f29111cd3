"""What can happen to rubrics, sessions and turns. Stored for ever: never rename a value."""

from enum import StrEnum


class RubricEvent(StrEnum):
    STARTED = "rubric.started"
    CHANGED = "rubric.changed"
    IMPORTED = "rubric.imported"
    PUBLISHED = "rubric.published"
    RETIRED = "rubric.retired"
