"""Jobs, what has to be taught for each, and the books it is taught from."""

from zhupei.syllabus.models.jobs import Category, CodeSystem, Confidence, Job, JobCode, Level
from zhupei.syllabus.models.syllabi import Requirement, State, Syllabus, Topic, Unit
from zhupei.syllabus.models.textbooks import BookState, Textbook

__all__ = [
    "BookState",
    "Category",
    "CodeSystem",
    "Confidence",
    "Job",
    "JobCode",
    "Level",
    "Requirement",
    "State",
    "Syllabus",
    "Textbook",
    "Topic",
    "Unit",
]
