"""What the tables of teaching say about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {}
