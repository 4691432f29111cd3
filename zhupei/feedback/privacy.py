"""What the tables of feedback say about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {}
