"""What can happen to a blueprint and to what is made from it. Stored for ever: never rename a
value.
"""

from enum import StrEnum


class PaperEvent(StrEnum):
    DRAFTED = "papers.drafted"
    CHANGED = "papers.changed"
    PUBLISHED = "papers.published"
    RETIRED = "papers.retired"
    ASSEMBLED = "papers.assembled"
    TRIED = "papers.tried"
    FORM_VIEWED = "papers.form_viewed"
    KEYS_VIEWED = "papers.keys_viewed"
