"""What the tables of oversight say about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {}
