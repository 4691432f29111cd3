"""The verbs of reviews, appeals and cases."""
