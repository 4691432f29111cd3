"""The verbs of the exam room, by noun."""
