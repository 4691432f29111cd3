"""Practical exams: rubrics, sessions with their turns, what assessors said, evidence."""

from zhupei.practical.models.rubrics import Rubric, RubricQuerySet, RubricState

__all__ = ["Rubric", "RubricQuerySet", "RubricState"]
