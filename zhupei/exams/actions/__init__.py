"""The verbs of exams, by noun."""
