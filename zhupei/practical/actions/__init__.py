"""The verbs of practical exams, by noun."""
