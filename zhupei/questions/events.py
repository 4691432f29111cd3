"""What can happen to a question set and its items. Stored for ever: never rename a value."""

from enum import StrEnum


class QuestionEvent(StrEnum):
    SET_STARTED = "questions.set_started"
    ITEMS_IMPORTED = "questions.items_imported"
    PUBLISHED = "questions.published"
    RETIRED = "questions.retired"
    ITEMS_VIEWED = "questions.items_viewed"


class ItemEvent(StrEnum):
    VERSION_PUBLISHED = "questions.version_published"
    ITEM_PUBLISHED = "questions.item_published"
