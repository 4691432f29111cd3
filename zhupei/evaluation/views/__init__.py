"""Pages of the evaluation."""
