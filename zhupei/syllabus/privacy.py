"""Syllabi say nothing about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = dict.fromkeys(
    [
        "job.id",
        "job.code",
        "job.name",
        "job.category",
        "job.ministry_code",
        "syllabus.id",
        "syllabus.job",
        "syllabus.version",
        "syllabus.effective_from",
        "syllabus.basis",
        "syllabus.online_hours_limit",
        "syllabus.state",
        "unit.id",
        "unit.syllabus",
        "unit.position",
        "unit.title",
        "unit.theory_hours",
        "unit.practice_hours",
        "unit.is_ethics",
    ]
)
