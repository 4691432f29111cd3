"""The verbs of plans, and who is told."""
