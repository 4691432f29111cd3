"""What the tables of practical exams say about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "rubric.id",
            "rubric.job",
            "rubric.level",
            "rubric.version",
            "rubric.basis",
            "rubric.content",
            "rubric.mark",
            "rubric.sha256",
            "rubric.state",
        ]
    ),
}
