"""The question bank says nothing about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = dict.fromkeys(
    [
        "questionset.id",
        "questionset.job",
        "questionset.title",
        "questionset.state",
        "item.id",
        "item.question_set",
        "item.kind",
        "item.stem",
        "item.options",
        "item.key",
        "item.unit_title",
        "item.difficulty",
        "item.analysis",
        "item.stem_hash",
    ]
)
