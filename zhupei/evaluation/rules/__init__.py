"""What the evaluation says, as functions of plain values: facts in, points out."""

from zhupei.evaluation.rules import basics, others, superseded, teaching

__all__ = ["basics", "others", "superseded", "teaching"]  # importing is keeping their rules
